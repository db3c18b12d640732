from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from statsmodels.duration.hazard_regression import PHReg

from counterpoise.theory import statistics


def spells(count: int = 400, effect: float = 0.5, seed: int = 1) -> tuple[Any, ...]:
    """Make spells cut in two. The covariate changes at the cut."""
    dice = np.random.default_rng(seed)
    z = dice.normal(size=count)
    whole = dice.exponential(np.exp(-effect * z))
    cut = whole * dice.uniform(0.2, 0.8, count)
    starts, stops = np.concatenate([np.zeros(count), cut]), np.concatenate([cut, whole])
    ended = np.concatenate([np.zeros(count, dtype=bool), dice.random(count) < 0.9])
    values = np.concatenate([z, z + dice.normal(scale=0.1, size=count)])
    return starts, stops, ended, values, np.tile(np.arange(count), 2)


def test_the_hazard_ratio_agrees_with_statsmodels() -> None:
    starts, stops, ended, z, spell = spells()
    other = np.random.default_rng(2).normal(size=len(z))
    fitted = PHReg(stops, np.column_stack([z, other]), status=ended.astype(int), entry=starts, ties="breslow").fit(
        disp=0
    )
    fit = statistics.hazard_ratio(starts, stops, ended, [z, other], spell, standardise=False)
    assert fit is not None
    assert fit.estimate == pytest.approx(float(fitted.params[0]), abs=1e-4)
    half = (fit.high - fit.low) / 2.0 / 1.966
    assert half == pytest.approx(float(fitted.bse[0]), rel=0.2)
    assert fit.n == int(ended.sum())


def test_a_standardised_hazard_ratio_is_per_standard_deviation() -> None:
    starts, stops, ended, z, spell = spells()
    plain = statistics.hazard_ratio(starts, stops, ended, [z], spell, standardise=False)
    scaled = statistics.hazard_ratio(starts, stops, ended, [10.0 * z + 3.0], spell)
    assert plain is not None
    assert scaled is not None
    assert scaled.estimate == pytest.approx(plain.estimate * float(z.std()))


def test_an_effect_is_seldom_found_where_there_is_none() -> None:
    found = 0
    for seed in range(40):
        starts, stops, ended, z, spell = spells(100, 0.0, seed)
        fit = statistics.hazard_ratio(starts, stops, ended, [z], spell // 2)
        assert fit is not None
        found += fit.p < 0.05
    assert found <= 6


def test_the_hazard_ratio_is_none_if_the_data_carry_no_estimate() -> None:
    starts, stops, ended, z, spell = spells(30)
    assert statistics.hazard_ratio(starts, stops, np.zeros(60, dtype=bool), [z], spell) is None
    assert statistics.hazard_ratio(starts, stops, ended, [np.ones(60)], spell) is None
    assert statistics.hazard_ratio(starts, stops, ended, [z, z], spell) is None
    assert statistics.hazard_ratio(starts, stops, ended, [z], np.zeros(60)) is None
    assert statistics.hazard_ratio(stops, starts, ended, [z], spell) is None


def test_the_order_of_rows_does_not_change_the_hazard_ratio() -> None:
    starts, stops, ended, z, spell = spells(60)
    order = np.random.default_rng(9).permutation(len(z))
    one = statistics.hazard_ratio(starts, stops, ended, [z], spell)
    other = statistics.hazard_ratio(starts[order], stops[order], ended[order], [z[order]], spell[order])
    assert one is not None
    assert other is not None
    assert one.estimate == pytest.approx(other.estimate)
    assert one.low == pytest.approx(other.low)


def test_a_long_tail_does_not_keep_the_search_from_the_hazard_ratio() -> None:
    dice = np.random.default_rng(3)
    wild = np.exp(dice.normal(0.0, 2.0, size=400))
    stops = np.ceil(dice.exponential(1000.0, size=400))
    fit = statistics.hazard_ratio(np.zeros(400), stops, dice.random(400) < 0.8, [wild], np.arange(400) % 40)
    assert fit is not None, "a full Newton step makes weights that overflow"

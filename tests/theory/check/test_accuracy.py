"""Hypotheses are scored for accuracy, for calibration, and for their weight in the best mixture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.theory.check.accuracy import hypothesis_table, stacking
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.forecasts import HYPOTHESES

Planted = Callable[..., list[DecisionRecord]]
LIKE_BALANCE_OF_THREAT = ("chain_gangs", "waiting")
"""Rivals that add to balance of threat what changes the share of hiding or of waiting. Where hiding and neutrality are one
option, their forecasts and its own are nearly the same, so that weight divides among them arbitrarily."""


def test_a_hypothesis_that_choosers_follow_exactly_is_calibrated(planted: Planted) -> None:
    rows: dict[str, Any] = {row.name: row for row in hypothesis_table(planted("balance_of_threat", sessions=12))}
    followed = rows["balance_of_threat"]
    for row in followed.calibration:
        if row.n > 100:
            assert abs(row.forecast - row.chosen) < 0.1
    assert followed.calibration_error < rows["bandwagoning"].calibration_error
    assert followed.reliability < rows["bandwagoning"].reliability
    assert followed.discrimination.bandwagoning.roc > 0.6 > rows["uniform"].discrimination.bandwagoning.roc


def test_the_parts_of_the_brier_score_add_up_on_forecasts_that_fill_one_bin_each(planted: Planted) -> None:
    # Secure states have fewer options, and so another share of one option.
    records = [record for record in planted("base_rate", sessions=12) if record.point.threatened]
    rows: list[Any] = [*hypothesis_table(records)]
    for row in rows:
        if row.name == "uniform":
            options = len(records[0].point.options) - 1  # hiding counts as neutrality
            whole = row.reliability - row.resolution + row.uncertainty
            assert whole * options == pytest.approx(row.brier, rel=0.02)


@pytest.mark.parametrize("planted_one", ["balance_of_threat", "bandwagoning"])
def test_the_mixture_gives_most_weight_to_the_hypothesis_that_choosers_follow(
    planted: Planted, planted_one: str
) -> None:
    told_apart = {name: one for name, one in HYPOTHESES.items() if name not in LIKE_BALANCE_OF_THREAT}
    mixture = stacking(planted(planted_one, sessions=16), told_apart)
    assert mixture is not None
    assert sum(mixture.weights.values()) == pytest.approx(1.0, abs=1e-4)
    assert all(weight >= 0.0 for weight in mixture.weights.values())
    assert max(mixture.weights, key=lambda name: mixture.weights[name]) == planted_one
    assert mixture.weights[planted_one] > 0.6


def test_the_mixture_is_scored_on_held_out_decisions(planted: Planted) -> None:
    records = planted("base_rate", sessions=6)
    mixture = stacking(records)
    rows: list[Any] = [*hypothesis_table(records)]
    assert mixture is not None
    assert mixture.n == len(records)
    best = max(row.log_score for row in rows)
    # A mixture fitted to noise beats the truth on other data by no more than noise.
    assert mixture.log_score < best + 0.05


def test_too_few_decisions_have_no_mixture(planted: Planted) -> None:
    assert stacking([]) is None
    assert stacking(planted("base_rate", sessions=1, windows=1)) is None

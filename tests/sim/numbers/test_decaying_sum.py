from __future__ import annotations

import pytest

from counterpoise.sim.numbers.decaying_sum import HALF_LIFE_DAYS, DecayingSum


def test_a_sum_halves_with_every_half_life() -> None:
    total = DecayingSum()
    total.add(0.8, 0)
    assert total.at(round(HALF_LIFE_DAYS)) == pytest.approx(0.4, abs=1e-3)
    assert total.at(round(2 * HALF_LIFE_DAYS)) == pytest.approx(0.2, abs=1e-3)


def test_a_new_act_adds_to_the_decayed_sum() -> None:
    total = DecayingSum()
    total.add(0.8, 0)
    total.add(0.5, round(HALF_LIFE_DAYS))
    assert total.value == pytest.approx(0.9, abs=1e-3)
    assert total.tick == round(HALF_LIFE_DAYS)


def test_a_sum_does_not_fall_below_zero() -> None:
    total = DecayingSum()
    total.add(0.3, 0)
    total.add(-1.0, 10)
    assert total.at(20) == 0.0

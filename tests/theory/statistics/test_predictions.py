from __future__ import annotations

from random import Random

import pytest
from scipy import stats

from counterpoise.theory.statistics import Prediction, mixed_prediction, predicted


@pytest.mark.parametrize("size", [0.25, 1.0, 12.0])
def test_the_interval_holds_as_many_further_estimates_as_it_says(size: float) -> None:
    dice, inside, tries = Random(f"predictions {size}"), 0, 2000
    for _ in range(tries):
        found = predicted([dice.gauss(0.3, 2.0) for _ in range(10)], size)
        assert found is not None
        low, high = found.interval()
        further = dice.gauss(0.3, 2.0 / size**0.5)
        inside += low <= further <= high
        assert (found.p(further) >= 0.05) == (low <= further <= high)
    assert stats.binomtest(inside, tries, 0.95).pvalue > 0.001


def test_a_further_estimate_from_more_observations_varies_less_but_never_less_than_the_mean_is_sure() -> None:
    few, many, endless = (predicted([1.0, 2.0, 3.0, 4.0], size) for size in (1.0, 4.0, 1e12))
    assert few is not None
    assert many is not None
    assert endless is not None
    assert few.mean == many.mean == 2.5
    assert few.error > many.error > endless.error
    assert endless.error == pytest.approx(stats.sem([1.0, 2.0, 3.0, 4.0]))


def test_one_estimate_predicts_nothing() -> None:
    assert predicted([0.4], 1.0) is None
    assert mixed_prediction([]) is None


def test_estimates_that_never_vary_leave_no_room_for_another_value() -> None:
    found = predicted([0.0] * 9, 1.0)
    assert found is not None
    assert (found.p(0.0), found.p(0.1)) == (1.0, 0.0)


def test_a_weighted_mean_has_the_weighted_mean_and_the_errors_of_its_parts() -> None:
    found = mixed_prediction([(0.75, Prediction(1.0, 0.4, 9)), (0.25, Prediction(3.0, 1.6, 20))])
    assert found == Prediction(1.5, pytest.approx(0.5), 9)  # type: ignore[arg-type]

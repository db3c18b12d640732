"""One act is a bet of every hypothesis on its menu."""

from __future__ import annotations

from math import log

import pytest

from counterpoise.theory.evidence.acts.side_taken import SideTaken


def act(one: list[float], other: list[float], chosen: int = 0) -> SideTaken:
    shares = {"one": [log(share) for share in one], "other": [log(share) for share in other]}
    return SideTaken("s", 0, "1955-01-01", "A", "human", "offer", ("B", "C"), shares, chosen)


def test_the_ratio_is_of_the_entry_that_was_chosen() -> None:
    assert act([0.8, 0.2], [0.5, 0.5]).bet("one", "other").log_ratio == pytest.approx(log(1.6))
    assert act([0.8, 0.2], [0.5, 0.5], chosen=1).bet("one", "other").log_ratio == pytest.approx(log(0.4))
    assert act([0.8, 0.2], [0.5, 0.5], chosen=1).bet("other", "one").log_ratio == pytest.approx(log(2.5))


def test_the_weight_does_not_depend_on_the_choice_and_is_nothing_where_forecasts_agree() -> None:
    expected = (0.8 * log(1.6) + 0.2 * log(0.4)) ** 2
    assert act([0.8, 0.2], [0.5, 0.5]).bet("one", "other").weight == pytest.approx(expected)
    assert act([0.8, 0.2], [0.5, 0.5], chosen=1).bet("one", "other").weight == pytest.approx(expected)
    assert act([0.5, 0.5], [0.5, 0.5]).bet("one", "other").weight == 0.0
    assert act([0.6, 0.4], [0.5, 0.5]).bet("one", "other").weight < expected


def test_score_differences_are_scaled_to_the_largest_on_the_menu() -> None:
    assert act([0.8, 0.2], [0.5, 0.5], chosen=1).bet("one", "other").scaled == pytest.approx(-1.0)
    assert act([0.8, 0.2], [0.5, 0.5]).bet("one", "other").scaled == pytest.approx(log(1.6) / log(2.5))
    assert act([0.5, 0.5], [0.5, 0.5]).bet("one", "other").scaled == 0.0

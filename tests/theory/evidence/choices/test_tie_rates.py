from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.choices.tie_rates import NEW_TIES_A_YEAR, tie_rate
from counterpoise.theory.parameters import DEFAULT

Points = Callable[..., DecisionPoint]


def test_four_quarters_without_a_tie_are_a_year_without_one(point_of: Points) -> None:
    year = point_of((), opened=0, closes=1461)
    quarter = point_of((), opened=0, closes=1461 / 16)
    assert 1.0 - tie_rate(year, "people") == pytest.approx((1.0 - NEW_TIES_A_YEAR) ** 4)
    assert (1.0 - tie_rate(quarter, "record")) ** 4 == pytest.approx(1.0 - NEW_TIES_A_YEAR)


def test_bots_are_held_against_bots(point_of: Points) -> None:
    quarter = point_of((), opened=0, closes=1461 / 16)
    assert tie_rate(quarter, "bots") == pytest.approx(DEFAULT.change)
    half = point_of((), opened=0, closes=1461 / 8)
    assert 1.0 - tie_rate(half, "bots") == pytest.approx((1.0 - DEFAULT.change) ** 2)

"""Intervals of shares and rates agree with published tables and hold their number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoise.theory.statistics.shares import share_interval
from counterpoise.trial.intervals import rate_interval


@pytest.mark.parametrize(
    ("cases", "of", "low", "high"), [(0, 20, 0.0, 0.161), (10, 20, 0.299, 0.701), (15, 20, 0.531, 0.888)]
)
def test_the_interval_of_a_share_is_wilsons(cases: int, of: int, low: float, high: float) -> None:
    assert share_interval(cases, of) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.parametrize(("cases", "low", "high"), [(0, 0.0, 3.68), (1, 0.02, 5.56), (10, 4.80, 18.39)])
def test_the_interval_of_a_count_is_near_the_exact_limits_of_poisson(cases: int, low: float, high: float) -> None:
    assert rate_interval(cases, 1.0) == pytest.approx((low, high), abs=0.02)


@given(st.integers(0, 200), st.integers(1, 200))
def test_an_interval_holds_its_number(cases: int, of: int) -> None:
    share = min(cases, of)
    low, high = share_interval(share, of)
    assert 0.0 <= low <= share / of + 1e-12
    assert share / of - 1e-12 <= high <= 1.0
    low, high = rate_interval(cases, of)
    assert 0.0 <= low <= cases / of <= high

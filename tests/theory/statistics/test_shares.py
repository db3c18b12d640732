"""Shares of games and their paired differences agree with statsmodels, scipy, published figures and simulation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.proportion import proportion_confint

from counterpoise.theory.statistics.shares import (
    holm,
    paired_p,
    paired_power,
    paired_share_interval,
    share_interval,
    smallest_mean_difference,
    smallest_share_difference,
)

COUNTS = st.integers(0, 60)


@given(st.integers(0, 300), st.integers(1, 300))
def test_the_interval_of_a_share_is_that_of_statsmodels(cases: int, of: int) -> None:
    expected = proportion_confint(min(cases, of), of, method="wilson")
    assert share_interval(min(cases, of), of) == pytest.approx(expected, abs=1e-9)


def test_the_interval_of_a_paired_difference_is_the_published_one() -> None:
    # Fagerland, Lydersen and Laake 2014, Statistics in Medicine 33, 2850-2875: airway hyper-responsiveness before and after a
    # transplantation (Bentur et al. 2009), Newcombe's square-and-add interval.
    assert paired_share_interval(1, 1, 7, 12) == pytest.approx((-0.507, -0.026), abs=5e-4)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_interval_of_a_paired_difference_holds_it_and_turns_with_the_sides(
    both: int, first: int, second: int, neither: int
) -> None:
    of = both + first + second + neither
    if not of:
        return
    low, high = paired_share_interval(both, first, second, neither)
    assert -1.0 <= low <= (first - second) / of + 1e-9
    assert (first - second) / of - 1e-9 <= high <= 1.0
    assert low < high, "a difference that no pair shows is not known for sure"
    assert paired_share_interval(both, second, first, neither) == pytest.approx((-high, -low), abs=1e-12)


@pytest.mark.parametrize(("both", "first", "second"), [(0.2, 0.3, 0.1), (0.4, 0.15, 0.05), (0.05, 0.05, 0.05)])
def test_the_interval_of_a_paired_difference_covers_it_in_95_of_100_samples(
    both: float, first: float, second: float
) -> None:
    shares = [both, first, second, 1.0 - both - first - second]
    samples = np.random.default_rng(1).multinomial(40, shares, size=3000)
    ends = [paired_share_interval(*map(int, sample)) for sample in samples]
    covered = np.mean([low <= first - second <= high for low, high in ends])
    assert 0.93 <= covered <= 0.995


@given(COUNTS, COUNTS)
def test_the_exact_p_is_that_of_mcnemar(more: int, fewer: int) -> None:
    if more + fewer:
        expected = mcnemar([[3, more], [fewer, 5]], exact=True).pvalue
        assert paired_p(more, fewer) == pytest.approx(expected, rel=1e-9)
    else:
        assert paired_p(0, 0) == 1.0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12))
def test_holms_correction_is_that_of_statsmodels(values: list[float]) -> None:
    expected = multipletests(values, method="holm")[1]
    assert holm(values) == pytest.approx(list(expected), abs=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 15), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_power_is_the_sum_over_all_tables(pairs: int, differing: float, split: float) -> None:
    expected = sum(
        binom.pmf(d, pairs, differing) * binom.pmf(b, d, split)
        for d in range(pairs + 1)
        for b in range(d + 1)
        if paired_p(b, d - b) <= 0.05
    )
    assert paired_power(pairs, differing * split, differing * (1.0 - split), 0.05) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("pairs", "alpha", "by_chance"), [(20, 0.05, False), (50, 0.05, True), (50, 0.001, False), (200, 0.01, True)]
)
def test_the_smallest_difference_of_shares_is_shown_in_four_of_five_trials(
    pairs: int, alpha: float, by_chance: bool
) -> None:
    smallest: Any = smallest_share_difference(pairs, alpha, by_chance=by_chance)
    random = np.random.default_rng(7)
    high = 0.5 + smallest / 2
    first = random.random((4000, pairs)) < (high if by_chance else smallest)
    second = random.random((4000, pairs)) < (1.0 - high) if by_chance else np.zeros_like(first)
    more, fewer = (first & ~second).sum(axis=1), (second & ~first).sum(axis=1)
    found = np.mean([paired_p(int(b), int(c)) <= alpha for b, c in zip(more, fewer, strict=True)])
    assert found == pytest.approx(0.8, abs=0.025)


def test_too_few_seeds_show_no_difference_of_shares() -> None:
    assert smallest_share_difference(5, by_chance=False) is None, "five of five give a p of 0.06"
    assert smallest_share_difference(6, by_chance=False) is not None
    shown = [smallest_share_difference(pairs, by_chance=True) or 1.0 for pairs in (10, 20, 50, 200)]
    assert shown == sorted(shown, reverse=True)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-9, 9), min_size=8, max_size=60))
def test_the_smallest_mean_difference_has_the_power_of_a_t_test(gaps: list[int]) -> None:
    smallest = smallest_mean_difference(gaps)
    if smallest is None:
        assert len(set(gaps)) == 1
        return
    effect = smallest / float(np.std(gaps, ddof=1))
    assert TTestPower().power(effect, len(gaps), 0.05) == pytest.approx(0.8, abs=0.02)

from __future__ import annotations

from math import log

import numpy as np
import pytest

from counterpoise.theory import statistics


def choosers(count: int, size: int) -> list[tuple[str, str]]:
    return [(f"s{number // 5}", f"a{number}") for number in range(count) for _ in range(size)]


def test_the_rate_ratio_is_that_of_mantel_and_haenszel() -> None:
    before, after = [1, 0, 2, 1, 0, 1] * 5, [2, 1, 3, 2, 1, 1] * 5
    fit = statistics.rate_ratio(before, [4] * 30, after, [4] * 30, choosers(30, 1))
    assert fit is not None
    assert fit.estimate == pytest.approx(log(10 / 5))
    assert fit.low > 0.0
    uneven = statistics.rate_ratio([1, 1, 2] * 10, [2] * 30, [1, 2, 1] * 10, [4] * 30, choosers(30, 1))
    assert uneven is not None
    assert uneven.estimate == pytest.approx(log(0.25 / 0.5))


def test_a_rate_ratio_needs_events_before_and_after() -> None:
    assert statistics.rate_ratio([], [], [], [], []) is None
    assert statistics.rate_ratio([0] * 10, [4] * 10, [1] * 10, [4] * 10, choosers(10, 1)) is None


def test_matching_removes_the_difference_that_selection_makes() -> None:
    dice = np.random.default_rng(3)
    danger = dice.random(3000)
    treated = dice.random(3000) < danger
    attacked = dice.random(3000) < 0.2 + 0.6 * danger
    plain = attacked[treated].mean() - attacked[~treated].mean()
    fit = statistics.matched_difference(attacked, treated, [danger], choosers(100, 30))
    assert plain > 0.15
    assert fit is not None
    assert fit.low < 0.0 < fit.high or abs(fit.estimate) < 0.05
    helped = statistics.matched_difference(attacked & ~treated, treated, [danger], choosers(100, 30))
    assert helped is not None
    assert helped.high < -0.3


def test_matching_needs_treated_and_untreated_rows() -> None:
    assert statistics.matched_difference([1] * 20, [1] * 20, [list(range(20))], choosers(20, 1)) is None


def test_the_smallest_gain_is_above_zero_only_if_all_gains_are() -> None:
    dice = np.random.default_rng(4)
    gains = dice.normal([0.5, 0.3, 0.4], 0.5, size=(400, 3))
    found = statistics.smallest_gain(gains, choosers(40, 10))
    assert found is not None
    fit, place = found
    assert place == 1
    assert 0.0 < fit.low < fit.estimate < fit.high
    assert fit.p < 0.01
    worse = statistics.smallest_gain(gains - [0.0, 0.0, 0.8], choosers(40, 10))
    assert worse is not None
    assert worse[1] == 2
    assert worse[0].high < 0.0
    assert statistics.smallest_gain([[1.0, 1.0]], [("s", "a")]) is None

from __future__ import annotations

from math import log

import numpy as np
import pytest

from counterpoise.theory import statistics
from counterpoise.theory.statistics import ChoiceSet


def clusters(count: int, size: int) -> list[tuple[str, str]]:
    return [(f"s{number // 5}", f"a{number}") for number in range(count) for _ in range(size)]


def test_a_rate_ratio_is_that_of_mantel_and_haenszel() -> None:
    before, after = [1, 0, 2, 1, 0, 1] * 5, [2, 1, 3, 2, 1, 1] * 5
    fit = statistics.rate_ratio(before, [4] * 30, after, [4] * 30, clusters(30, 1))
    assert fit is not None
    assert fit.estimate == pytest.approx(log(10 / 5))
    assert fit.low > 0.0
    uneven = statistics.rate_ratio([1, 1, 2] * 10, [2] * 30, [1, 2, 1] * 10, [4] * 30, clusters(30, 1))
    assert uneven is not None
    assert uneven.estimate == pytest.approx(log(0.25 / 0.5))


def test_a_rate_ratio_needs_something_on_both_sides() -> None:
    assert statistics.rate_ratio([], [], [], [], []) is None
    assert statistics.rate_ratio([0] * 10, [4] * 10, [1] * 10, [4] * 10, clusters(10, 1)) is None


def test_matching_takes_out_what_made_the_treated_different() -> None:
    dice = np.random.default_rng(3)
    danger = dice.random(3000)
    treated = dice.random(3000) < danger
    attacked = dice.random(3000) < 0.2 + 0.6 * danger
    plain = attacked[treated].mean() - attacked[~treated].mean()
    fit = statistics.matched_difference(attacked, treated, [danger], clusters(100, 30))
    assert plain > 0.15
    assert fit is not None
    assert fit.low < 0.0 < fit.high or abs(fit.estimate) < 0.05
    helped = statistics.matched_difference(attacked & ~treated, treated, [danger], clusters(100, 30))
    assert helped is not None
    assert helped.high < -0.3


def test_matching_needs_both_kinds() -> None:
    assert statistics.matched_difference([1] * 20, [1] * 20, [list(range(20))], clusters(20, 1)) is None


def test_the_least_of_several_gains_is_above_zero_only_if_all_are() -> None:
    dice = np.random.default_rng(4)
    gains = dice.normal([0.5, 0.3, 0.4], 0.5, size=(400, 3))
    found = statistics.least_of(gains, clusters(40, 10))
    assert found is not None
    fit, place = found
    assert place == 1
    assert 0.0 < fit.low < fit.estimate < fit.high
    assert fit.p < 0.01
    worse = statistics.least_of(gains - [0.0, 0.0, 0.8], clusters(40, 10))
    assert worse is not None
    assert worse[1] == 2
    assert worse[0].high < 0.0
    assert statistics.least_of([[1.0, 1.0]], [("s", "a")]) is None


def choices(weights: tuple[float, ...], count: int = 600) -> list[ChoiceSet]:
    dice = np.random.default_rng(5)
    sets = []
    for number in range(count):
        rows = dice.random((5, len(weights)))
        utility = rows @ np.asarray(weights) + dice.gumbel(size=5)
        sets.append(
            ChoiceSet(tuple(map(tuple, rows.tolist())), int(utility.argmax()), (f"s{number % 10}", f"a{number % 30}"))
        )
    return sets


def test_shapley_shares_sum_to_one_and_go_to_what_moves_the_choice() -> None:
    shares = statistics.shapley_shares(choices((4.0, 0.0, 2.0)), [[0], [1], [2]])
    assert shares is not None
    assert sum(shares) == pytest.approx(1.0)
    assert shares[0] > shares[2] > shares[1]
    assert shares[1] < 0.02
    assert statistics.shapley_shares([], [[0]]) is None


def test_attributions_stand_in_the_order_of_the_choices() -> None:
    sets = choices((4.0, 0.0))
    alone = ChoiceSet(((0.5, 0.5),), 0, ("s0", "a0"))
    shares = statistics.attributions([alone, *sets], [[0], [1]])
    assert shares.shape == (601, 2)
    assert shares.sum(axis=1) == pytest.approx(np.ones(601))
    assert list(shares[0]) == [0.5, 0.5]
    assert shares[1:, 0].mean() > 0.8
    assert statistics.attributions([alone], [[0], [1]]) is None


def test_an_index_of_sessions_is_held_against_its_permutations() -> None:
    size = 12
    near = [(i, (i + 1) % size) for i in range(size)]
    second = [(i, (i + 2) % size) for i in range(size)]
    signs = np.zeros((size, size))
    for i, j in second:
        signs[i, j] = signs[j, i] = 1.0
    index = statistics.checkerboard(signs, near, second)
    values, chance, p = statistics.pooled_index([[(size, index)] * 3] * 4, linear=False)
    assert values == [0.5] * 4
    assert chance == [0.0] * 4
    assert p < 0.01
    _, _, single = statistics.pooled_index([], linear=False)
    assert single == 1.0


def test_a_linear_index_is_centred_on_its_mean_over_places() -> None:
    index = statistics.sphere([[1.0], [1.0], [0.0], [0.0]], [0, 0, 0, 0], [1.0, 1.0, 1.0, 1.0])
    values, chance, p = statistics.pooled_index([[(4, index)]], linear=True)
    assert values == chance == [0.5]
    assert p == 1.0

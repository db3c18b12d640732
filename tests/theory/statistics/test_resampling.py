from __future__ import annotations

from random import Random

import pytest

from counterpoise.theory import statistics


def test_the_interval_of_a_mean_is_wider_if_choices_come_in_clusters() -> None:
    values = [float(k < 200) for k in range(400)]
    apart = [("s", f"c{k}") for k in range(400)]
    together = [("s", f"c{k // 40}") for k in range(400)]
    loose, tight = (statistics.bootstrap_ratio(values, [1.0] * 400, groups) for groups in (together, apart))
    assert loose is not None
    assert tight is not None
    assert loose.estimate == tight.estimate == 0.5
    assert loose.high - loose.low > 3 * (tight.high - tight.low)


def test_sessions_are_resampled_before_choosers() -> None:
    values = [float(k < 200) for k in range(400)]
    one = statistics.bootstrap_ratio(values, [1.0] * 400, [("s", f"c{k % 40}") for k in range(400)])
    two = statistics.bootstrap_ratio(values, [1.0] * 400, [(f"s{k // 200}", f"c{k % 40}") for k in range(400)])
    assert one is not None
    assert two is not None
    assert (two.low, two.high) == (0.0, 1.0)
    assert one.high - one.low < 0.2


def test_no_values_have_no_mean_and_one_cluster_has_no_interval() -> None:
    assert statistics.bootstrap_ratio([], [], []) is None
    alone = statistics.bootstrap_ratio([1.0, 0.0], [1.0, 1.0], [("s", "c")] * 2)
    assert alone is not None
    assert (alone.estimate, alone.p, alone.clusters) == (0.5, 1.0, 1)


def test_the_permutation_test_finds_only_a_real_difference() -> None:
    dice = Random(9)
    assert statistics.paired_permutation_p([dice.gauss(0.5, 1) for _ in range(100)]) < 0.01
    assert statistics.paired_permutation_p([dice.gauss(0.0, 1) for _ in range(100)]) > 0.05


def test_the_binomial_p_is_exact() -> None:
    assert statistics.binomial_p(11, 11) == pytest.approx(2 / 2**11)
    assert statistics.binomial_p(5, 10) == 1.0

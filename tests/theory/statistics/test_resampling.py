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
    apart = [("s", f"c{k}") for k in range(100)]
    assert statistics.paired_permutation_p([dice.gauss(0.5, 1) for _ in range(100)], apart) < 0.01
    assert statistics.paired_permutation_p([dice.gauss(0.0, 1) for _ in range(100)], apart) > 0.05


def test_the_permutation_test_of_few_clusters_counts_every_pattern_of_swaps() -> None:
    # Of the 8 patterns of three clusters whose sums are 3, 2 and 1, two reach the largest sum: all as they are, all swapped.
    together = [("s", "a"), ("s", "a"), ("s", "b"), ("s", "c")]
    assert statistics.paired_permutation_p([1.0, 2.0, 2.0, 1.0], together) == 2 / 8
    # Sums of 3, 2 and -1: the total of 4 is reached by 3+2-1, 3+2+1 and their opposites.
    assert statistics.paired_permutation_p([1.0, 2.0, 2.0, -1.0], together) == 4 / 8


def test_the_choices_of_one_chooser_change_sides_together() -> None:
    values = [1.0] * 200
    assert statistics.paired_permutation_p(values, [("s", f"c{k // 50}") for k in range(200)]) == 2 / 2**4
    assert statistics.paired_permutation_p(values, [("s", f"c{k}") for k in range(200)]) < 0.001


def test_many_clusters_and_their_normal_limit_agree() -> None:
    dice = Random(4)
    values = [dice.gauss(0.03, 1) for _ in range(6000)]
    whole = statistics.paired_permutation_p(values, [("s", f"c{k}") for k in range(6000)])
    fewer = statistics.paired_permutation_p(values, [("s", f"c{k // 2}") for k in range(6000)])
    assert whole == pytest.approx(fewer, abs=0.02)


def test_the_permutation_test_depends_neither_on_names_nor_on_the_order_of_rows() -> None:
    dice = Random(5)
    rows = [(dice.gauss(0.1, 1), ("s", f"c{k % 25}")) for k in range(200)]
    first = statistics.paired_permutation_p([value for value, _ in rows], [cluster for _, cluster in rows])
    dice.shuffle(rows)
    again = [(value, ("t", f"z{99 - int(name[1:])}")) for value, (_, name) in rows]
    assert first == statistics.paired_permutation_p([value for value, _ in again], [cluster for _, cluster in again])


def test_a_mean_has_the_p_of_the_permutation_and_an_interval_widened_for_few_choosers() -> None:
    dice = Random(6)
    for count in (8, 400):
        clusters = [("s", f"c{k % count}") for k in range(800)]
        values = [dice.gauss(0.2, 1) for _ in range(800)]
        plain = statistics.bootstrap_ratio(values, [1.0] * 800, clusters)
        fit = statistics.clustered_mean(values, clusters)
        assert plain is not None
        assert fit is not None
        assert fit.p == statistics.paired_permutation_p(values, clusters)
        # Student's quantile with 7 degrees of freedom is 2.365, and the normal one 1.96.
        factor = {8: 2.3646 / 1.95996 * (8 / 7) ** 0.5, 400: 1.0}[count]
        assert (fit.high - fit.low) / (plain.high - plain.low) == pytest.approx(factor, rel=0.005)


def test_a_share_stays_between_0_and_1() -> None:
    clusters = [("s", f"c{k % 6}") for k in range(60)]
    fit = statistics.clustered_mean([float(k >= 3) for k in range(60)], clusters, null=0.5)
    assert fit is not None
    assert fit.low < fit.estimate < fit.high <= 1.0
    assert fit.p == 2 / 2**6
    assert statistics.clustered_mean([], []) is None


def test_a_difference_of_means_covers_the_truth_about_as_often_as_it_says() -> None:
    hits = 0
    for seed in range(100):
        dice = Random(f"difference/{seed}")
        own = [dice.gauss(0.0, 1.0) for _ in range(16)]
        clusters = [("s", f"c{k // 4}") for k in range(64)]
        values = [own[k // 4] + dice.gauss(0.0, 1.0) for k in range(64)]
        fit = statistics.mean_difference(values, [k < 32 for k in range(64)], clusters)
        assert fit is not None
        assert fit.estimate == pytest.approx(sum(values[:32]) / 32 - sum(values[32:]) / 32)
        hits += fit.low <= 0.0 <= fit.high
    # At a true rate of 95 %, fewer than 88 of 100 are less likely than one in two hundred.
    assert hits >= 88


def test_a_group_of_one_chooser_has_no_difference() -> None:
    clusters = [("s", "a"), ("s", "a"), ("s", "b"), ("s", "c")]
    assert statistics.mean_difference([1.0, 0.0, 1.0, 0.0], [True, True, False, False], clusters) is None
    assert statistics.mean_difference([1.0, 0.0, 1.0, 0.0], [True, False, True, False], clusters) is not None


def test_the_two_intervals_of_a_mean_agree_and_differ_in_their_p_alone() -> None:
    dice = Random(3)
    values, clusters = [dice.random() for _ in range(40)], [("s", f"c{k % 8}") for k in range(40)]
    plain, tested = statistics.clustered_interval(values, clusters), statistics.clustered_mean(values, clusters)
    assert plain is not None
    assert tested is not None
    assert (plain.estimate, plain.low, plain.high) == (tested.estimate, tested.low, tested.high)
    assert tested.p == statistics.paired_permutation_p(values, clusters)

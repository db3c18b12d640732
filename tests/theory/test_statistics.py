from __future__ import annotations

from math import exp, log
from random import Random

import numpy as np
import pytest

from counterpoise.theory import statistics
from counterpoise.theory.statistics import ChoiceSet, Cluster

CLUSTERS: list[Cluster] = [("s", f"c{n}") for n in range(20)]


def binary(slope: float, n: int = 800, seed: int = 1) -> tuple[list[bool], list[float], list[Cluster]]:
    dice = Random(seed)
    x = [dice.gauss(0, 1) for _ in range(n)]
    y = [dice.random() < 1 / (1 + exp(-(slope * value - 0.5))) for value in x]
    return y, x, [CLUSTERS[k % 20] for k in range(n)]


def test_the_logit_finds_a_planted_slope() -> None:
    y, x, clusters = binary(0.8)
    fit = statistics.logit(y, [x], clusters)
    assert fit is not None
    assert fit.low < 0.8 < fit.high
    assert fit.p < 0.01
    assert (fit.n, fit.clusters) == (800, 20)


def test_a_slope_of_nothing_is_not_found() -> None:
    y, x, clusters = binary(0.0, seed=5)
    fit = statistics.logit(y, [x], clusters)
    assert fit is not None
    assert fit.low < 0.0 < fit.high
    assert fit.p > 0.05


def test_evidence_that_a_few_choosers_hold_widens_the_interval() -> None:
    y, _, _ = binary(0.0, n=4000)
    clusters: list[Cluster] = [("s", f"c{k % 100}") for k in range(4000)]
    even = statistics.logit(y, [[float(k // 100 % 2) for k in range(4000)]], clusters)
    few = statistics.logit(y, [[float(k // 100 % 2) * (k % 100 < 6) for k in range(4000)]], clusters)
    assert even is not None
    assert few is not None
    assert few.clusters == even.clusters == 100, "all of them tell something, though some hardly anything"
    assert few.high - few.low > 1.1 * (even.high - even.low)


def test_effects_take_out_what_a_chooser_always_does() -> None:
    dice = Random(3)
    y, x, clusters = [], [], []
    for k in range(1200):
        lean = (k % 20) / 5.0 - 2.0
        value = lean + dice.gauss(0, 0.5)
        x.append(value)
        y.append(dice.random() < 1 / (1 + exp(-lean)))
        clusters.append(CLUSTERS[k % 20])
    plain = statistics.logit(y, [x], clusters)
    within = statistics.logit(y, [x], clusters, effects=clusters)
    assert plain is not None
    assert within is not None
    assert plain.low > 0.0
    assert within.low < 0.0 < within.high


def test_data_that_cannot_carry_a_logit_give_none_and_no_warning() -> None:
    y, x, clusters = binary(0.8, 60)
    assert statistics.logit([value > 0 for value in x], [x], clusters) is None
    assert statistics.logit(y, [[1.0] * 60], clusters) is None
    assert statistics.logit([True] * 60, [x], clusters) is None
    assert statistics.logit(y, [x, x], clusters) is None
    assert statistics.logit(y[:4], [x[:4]], clusters[:4]) is None
    assert statistics.logit(y, [x], [("s", "one")] * 60) is None
    assert statistics.logit([True] * 59 + [False], [x], clusters, effects=clusters) is None


def choices(pull: float, n: int = 400, seed: int = 2) -> list[ChoiceSet]:
    dice = Random(seed)
    made = []
    for k in range(n):
        rows = tuple((dice.gauss(0, 1), dice.gauss(0, 1)) for _ in range(6))
        weights = [exp(pull * a - 0.5 * b) for a, b in rows]
        chosen = dice.choices(range(6), weights)[0]
        made.append(ChoiceSet(rows, chosen, CLUSTERS[k % 20]))
    return made


def test_the_conditional_logit_finds_a_planted_pull() -> None:
    fit = statistics.conditional_logit(choices(0.7))
    assert fit is not None
    assert fit.low < 0.7 < fit.high
    assert fit.p < 0.01
    nothing = statistics.conditional_logit(choices(0.0, seed=4))
    assert nothing is not None
    assert nothing.low < 0.0 < nothing.high


def test_the_conditional_logit_agrees_with_statsmodels() -> None:
    import numpy as np
    from statsmodels.discrete.conditional_models import ConditionalLogit

    made = choices(0.6, 60)
    y = [float(place == c.chosen) for c in made for place in range(6)]
    x = np.array([row for c in made for row in c.rows])
    groups = np.repeat(np.arange(60), 6)
    reference = ConditionalLogit(np.array(y), x / x.std(axis=0), groups=groups).fit(disp=0)
    fit = statistics.conditional_logit(made)
    assert fit is not None
    assert fit.estimate == pytest.approx(float(reference.params[0]), abs=1e-3)


def test_a_conditional_logit_finds_its_way_among_a_near_few_and_a_far_many() -> None:
    dice, made = Random(1), []
    for k in range(60):
        rows = [-dice.uniform(0.0, 1.0) if place < 2 else -dice.uniform(5.0, 7.0) for place in range(80)]
        chosen = dice.choices(range(80), [exp(0.8 * value) for value in rows])[0]
        made.append(ChoiceSet(tuple((value,) for value in rows), chosen, ("s", f"c{k}")))
    fit = statistics.conditional_logit(made)
    assert fit is not None, "full steps jump over the summit and back"
    assert fit.estimate == pytest.approx(0.957, abs=0.01)
    x = np.array([row for choice in made for row in choice.rows])
    chosen_, sizes = np.array([choice.chosen for choice in made]), np.full(60, 80)
    scores = statistics.heldout_choice_scores(x, sizes, chosen_, np.arange(60) % 5)
    assert scores.mean() > -log(80) + 0.3


def test_columns_that_are_the_same_everywhere_tell_nothing_and_break_nothing() -> None:
    dice = Random(2)
    x = [dice.uniform(0.0, 1.0) for _ in range(120)]
    done = [dice.random() < 0.2 + 0.6 * value for value in x]
    folds = np.arange(120) % 5
    alone = statistics.heldout_logit_scores(done, [x], folds)
    beside = statistics.heldout_logit_scores(done, [[1.0] * 120, x, [-0.15415067982725836] * 120], folds)
    assert beside == pytest.approx(alone, abs=1e-3)


def test_data_that_cannot_carry_a_conditional_logit_give_none() -> None:
    assert statistics.conditional_logit([]) is None
    flat = [ChoiceSet(((1.0, k * 0.1), (1.0, 0.0)), k % 2, CLUSTERS[k]) for k in range(20)]
    assert statistics.conditional_logit(flat) is None
    split = [ChoiceSet(((1.0 + k * 0.01,), (0.0,)), 0, CLUSTERS[k]) for k in range(20)]
    assert statistics.conditional_logit(split) is None


def test_a_mean_s_interval_is_wider_when_choices_come_in_clusters() -> None:
    values = [float(k < 200) for k in range(400)]
    apart = [("s", f"c{k}") for k in range(400)]
    together = [("s", f"c{k // 40}") for k in range(400)]
    loose, tight = (statistics.ratio(values, [1.0] * 400, groups) for groups in (together, apart))
    assert loose is not None
    assert tight is not None
    assert loose.estimate == tight.estimate == 0.5
    assert loose.high - loose.low > 3 * (tight.high - tight.low)


def test_sessions_are_resampled_before_choosers() -> None:
    values = [float(k < 200) for k in range(400)]
    one = statistics.ratio(values, [1.0] * 400, [("s", f"c{k % 40}") for k in range(400)])
    two = statistics.ratio(values, [1.0] * 400, [(f"s{k // 200}", f"c{k % 40}") for k in range(400)])
    assert one is not None
    assert two is not None
    assert (two.low, two.high) == (0.0, 1.0)
    assert one.high - one.low < 0.2


def test_nothing_has_no_mean_and_one_cluster_no_test() -> None:
    assert statistics.ratio([], [], []) is None
    alone = statistics.ratio([1.0, 0.0], [1.0, 1.0], [("s", "c")] * 2)
    assert alone is not None
    assert (alone.estimate, alone.p, alone.clusters) == (0.5, 1.0, 1)


def test_swapping_labels_tells_a_real_difference_from_none() -> None:
    dice = Random(9)
    assert statistics.paired_permutation_p([dice.gauss(0.5, 1) for _ in range(100)]) < 0.01
    assert statistics.paired_permutation_p([dice.gauss(0.0, 1) for _ in range(100)]) > 0.05


def test_the_binomial_is_exact() -> None:
    assert statistics.binomial_p(11, 11) == pytest.approx(2 / 2**11)
    assert statistics.binomial_p(5, 10) == 1.0


def test_the_same_data_give_the_same_numbers() -> None:
    y, x, clusters = binary(0.4)
    assert statistics.logit(y, [x], clusters) == statistics.logit(y, [x], clusters)
    assert statistics.conditional_logit(choices(0.3)) == statistics.conditional_logit(choices(0.3))


def test_the_slope_is_per_standard_deviation() -> None:
    y, x, clusters = binary(0.8)
    scaled, plain = (statistics.logit(y, [[value * scale for value in x]], clusters) for scale in (100.0, 1.0))
    assert scaled is not None
    assert plain is not None
    assert scaled.estimate == pytest.approx(plain.estimate, rel=1e-6)
    assert statistics.spread([]) == 0.0
    assert statistics.spread([0.0, 2.0]) == 1.0
    assert log(1.25) < plain.estimate


def test_a_choice_model_is_found_where_newtons_full_steps_go_round_in_circles() -> None:
    dice = Random("circles")
    menus = []
    for number in range(200):
        rows = tuple((float(place == 0), dice.gauss(0, 1), dice.expovariate(0.2) ** 2) for place in range(12))
        chosen = 0 if dice.random() < 0.5 else dice.randrange(1, 12)
        menus.append(ChoiceSet(rows, chosen, ("s", str(number % 20))))
    fit = statistics.conditional_logit(menus)
    assert fit is not None
    assert fit.estimate > 0.0
    assert fit.low < fit.estimate < fit.high


def test_a_logit_on_a_column_with_a_long_tail_finds_nothing_in_chance() -> None:
    dice = Random("tail")
    wild = [exp(dice.gauss(0, 3)) for _ in range(600)]
    done = [dice.random() < 0.1 for _ in range(600)]
    fit = statistics.logit(
        done, [wild, [dice.gauss(0, 1) for _ in range(600)]], [("s", str(n % 30)) for n in range(600)]
    )
    assert fit is not None
    assert fit.low < 0.0 < fit.high

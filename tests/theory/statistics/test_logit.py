from __future__ import annotations

from math import exp, log
from random import Random

import numpy as np
import pytest
from scipy.stats import t

from counterpoise.theory import statistics
from counterpoise.theory.statistics import Cluster

CLUSTERS: list[Cluster] = [("s", f"c{n}") for n in range(20)]


def binary_data(slope: float, n: int = 800, seed: int = 1) -> tuple[list[bool], list[float], list[Cluster]]:
    dice = Random(seed)
    x = [dice.gauss(0, 1) for _ in range(n)]
    y = [dice.random() < 1 / (1 + exp(-(slope * value - 0.5))) for value in x]
    return y, x, [CLUSTERS[k % 20] for k in range(n)]


def test_the_logit_finds_a_planted_slope() -> None:
    y, x, clusters = binary_data(0.8)
    fit = statistics.logit(y, [x], clusters)
    assert fit is not None
    assert fit.low < 0.8 < fit.high
    assert fit.p < 0.01
    assert (fit.n, fit.clusters) == (800, 20)


def test_the_logit_finds_no_slope_where_there_is_none() -> None:
    y, x, clusters = binary_data(0.0, seed=5)
    fit = statistics.logit(y, [x], clusters)
    assert fit is not None
    assert fit.low < 0.0 < fit.high
    assert fit.p > 0.05


def test_the_interval_is_wider_if_a_few_choosers_carry_the_evidence() -> None:
    y, _, _ = binary_data(0.0, n=4000)
    clusters: list[Cluster] = [("s", f"c{k % 100}") for k in range(4000)]
    even = statistics.logit(y, [[float(k // 100 % 2) for k in range(4000)]], clusters)
    few = statistics.logit(y, [[float(k // 100 % 2) * (k % 100 < 6) for k in range(4000)]], clusters)
    assert even is not None
    assert few is not None
    assert few.clusters == even.clusters == 100, "all of them tell something, though some hardly anything"
    assert few.high - few.low > 1.1 * (even.high - even.low)


def test_intercepts_remove_constant_differences_between_choosers() -> None:
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


def test_the_logit_returns_none_without_a_warning_if_the_data_carry_no_estimate() -> None:
    y, x, clusters = binary_data(0.8, 60)
    assert statistics.logit([value > 0 for value in x], [x], clusters) is None
    assert statistics.logit(y, [[1.0] * 60], clusters) is None
    assert statistics.logit([True] * 60, [x], clusters) is None
    assert statistics.logit(y, [x, x], clusters) is None
    assert statistics.logit(y[:4], [x[:4]], clusters[:4]) is None
    assert statistics.logit(y, [x], [("s", "one")] * 60) is None
    assert statistics.logit([True] * 59 + [False], [x], clusters, effects=clusters) is None


def test_the_slope_is_per_standard_deviation() -> None:
    y, x, clusters = binary_data(0.8)
    scaled, plain = (statistics.logit(y, [[value * scale for value in x]], clusters) for scale in (100.0, 1.0))
    assert scaled is not None
    assert plain is not None
    assert scaled.estimate == pytest.approx(plain.estimate, rel=1e-6)
    assert statistics.standard_deviation([]) == 0.0
    assert statistics.standard_deviation([0.0, 2.0]) == 1.0
    assert log(1.25) < plain.estimate


def test_the_logit_finds_no_slope_on_a_random_column_with_a_long_tail() -> None:
    dice = Random("tail")
    wild = [exp(dice.gauss(0, 3)) for _ in range(600)]
    done = [dice.random() < 0.1 for _ in range(600)]
    fit = statistics.logit(
        done, [wild, [dice.gauss(0, 1) for _ in range(600)]], [("s", str(n % 30)) for n in range(600)]
    )
    assert fit is not None
    assert fit.low < 0.0 < fit.high


def test_constant_columns_do_not_change_heldout_scores() -> None:
    dice = Random(2)
    x = [dice.uniform(0.0, 1.0) for _ in range(120)]
    done = [dice.random() < 0.2 + 0.6 * value for value in x]
    folds = np.arange(120) % 5
    alone = statistics.heldout_logit_scores(done, [x], folds)
    beside = statistics.heldout_logit_scores(done, [[1.0] * 120, x, [-0.15415067982725836] * 120], folds)
    assert beside == pytest.approx(alone, abs=1e-3)


def test_intercepts_give_the_slope_that_dummies_give() -> None:
    from statsmodels.discrete.discrete_model import Logit

    y, x, clusters = binary_data(0.8)
    dummies = np.array([[float(cluster == known) for known in CLUSTERS] for cluster in clusters])
    reference = Logit(np.array(y, dtype=float), np.column_stack([np.array(x) / np.std(x), dummies])).fit(disp=0)
    fit = statistics.logit(y, [x], clusters, effects=clusters)
    assert fit is not None
    assert fit.estimate == pytest.approx(float(reference.params[0]), abs=1e-6)


def test_a_ridge_keeps_the_coefficients_of_separated_data_finite() -> None:
    x = np.column_stack([np.linspace(-1.0, 1.0, 40), np.ones(40)])
    slope, constant = statistics.ridged_logit(x, (x[:, 0] > 0.0).astype(float), np.array([1e-2, 0.0]))
    assert 0.0 < slope < 1000.0
    assert constant == pytest.approx(0.0, abs=1e-6)


def test_a_light_ridge_hardly_moves_the_coefficients_of_much_data() -> None:
    dice = np.random.default_rng(5)
    x = np.column_stack([dice.normal(size=20_000), np.ones(20_000)])
    y = (dice.random(20_000) < 1.0 / (1.0 + np.exp(-(1.5 * x[:, 0] - 1.0)))).astype(float)
    assert statistics.ridged_logit(x, y, np.array([1e-3, 0.0])) == pytest.approx([1.5, -1.0], abs=0.08)


def test_the_same_data_give_the_same_numbers() -> None:
    y, x, clusters = binary_data(0.4)
    assert statistics.logit(y, [x], clusters) == statistics.logit(y, [x], clusters)


def test_a_logit_with_one_intercept_agrees_with_statsmodels() -> None:
    from statsmodels.discrete.discrete_model import Logit

    y, x, _ = binary_data(0.8, n=2000)
    groups = np.arange(2000) % 80
    control = [value * 0.3 + (k % 7) for k, value in enumerate(x)]
    design = np.column_stack([np.array(x) / np.std(x), np.array(control) / np.std(control), np.ones(2000)])
    reference = Logit(np.array(y, dtype=float), design).fit(disp=0, cov_type="cluster", cov_kwds={"groups": groups})
    fit = statistics.logit(y, [x, control], [("s", f"c{group}") for group in groups])
    assert fit is not None
    assert fit.estimate == pytest.approx(float(reference.params[0]), abs=1e-8)
    # The interval is Student's, with one degree of freedom less than clusters among which the evidence is spread.
    shortest, longest = (float(t.ppf(0.975, degrees)) * float(reference.bse[0]) for degrees in (79, 40))
    assert shortest <= fit.high - fit.estimate <= longest

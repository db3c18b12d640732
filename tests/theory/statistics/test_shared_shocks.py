from __future__ import annotations

import numpy as np
import pytest

from counterpoise.theory import statistics
from counterpoise.theory.statistics.fitting import Fit
from counterpoise.theory.statistics.shared_shocks import shift_p, windows_of, with_two_way_errors

CHOOSERS, WINDOWS = 12, 15
ROWS = [(("s", f"c{chooser:02d}"), window) for chooser in range(CHOOSERS) for window in range(WINDOWS)]
CLUSTERS, TIMES = [cluster for cluster, _ in ROWS], [window for _, window in ROWS]


def shocked(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a covariate and outcomes, both of which shocks of choosers and of windows move."""
    dice = np.random.default_rng(seed)

    def column() -> np.ndarray:
        whole = dice.normal(size=(CHOOSERS, WINDOWS)) + dice.normal(size=(CHOOSERS, 1)) + dice.normal(size=WINDOWS)
        return np.asarray(whole.ravel())

    return column(), column()


def test_errors_in_two_ways_are_those_of_statsmodels() -> None:
    from statsmodels.regression.linear_model import OLS

    x, y = shocked(3)
    mark = (x > 0.0).astype(float)
    choosers, windows = np.repeat(np.arange(CHOOSERS), WINDOWS), np.tile(np.arange(WINDOWS), CHOOSERS)
    fitted = OLS(y, np.column_stack([mark, np.ones(len(y))])).fit(
        cov_type="cluster", cov_kwds={"groups": np.column_stack([choosers, windows])}
    )
    fit = statistics.adjusted_difference(y, mark, CLUSTERS, windows=TIMES)
    assert fit is not None
    assert fit.two_way is not None
    # statsmodels also corrects for the number of coefficients.
    error = float(fitted.bse[0]) * np.sqrt((len(y) - 2) / (len(y) - 1))
    from scipy import stats

    half = float(stats.t.ppf(0.975, CHOOSERS - 1)) * error
    assert fit.two_way == pytest.approx((fit.estimate - half, fit.estimate + half), abs=1e-9)
    assert fit.p_two_way == pytest.approx(2.0 * stats.t.sf(abs(fit.estimate) / error, CHOOSERS - 1), abs=1e-9)


def test_a_shock_that_all_choosers_share_widens_the_interval_in_two_ways() -> None:
    dice = np.random.default_rng(1)
    x, y = np.tile(dice.random(WINDOWS) < 0.5, CHOOSERS), np.tile(dice.normal(size=WINDOWS), CHOOSERS)
    fit = statistics.adjusted_difference(y + 0.1 * dice.normal(size=len(y)), x, CLUSTERS, windows=TIMES)
    assert fit is not None
    assert fit.two_way is not None
    assert fit.two_way[1] - fit.two_way[0] > 3 * (fit.high - fit.low)


def test_clusters_that_fit_their_choices_exactly_leave_no_error_in_two_ways() -> None:
    exact = with_two_way_errors(
        Fit(1.0, 0.5, 1.5, 0.6, 1.4, 0.01, len(ROWS), CHOOSERS), np.full(len(ROWS), 1e-17), windows_of(CLUSTERS, TIMES)
    )
    assert (exact.two_way, exact.p_two_way) == (None, None)


def test_the_second_way_never_lowers_the_variance() -> None:
    places = windows_of(CLUSTERS, TIMES)
    # Rows that cancel within each window leave less variance in two ways than over choosers alone.
    influences = np.concatenate([np.full(WINDOWS, 1.0 if chooser % 2 else -1.0) for chooser in range(CHOOSERS)])
    fit = with_two_way_errors(Fit(1.0, 0.5, 1.5, 0.6, 1.4, 0.01, len(ROWS), CHOOSERS), influences, places)
    assert fit.two_way is not None
    alone = np.sqrt(CHOOSERS * WINDOWS**2 * CHOOSERS / (CHOOSERS - 1))
    from scipy import stats

    assert fit.two_way[1] - fit.estimate == pytest.approx(stats.t.ppf(0.975, CHOOSERS - 1) * alone)


def test_the_shift_test_counts_every_shift_of_one_run() -> None:
    # Only the first of the shifts brings the one peak of the covariate to the one peak of the outcomes.
    peak = np.tile(np.eye(WINDOWS)[4], CHOOSERS)
    assert shift_p(peak - peak.mean(), peak - peak.mean(), windows_of(CLUSTERS, TIMES)) == 1 / WINDOWS


def test_runs_are_shifted_apart_from_each_other() -> None:
    peak = np.tile(np.eye(WINDOWS)[4], 2)
    clusters = [(f"s{run}", "c") for run in range(2) for _ in range(WINDOWS)]
    assert shift_p(peak, peak, windows_of(clusters, [*range(WINDOWS), *range(WINDOWS)])) == 1 / WINDOWS**2


def test_what_does_not_change_in_time_cannot_be_shifted() -> None:
    constant = np.repeat(np.arange(CHOOSERS, dtype=float), WINDOWS)
    assert shift_p(constant, shocked(1)[1], windows_of(CLUSTERS, TIMES)) is None
    assert shift_p(constant, constant, None) is None


def test_the_shift_test_does_not_depend_on_the_order_of_rows() -> None:
    x, y = shocked(8)
    order = np.random.default_rng(2).permutation(len(x))
    shuffled = windows_of([CLUSTERS[place] for place in order], [TIMES[place] for place in order])
    assert shift_p(x[order], y[order], shuffled) == shift_p(x, y, windows_of(CLUSTERS, TIMES))


@pytest.mark.parametrize("effects", [None, CLUSTERS], ids=["one intercept", "an intercept for each chooser"])
def test_a_logit_finds_an_effect_by_both_measures_and_keeps_the_estimate(effects: list[tuple[str, str]] | None) -> None:
    dice = np.random.default_rng(6)
    x = dice.normal(size=len(ROWS))
    y = dice.random(len(ROWS)) < 1.0 / (1.0 + np.exp(-1.5 * x))
    fit = statistics.logit(y, [x], CLUSTERS, effects=effects, windows=TIMES)
    plain = statistics.logit(y, [x], CLUSTERS, effects=effects)
    assert fit is not None
    assert plain is not None
    assert (fit.estimate, fit.low, fit.p) == (plain.estimate, plain.low, plain.p)
    assert (plain.two_way, plain.p_two_way, plain.p_shift) == (None, None, None)
    assert fit.two_way is not None
    assert fit.two_way[0] > 0.0
    assert fit.p_two_way is not None
    assert fit.p_two_way < 0.001
    assert fit.p_shift == 1 / WINDOWS


def test_a_conditional_logit_has_errors_in_two_ways_but_no_shifts() -> None:
    dice = np.random.default_rng(7)
    sets = []
    for cluster, window in ROWS:
        rows = dice.normal(size=4)
        chosen = int(np.argmax(rows + dice.gumbel(size=4)))
        sets.append(statistics.ChoiceSet(tuple((float(row),) for row in rows), chosen, cluster, window))
    fit = statistics.conditional_logit(sets)
    assert fit is not None
    assert fit.two_way is not None
    assert 0.0 < fit.two_way[0] < fit.estimate < fit.two_way[1]
    assert fit.p_shift is None


def test_the_errors_of_a_logit_in_two_ways_are_those_of_statsmodels() -> None:
    from scipy import stats
    from statsmodels.discrete.discrete_model import Logit

    x, y = shocked(5)
    deeds = (y > 0.0).astype(float)
    choosers, windows = np.repeat(np.arange(CHOOSERS), WINDOWS), np.tile(np.arange(WINDOWS), CHOOSERS)
    fitted = Logit(deeds, np.column_stack([x / x.std(), np.ones(len(x))])).fit(
        disp=0, cov_type="cluster", cov_kwds={"groups": np.column_stack([choosers, windows])}
    )
    fit = statistics.logit(deeds, [x], CLUSTERS, windows=TIMES)
    assert fit is not None
    assert fit.two_way is not None
    # statsmodels also corrects for the number of coefficients.
    error = float(fitted.bse[0]) * np.sqrt((len(x) - 2) / (len(x) - 1))
    assert fit.two_way[1] - fit.estimate == pytest.approx(stats.t.ppf(0.975, CHOOSERS - 1) * error, rel=1e-6)

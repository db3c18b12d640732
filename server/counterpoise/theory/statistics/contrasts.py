"""Contrasts: before and after an event, treated and untreated, and the smallest of several gains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import Fit, fit_from_standard_error, group_leverage, group_sums, numbered
from counterpoise.theory.statistics.logit import ridged_logit
from counterpoise.theory.statistics.model_rows import (
    Columns,
    cluster_columns,
    keeps_rows,
    numbered_columns,
    plain,
    window_column,
)
from counterpoise.theory.statistics.resampling import bootstrap_statistic, percentile_fit
from counterpoise.theory.statistics.sandwich import cluster_robust_standard_error
from counterpoise.theory.statistics.shared_shocks import windows_of, with_two_way_errors

PROPENSITY_RIDGE = 1e-2


def _rate_rows(before: Any, time_before: Any, after: Any, time_after: Any, clusters: Any) -> Columns:
    return {
        "y": plain(after),
        **numbered_columns([time_after, before, time_before]),
        **cluster_columns(clusters),
    }


@keeps_rows(
    "y events in x1 windows after and x2 in x3 windows before; the estimate is "
    "log(sum(y*x3/(x1+x3)) / sum(x2*x1/(x1+x3)))",
    _rate_rows,
)
def rate_ratio(before: Any, time_before: Any, after: Any, time_after: Any, clusters: Any) -> Fit | None:
    """Return the log of how much more often something happened after an event than before it.

    Each event is a stratum of its own (Mantel & Haenszel 1959; for rates Greenland & Robins 1985), so that only what
    changes at the event can matter. Errors are clustered by chooser.

    Args:
        before: how often it happened before each event.
        time_before: how often it could have happened before.
        after: how often it happened after each event.
        time_after: how often it could have happened after.
        clusters: the chooser of each event.
    """
    b, nb, a, na = (np.asarray(column, dtype=float) for column in (before, time_before, after, time_after))
    if not len(b):
        return None
    whole = np.maximum(nb + na, 1e-9)
    groups, number = numbered(clusters)
    later, earlier = (group_sums(column, groups, number) for column in (a * nb / whole, b * na / whole))
    if number < 2 or not (later.any() and earlier.any()):
        return None
    estimate = float(np.log(later.sum() / earlier.sum()))
    parts = later / later.sum() - earlier / earlier.sum()
    standard_error = cluster_robust_standard_error(parts)
    if not standard_error > 0.0:
        return None
    leverage = np.square(group_sums(nb * na / whole, groups, number))
    return fit_from_standard_error(estimate, standard_error, later - earlier, len(b), leverage)


def _matched_rows(values: Any, treated: Any, covariates: Any, clusters: Any, windows: Any, strata: int) -> Columns:
    return {
        "y": plain(values),
        **numbered_columns([treated, *covariates]),
        **cluster_columns(clusters),
        **window_column(windows),
    }


@keeps_rows(
    "mean of y where x1 is 1 less that where x1 is 0, in strata at the quintiles of the treated of the propensity "
    "logit(x1 ~ 0{controls}), each weighted by its rows with x1 = 1",
    _matched_rows,
)
def matched_difference(
    values: Any,
    treated: Any,
    covariates: Sequence[Any],
    clusters: Any,
    *,
    windows: Sequence[int] | None = None,
    strata: int = 5,
) -> Fit | None:
    """Return how much more the treated have than untreated rows with the same chance of treatment.

    Propensity scores come from a logit, with strata at the quintiles of the treated (Rosenbaum & Rubin 1984), each weighted
    by its number of treated rows. Strata with only one kind are left out. Errors are clustered, with the strata fixed.
    With ``windows``, the number of each row's window in its session, errors are clustered on windows too.
    """
    y, mark = np.asarray(values, dtype=float), np.asarray(treated, dtype=float)
    if len(y) < 10 or not 0.0 < mark.mean() < 1.0:
        return None
    score = _propensity(mark, covariates)
    cuts = np.quantile(score[mark > 0.0], np.linspace(0.0, 1.0, strata + 1)[1:-1])
    stratum = np.searchsorted(cuts, score, side="right")
    # The weight of each value in the difference, the mean of its own kind in its stratum, and the mean of its stratum.
    weight, own, common = np.zeros(len(y)), np.zeros(len(y)), np.zeros(len(y))
    for level in range(strata):
        ones, others = (stratum == level) & (mark > 0.0), (stratum == level) & (mark == 0.0)
        if ones.any() and others.any():
            weight[ones], weight[others] = 1.0, -ones.sum() / others.sum()
            own[ones], own[others] = y[ones].mean(), y[others].mean()
            common[ones | others] = y[ones | others].mean()
    matched = float(weight[weight > 0.0].sum())
    groups, number = numbered(clusters)
    if number < 2 or not matched > 0.0:
        return None
    weight = weight / matched
    estimate = float((weight * y).sum())
    influences = weight * (y - own)
    standard_error = cluster_robust_standard_error(group_sums(influences, groups, number))
    if not standard_error > 0.0:
        return None
    scores = group_sums(weight * (y - common), groups, number)
    fit = fit_from_standard_error(estimate, standard_error, scores, len(y), group_leverage(groups, weight, number))
    return with_two_way_errors(fit, influences, windows_of(clusters, windows))


def _propensity(mark: Any, covariates: Sequence[Any]) -> Any:
    """Return the log-odds of treatment by a logit with a light ridge, which keeps it finite if the kinds are separated."""
    columns = [np.asarray(column, dtype=float) for column in covariates]
    scaled = [(column - column.mean()) / column.std() for column in columns if column.std() > 1e-9]
    x = np.column_stack([np.ones(len(mark)), *scaled])
    return np.round(x @ ridged_logit(x, mark, np.full(x.shape[1], PROPENSITY_RIDGE)), 9)


def _gain_rows(columns: Any, clusters: Any) -> Columns:
    return {**numbered_columns(np.asarray(columns, dtype=float).T.tolist()), **cluster_columns(clusters)}


@keeps_rows(
    "the smallest of the means of x1{controls}, read as separate columns",
    _gain_rows,
    lambda made: None if made is None else made[0],
)
def smallest_gain(columns: Any, clusters: Any) -> tuple[Fit, int] | None:
    """Return the smallest of several mean gains with an interval for all of them, and its place.

    The lowest bound decides whether every gain is above zero (Berger 1982); this needs no correction. Whether one of them
    is below zero is decided by an upper bound corrected for as many looks as there are gains (Bonferroni). If all gains are
    above zero, p is that of the least certain one; otherwise p is that of the lowest, times the number of looks.
    """
    table = np.asarray(columns, dtype=float)
    if len(table) < 2:
        return None
    fits = []
    count = table.shape[1]
    for column in table.T:
        pair = np.column_stack([column, np.ones(len(column))])
        values, estimate, number = bootstrap_statistic(pair, clusters, lambda sums: sums[..., 0] / sums[..., 1])
        if number < 2:
            return None
        plain = percentile_fit(values, estimate, 0.0, len(table), number)
        wide, wide90 = (float(q) for q in np.quantile(values, (1.0 - 0.025 / count, 1.0 - 0.05 / count)))
        fits.append((plain, wide, wide90))
    least = min(range(count), key=lambda place: fits[place][0].estimate)
    plain = fits[least][0]
    sure = plain.estimate > 0.0
    fit = Fit(
        estimate=plain.estimate,
        low=min(each.low for each, _, _ in fits),
        high=min(wide for _, wide, _ in fits),
        low90=min(each.low90 for each, _, _ in fits),
        high90=min(wide for _, _, wide in fits),
        p=max(each.p for each, _, _ in fits) if sure else min(1.0, count * plain.p),
        n=plain.n,
        clusters=plain.clusters,
    )
    return fit, least

"""Before against after, like against like, and what a fitted choice owes to each group of reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial, fsum
from typing import Any

import numpy as np

from counterpoise.theory.statistics.choices import ChoiceSet, choice_fit, likelihood
from counterpoise.theory.statistics.fitting import Fit, by_group, codes, leverage_of, quiet, with_error
from counterpoise.theory.statistics.network import shuffles
from counterpoise.theory.statistics.resampling import percentile_fit, resampled

Index = Callable[[Any], Any]
"""From orders of the states, one a row, to the value of an index under each."""


def rate_ratio(before: Any, time_before: Any, after: Any, time_after: Any, clusters: Any) -> Fit | None:
    """Return the log of how much more often something happened after an event than before it.

    Each event is a stratum of its own (Mantel & Haenszel 1959; for rates Greenland & Robins 1985), so that what does not
    change at the event cannot matter. Errors are clustered by chooser.

    Args:
        before: how often it happened before each event.
        time_before: out of how many times it could have.
        after: how often after.
        time_after: out of how many.
        clusters: whose event each is.
    """
    b, nb, a, na = (np.asarray(column, dtype=float) for column in (before, time_before, after, time_after))
    if not len(b):
        return None
    whole = np.maximum(nb + na, 1e-9)
    groups, number = codes(clusters)
    later, earlier = (by_group(column, groups, number) for column in (a * nb / whole, b * na / whole))
    if number < 2 or not (later.any() and earlier.any()):
        return None
    estimate = float(np.log(later.sum() / earlier.sum()))
    parts = later / later.sum() - earlier / earlier.sum()
    error = float(np.sqrt((parts @ parts) * number / (number - 1)))
    if not error > 0.0:
        return None
    return with_error(estimate, error, later - earlier, len(b), np.square(by_group(nb * na / whole, groups, number)))


def matched_difference(
    values: Any, treated: Any, covariates: Sequence[Any], clusters: Any, strata: int = 5
) -> Fit | None:
    """Return how much more the treated have than untreated ones that were as likely to be treated.

    Propensity scores by a logit, strata at the quintiles of the treated (Rosenbaum & Rubin 1984), each weighted by its
    treated; strata without a counterpart are left out. Errors are clustered, with the strata held.
    """
    y, mark = np.asarray(values, dtype=float), np.asarray(treated, dtype=float)
    if len(y) < 10 or not 0.0 < mark.mean() < 1.0:
        return None
    score = _propensity(mark, covariates)
    cuts = np.quantile(score[mark > 0.0], np.linspace(0.0, 1.0, strata + 1)[1:-1])
    stratum = np.searchsorted(cuts, score, side="right")
    # What each value weighs in the difference, and the values less the means that are expected of them.
    weight, own, common = np.zeros(len(y)), np.zeros(len(y)), np.zeros(len(y))
    for level in range(strata):
        ones, others = (stratum == level) & (mark > 0.0), (stratum == level) & (mark == 0.0)
        if ones.any() and others.any():
            weight[ones], weight[others] = 1.0, -ones.sum() / others.sum()
            own[ones], own[others] = y[ones].mean(), y[others].mean()
            common[ones | others] = y[ones | others].mean()
    matched = float(weight[weight > 0.0].sum())
    groups, number = codes(clusters)
    if number < 2 or not matched > 0.0:
        return None
    weight = weight / matched
    estimate = float((weight * y).sum())
    parts = by_group(weight * (y - own), groups, number)
    error = float(np.sqrt((parts @ parts) * number / (number - 1)))
    if not error > 0.0:
        return None
    scores = by_group(weight * (y - common), groups, number)
    return with_error(estimate, error, scores, len(y), leverage_of(groups, weight, number))


def _propensity(mark: Any, covariates: Sequence[Any], ridge: float = 1e-2, rounds: int = 50) -> Any:
    """Return the log-odds of treatment by a logit with a light ridge, which stands separation."""
    columns = [np.asarray(column, dtype=float) for column in covariates]
    scaled = [(column - column.mean()) / column.std() for column in columns if column.std() > 1e-9]
    x = np.column_stack([np.ones(len(mark)), *scaled])
    weights = np.zeros(x.shape[1])
    with quiet():
        for _ in range(rounds):
            chance = 1.0 / (1.0 + np.exp(-x @ weights))
            inside = (x.T * (chance * (1.0 - chance))) @ x + ridge * np.eye(x.shape[1])
            step = np.clip(np.linalg.solve(inside, x.T @ (mark - chance) - ridge * weights), -2.0, 2.0)
            weights = weights + step
            if np.abs(step).max() < 1e-9:
                break
    return np.round(x @ weights, 9)


def least_of(columns: Any, clusters: Any) -> tuple[Fit, int] | None:
    """Return the smallest of several mean gains with an interval for all of them, and which it is.

    That every gain is above zero is shown if the lowest bound is (Berger 1982), which needs no correction; that one of them
    is below zero is not shown unless its upper bound holds for as many looks as there are gains (Bonferroni). p is that of
    the least certain gain if all are above zero, and of the lowest, times the number of looks, if not.
    """
    table = np.asarray(columns, dtype=float)
    if len(table) < 2:
        return None
    fits = []
    count = table.shape[1]
    for column in table.T:
        pair = np.column_stack([column, np.ones(len(column))])
        values, estimate, number = resampled(pair, clusters, lambda sums: sums[..., 0] / sums[..., 1])
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


def attributions(sets: Sequence[ChoiceSet], groups: Sequence[Sequence[int]]) -> Any:
    """Return, for each choice, what share of the fitted log-odds of the one chosen each group of covariates makes up.

    In a linear predictor the Shapley value of a group, against the average alternative on the menu, is its coefficients
    times how far the chosen one lies from that average (Lundberg & Lee 2017); shares are of the absolute values, and even
    where the menu tells nothing. ``None`` if nothing can be fitted.

    Args:
        sets: the choices.
        groups: columns of each group.
    """
    several = np.asarray([len(choice.rows) > 1 for choice in sets], dtype=bool)
    used = [choice for choice in sets if len(choice.rows) > 1]
    if not used:
        return None
    x = np.asarray([row for choice in used for row in choice.rows], dtype=float)
    sizes, chosen = np.asarray([len(c.rows) for c in used]), np.asarray([c.chosen for c in used])
    clusters = codes([choice.cluster for choice in used])[0]
    weights = np.zeros(x.shape[1])
    for place in range(x.shape[1]):
        order = [place, *(other for other in range(x.shape[1]) if other != place)]
        fit = choice_fit(x[:, order], sizes, chosen, clusters)
        deviation = float(x[:, place].std())
        if fit is not None and deviation > 0.0:
            weights[place] = fit.estimate / deviation
    if not weights.any():
        return None
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(int)
    away = (x[starts + chosen] - np.add.reduceat(x, starts, axis=0) / sizes[:, None]) * weights
    parts = np.abs(np.column_stack([away[:, list(group)].sum(axis=1) for group in groups]))
    whole = parts.sum(axis=1)
    told = whole > 1e-12
    shares = np.full((len(sets), len(groups)), 1.0 / len(groups))
    shares[np.flatnonzero(several)[told]] = parts[told] / whole[told, None]
    return shares


def shapley_shares(sets: Sequence[ChoiceSet], groups: Sequence[Sequence[int]]) -> list[float] | None:
    """Return how the gain in likelihood of a conditional logit over blind choice parts among groups of covariates.

    The mean gain of a group over all orders of entry (Shapley 1953; Lipovetsky & Conklin 2001); ``None`` without a gain.
    """
    used = [choice for choice in sets if len(choice.rows) > 1]
    if not used:
        return None
    x = np.asarray([row for choice in used for row in choice.rows], dtype=float)
    sizes, chosen = np.asarray([len(c.rows) for c in used]), np.asarray([c.chosen for c in used])
    count = len(groups)
    gains = []
    for members in range(2**count):
        columns = [column for place in range(count) if members >> place & 1 for column in groups[place]]
        gains.append(likelihood(x[:, columns], sizes, chosen) if columns else 0.0)
    if gains[-1] <= 1e-9:
        return None
    values = []
    for place in range(count):
        terms = []
        for members in range(2**count):
            if not members >> place & 1:
                size = members.bit_count()
                weight = factorial(size) * factorial(count - size - 1) / factorial(count)
                terms.append(weight * (gains[members | 1 << place] - gains[members]))
        values.append(fsum(terms) / gains[-1])
    return values


def pooled_index(
    sessions: Sequence[Sequence[tuple[int, Index]]], *, linear: bool, count: int = 400
) -> tuple[list[float], list[float], float]:
    """Return each session's mean index, the mean that chance makes of it, and the two-sided permutation p of them all.

    States change places once a session, the same way in each of its snapshots, so that what lasts is not counted anew every
    year.

    Args:
        sessions: for each session its snapshots: how many states change places, and the index.
        linear: whether the index is a sum over places, whose mean over the cyclic shifts is exact; otherwise chance makes
            it 0, as it does a difference of mean signs.
        count: permutations.
    """
    observed, expected, drawn = [], [], np.zeros(count)
    for number, snapshots in enumerate(sessions):
        values, centres, deals = [], [], np.zeros(count)
        for size, index in snapshots:
            places = np.arange(size)
            values.append(float(index(places[None, :])[0]))
            centres.append(float(index((places[:, None] + places) % size).mean()) if linear else 0.0)
            deals += index(shuffles(size, count)) - centres[-1]
        observed.append(float(np.mean(values)))
        expected.append(float(np.mean(centres)))
        # Sessions on the same map change places independently of each other.
        drawn += np.roll(deals / max(1, len(snapshots)), 37 * number)
    gain = float(np.sum(np.asarray(observed) - np.asarray(expected))) if observed else 0.0
    p = (1 + int((np.abs(drawn) >= abs(gain) - 1e-12).sum())) / (count + 1)
    return observed, expected, p

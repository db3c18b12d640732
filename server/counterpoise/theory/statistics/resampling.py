"""The bootstrap over sessions and choosers, and permutation tests."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from counterpoise.theory.statistics.distributions import normal_cdf, normal_quantile, student_quantile
from counterpoise.theory.statistics.fitting import RESAMPLES, SEED, Fit, numbered, numpy_warnings_off
from counterpoise.theory.statistics.model_rows import Columns, cluster_columns, keeps_rows, plain

PERMUTATIONS = 10_000
CLUSTERS_DRAWN_MAX = 5000
"""With more clusters than this a permutation test takes the normal limit."""


def mean_interval(values: Any) -> tuple[float, float] | None:
    """Return Student's 95 % interval of a mean; ``None`` if the values do not vary and so give no error."""
    known = np.asarray(values, dtype=float)
    if len(known) < 2 or not known.std() > 0.0:
        return None
    error = float(known.std(ddof=1) / np.sqrt(len(known)) * student_quantile(len(known) - 1, 0.975))
    return float(known.mean()) - error, float(known.mean()) + error


def _ratio_rows(numerators: Any, denominators: Any, clusters: Any, null: float, sessions: Any) -> Columns:
    return {"y": plain(numerators), "x1": plain(denominators), **cluster_columns(clusters)}


def _mean_rows(values: Any, clusters: Any, null: float) -> Columns:
    return {"y": plain(values), **cluster_columns(clusters)}


@keeps_rows("sum(y) / sum(x1)", _ratio_rows)
def bootstrap_ratio(
    numerators: Any, denominators: Any, clusters: Any, *, null: float = 0.0, sessions: Any = None
) -> Fit | None:
    """Return the ratio of two sums, with percentile intervals and p from resampling sessions and then choosers.

    A mean is the ratio to a column of ones. A skill is one less the ratio of two sums of scores.

    Args:
        numerators: one a decision.
        denominators: one a decision.
        clusters: the chooser of each decision: pairs of session and chooser, or numbers.
        null: value against which p is computed.
        sessions: the session of each decision, if ``clusters`` are numbers.
    """
    top, bottom = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    if not len(top) or bottom.sum() == 0:
        return None
    values, estimate, number = bootstrap_statistic(
        np.column_stack([top, bottom]), clusters, lambda sums: sums[..., 0] / sums[..., 1], sessions=sessions
    )
    if number < 2 or len(values) < RESAMPLES // 2:
        return Fit(estimate, estimate, estimate, estimate, estimate, 1.0, len(top), number)
    return percentile_fit(values, estimate, null, len(top), number)


@keeps_rows("mean(y)", _mean_rows)
def clustered_interval(values: Any, clusters: Any, *, null: float = 0.0) -> Fit | None:
    """Return a mean, with an interval and p from resampling sessions and then choosers; ``None`` without values.

    The interval is widened for few choosers and stays within the range of the values.

    Args:
        values: one a decision.
        clusters: the chooser of each decision: pairs of session and chooser.
        null: value against which p is computed.
    """
    column = np.asarray(values, dtype=float)
    fit = bootstrap_ratio(column, np.ones(len(column)), clusters, null=null)
    if fit is None or fit.clusters < 2:
        return fit
    return _widened(fit, fit.clusters, float(column.min()), float(column.max()))


@keeps_rows("mean(y)", _mean_rows)
def clustered_mean(values: Any, clusters: Any, *, null: float = 0.0) -> Fit | None:
    """Return a mean with the interval of ``clustered_interval`` and the p of the permutation of choosers."""
    fit = clustered_interval(values, clusters, null=null)
    if fit is None or fit.clusters < 2:
        return fit
    return replace(fit, p=paired_permutation_p(np.asarray(values, dtype=float) - null, clusters))


def mean_difference(values: Any, marked: Any, clusters: Any) -> Fit | None:
    """Return the mean of the marked decisions less that of the others, with an interval from resampling sessions and choosers.

    The interval is widened for the number of choosers in the smaller group. ``None`` with fewer than two choosers in either.

    Args:
        values: one a decision.
        marked: whether each decision is in the first group.
        clusters: the chooser of each decision: pairs of session and chooser.
    """
    column, mark = np.asarray(values, dtype=float), np.asarray(marked, dtype=float)
    groups = [
        dict.fromkeys(one for one, inside in zip(clusters, mark > 0.0, strict=True) if inside == side)
        for side in (True, False)
    ]
    fewest = min(len(group) for group in groups)
    if fewest < 2:
        return None
    table = np.column_stack([column * mark, mark, column * (1.0 - mark), 1.0 - mark])
    found, estimate, number = bootstrap_statistic(
        table, clusters, lambda sums: sums[..., 0] / sums[..., 1] - sums[..., 2] / sums[..., 3]
    )
    reach = float(column.max() - column.min())
    return _widened(percentile_fit(found, estimate, 0.0, len(column), number), fewest, -reach, reach)


def _widened(fit: Fit, choosers: int, least: float, most: float) -> Fit:
    """Return a fit whose intervals are as wide as the number of choosers demands, within a range.

    With few choosers percentiles of resamples lie too close together, as a standard deviation with n in place of n - 1 does and a
    normal quantile in place of Student's. The interval is widened by both.
    """
    degrees = choosers - 1
    wide, narrow = (
        student_quantile(degrees, tail) / normal_quantile(tail) * np.sqrt(choosers / degrees) for tail in (0.025, 0.05)
    )
    low, high, low90, high90 = (
        float(np.clip(fit.estimate + factor * (bound - fit.estimate), least, most))
        for factor, bound in ((wide, fit.low), (wide, fit.high), (narrow, fit.low90), (narrow, fit.high90))
    )
    return replace(fit, low=low, high=high, low90=low90, high90=high90)


def percentile_fit(values: Any, estimate: float, null: float, n: int, clusters: int) -> Fit:
    """Return a fit from the values of an estimate in each resample."""
    low, low90, high90, high = (float(q) for q in np.quantile(values, (0.025, 0.05, 0.95, 0.975)))
    tail = min((values <= null).mean(), (values >= null).mean())
    p = min(1.0, 2.0 * (tail * len(values) + 1) / (len(values) + 1))
    return Fit(estimate, low, high, low90, high90, float(p), n, clusters)


def bootstrap_statistic(columns: Any, clusters: Any, statistic: Any, *, sessions: Any = None) -> tuple[Any, float, int]:
    """Return a statistic of column sums in each resample, the statistic on the data, and the number of clusters.

    Args:
        columns: one row a decision.
        clusters: the chooser of each decision.
        statistic: function from sums (last axis: columns) to a number.
        sessions: the session of each decision, if ``clusters`` are numbers.
    """
    groups, number = numbered(clusters)
    if sessions is None:
        labels = list(dict.fromkeys(clusters)) if not isinstance(clusters, np.ndarray) else []
        session_of = numbered([label[0] for label in labels])[0] if labels else np.zeros(number, dtype=int)
    else:
        session_of = np.zeros(number, dtype=int)
        session_of[groups] = np.asarray(sessions)
        session_of = numbered(session_of)[0]
    sums = np.column_stack([np.bincount(groups, weights=column, minlength=number) for column in columns.T])
    order = np.argsort(session_of, kind="stable")
    sizes = tuple(int(size) for size in np.bincount(session_of))
    with numpy_warnings_off():
        estimate = float(statistic(sums.sum(axis=0)))
        values = statistic(_draws(sizes) @ sums[order])
    return values[np.isfinite(values)], estimate, number


@lru_cache(maxsize=6)
def _draws(sizes: tuple[int, ...]) -> Any:
    """Return how often each resample draws each chooser: sessions first, then choosers within each drawn session.

    Args:
        sizes: the number of choosers in each session; the choosers are in the order of their sessions.
    """
    dice = np.random.default_rng(SEED)
    count = len(sizes)
    times = dice.multinomial(count, [1.0 / count] * count, size=RESAMPLES)
    drawn = np.zeros((RESAMPLES, int(np.sum(sizes))), dtype=np.float32 if np.sum(sizes) > 500 else np.float64)
    start = 0
    for place, size in enumerate(sizes):
        drawn[:, start : start + size] = dice.multinomial(times[:, place] * size, [1.0 / size] * size)
        start += size
    return drawn


def paired_permutation_p(differences: Any, clusters: Any) -> float:
    """Return the p of a mean difference by swapping the two labels of each pair, in all pairs of a cluster at once.

    The choices of one chooser resemble each other. Labels that change sides one by one would count each choice as
    new evidence, so that a cluster keeps its labels or swaps them as a whole. With few clusters every pattern of swaps is
    counted and p is exact: it is then at least 2 / 2^clusters.

    Args:
        differences: the score of the first of each pair less that of the second.
        clusters: the chooser of each pair: pairs of session and chooser, or numbers.
    """
    groups, number = numbered(clusters)
    # Sorted by size, so that neither names nor the order of rows change the result.
    sums = np.sort(np.bincount(groups, weights=np.asarray(differences, dtype=float), minlength=number))
    least = abs(sums.sum()) - 1e-12 * np.abs(sums).sum()
    if number > CLUSTERS_DRAWN_MAX:
        # With so many clusters the sum over swaps is normal to any precision that matters here.
        spread = float(np.sqrt(sums @ sums))
        return 2.0 * normal_cdf(-abs(float(sums.sum())) / spread) if spread > 0.0 else 1.0
    if 2**number <= PERMUTATIONS:
        every = np.arange(2**number)[:, None] >> np.arange(number) & 1
        return float((np.abs((2 * every - 1) @ sums) >= least).mean())
    dice, reached = np.random.default_rng(SEED), 0
    for _ in range(0, PERMUTATIONS, 500):
        flips = dice.integers(0, 2, size=(500, number)) * 2 - 1
        reached += int((np.abs(flips @ sums) >= least).sum())
    return (1 + reached) / (PERMUTATIONS + 1)

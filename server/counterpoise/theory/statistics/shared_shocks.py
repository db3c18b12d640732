"""Inference that holds if a shock hits all choosers of a session in the same window.

Errors clustered on choosers take the choosers of a session to be independent of each other. A crisis that all of them answer at
once breaks that. Two other measures therefore stand beside an estimate from a regression: an interval clustered both on
choosers and on windows, and a test that shifts the covariate in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from counterpoise.theory.statistics.distributions import student_cdf, student_quantile
from counterpoise.theory.statistics.fitting import SEED, Fit, group_sums, numbered
from counterpoise.theory.statistics.sandwich import cluster_robust_standard_error

ROUNDING = 1e-6
"""Share of an estimate below which a standard error is rounding."""
SHIFTS = 10_000
"""Most shifts that a test counts; where there are more it draws so many."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Where each row stands: its run, its chooser and its window, as numbers, and the window as a time within the run."""

    runs: Any
    choosers: Any
    windows: Any
    times: Any

    def kept(self, keep: Any) -> Windows:
        """Return the places of some of the rows."""
        runs, choosers, windows = (numbered(column[keep])[0] for column in (self.runs, self.choosers, self.windows))
        return Windows(runs, choosers, windows, self.times[keep])


def windows_of(clusters: Any, times: Sequence[int] | None) -> Windows | None:
    """Return the places of rows; ``None`` without times.

    Args:
        clusters: session and chooser of each row.
        times: the number of the window of each row in its session.
    """
    if times is None:
        return None
    runs = [cluster[0] for cluster in clusters]
    windows = list(zip(runs, times, strict=True))
    return Windows(numbered(runs)[0], numbered(clusters)[0], numbered(windows)[0], np.asarray(times))


def with_two_way_errors(fit: Fit, influences: Any, places: Windows | None) -> Fit:
    """Return a fit with the interval and p by errors clustered on choosers and on windows (Cameron, Gelbach & Miller 2011).

    The variance is that over choosers, plus that over windows, less that over choosers within windows. In small samples
    this sum may fall below the variance over choosers or windows alone, or below 0. Then the largest of the three stands,
    so that the second way of clustering never lowers the variance (chosen). The degrees of freedom are those of the way with
    fewer clusters.

    Args:
        fit: the estimate.
        influences: what each row contributes to the deviation of the estimate.
        places: where the rows stand; without it the fit is returned as it is.
    """
    if places is None:
        return fit
    ways = (places.choosers, places.windows, numbered(list(zip(places.choosers, places.windows, strict=True)))[0])
    numbers = [int(way.max(initial=-1)) + 1 for way in ways]
    if min(numbers) < 2:
        return fit
    choosers, windows, both = (
        cluster_robust_standard_error(group_sums(influences, way, number)) ** 2
        for way, number in zip(ways, numbers, strict=True)
    )
    standard_error = float(np.sqrt(max(choosers + windows - both, choosers, windows)))
    if not standard_error > ROUNDING * abs(fit.estimate):
        return fit  # each cluster fits its choices exactly, and what is left is rounding
    degrees = min(numbers) - 1
    wide = student_quantile(degrees, 0.975) * standard_error
    p = 2.0 * student_cdf(degrees, -abs(fit.estimate) / standard_error)
    return replace(fit, two_way=(fit.estimate - wide, fit.estimate + wide), p_two_way=p)


def shift_p(column: Any, residuals: Any, places: Windows | None) -> float | None:
    """Return the p of a covariate by circular shifts of it in time against the outcomes of the same run.

    All choosers of a run are shifted together and each keeps its own series, so that both what the choosers share and what
    lasts from window to window stay as they are. Only the timing is tested: what differs between choosers but not in time
    does not count. A chooser that lacks some windows is shifted by the same share of its own series. The test is exact if
    the end of a run is as likely to be followed by its beginning as one window is by the next; on runs with a trend it is
    approximate (Harris 2020). A run of W windows has W shifts, so that p is at least 1 / W for a single run.

    Args:
        column: the covariate, less what the controls explain.
        residuals: the outcomes less what the controls explain.
        places: where the rows stand.

    Returns:
        The two-sided p; ``None`` without ``places``, or if no shift changes anything.
    """
    if places is None:
        return None
    sums = [
        _sums_by_shift(np.asarray(column)[rows], np.asarray(residuals)[rows], places.kept(rows))
        for rows in (places.runs == run for run in range(int(places.runs.max(initial=-1)) + 1))
    ]
    rounding = 1e-9 * float(np.abs(column) @ np.abs(residuals))
    sums = [run for run in sums if np.abs(run).max() > rounding]
    if not sums:
        return None
    least = abs(sum(float(run[0]) for run in sums)) - rounding
    if float(np.prod([float(len(run)) for run in sums])) <= SHIFTS:
        whole = np.zeros(1)
        for run in sums:
            whole = (whole[:, None] + run[None, :]).ravel()
        return float((np.abs(whole) >= least).mean())
    dice = np.random.default_rng(SEED)
    drawn = np.sum([run[dice.integers(0, len(run), SHIFTS)] for run in sums], axis=0)
    return float((1 + (np.abs(drawn) >= least).sum()) / (SHIFTS + 1))


def _sums_by_shift(column: Any, residuals: Any, places: Windows) -> Any:
    """Return the sum of products under each shift of one run, less its mean over the shifts; the first is not shifted."""
    count = len(np.unique(places.times))
    sums = np.zeros(count)
    for chooser in range(int(places.choosers.max()) + 1):
        mine = np.flatnonzero(places.choosers == chooser)
        mine = mine[np.argsort(places.times[mine], kind="stable")]
        steps = np.arange(count) * len(mine) // count
        shifted = column[mine][(np.arange(len(mine)) + steps[:, None]) % len(mine)]
        sums += shifted @ residuals[mine]
    return sums - sums.mean()

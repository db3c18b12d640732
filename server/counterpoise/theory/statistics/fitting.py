"""The result of an estimator, and the small-sample care that all estimators share."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from counterpoise.theory.statistics.distributions import student_cdf, student_quantile

SEED = 19870101
RESAMPLES = 2000
FEW_CLUSTERS = 40
COEFFICIENT_MAX = 12.0
"""Log-odds per standard deviation beyond which the data are separated, even if the optimiser converged."""

Cluster = tuple[str, str]
"""Session and chooser."""


@dataclass(frozen=True, slots=True)
class Fit:
    """An estimate with its 95 % and 90 % intervals, its two-sided p against the null, and its numbers of observations."""

    estimate: float
    low: float
    high: float
    low90: float
    high90: float
    p: float
    n: int
    clusters: int
    """Choosers, or sessions, that carry evidence about the estimate."""
    two_way: tuple[float, float] | None = None
    """95 % interval by errors clustered on choosers and on windows; ``None`` where the estimate has none."""
    p_two_way: float | None = None
    """Two-sided p by the same errors."""
    p_shift: float | None = None
    """Two-sided p by shifts of the covariate in time; ``None`` where the estimate has none."""


@contextmanager
def numpy_warnings_off() -> Iterator[None]:
    """Silence numerical warnings. The caller checks the result instead."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def numbered(labels: Sequence[Any] | np.ndarray[Any, Any]) -> tuple[Any, int]:
    """Return labels as numbers from 0 in order of first appearance, and how many different labels there are."""
    if isinstance(labels, np.ndarray):
        if not labels.size:
            return np.zeros(0, dtype=int), 0
        _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
        rank = np.empty(len(first), dtype=int)
        rank[np.argsort(first, kind="stable")] = np.arange(len(first))
        return rank[inverse], len(first)
    known: dict[Any, int] = {}
    numbers = [known.setdefault(label, len(known)) for label in labels]
    return np.asarray(numbers, dtype=int), len(known)


def fit_from_standard_error(estimate: float, standard_error: float, scores: Any, n: int, leverage: Any) -> Fit:
    """Return a fit from a cluster-robust standard error.

    With few clusters p is that of the wild score bootstrap (Kline & Santos 2012), and the intervals are widened until they
    agree with p: with few clusters the sandwich gives errors that are too small (Cameron, Gelbach & Miller 2008). The
    number that decides is not that of all clusters but of those among which the evidence is spread (Carter, Schnepel &
    Steigerwald 2017).

    Args:
        estimate: the coefficient.
        standard_error: its standard error by the sandwich.
        scores: the clusters' scores under the null.
        n: observations.
        leverage: for each cluster the sum of squares of the covariate, net of what the controls explain; a cluster with
            none carries no evidence.
    """
    informative = int((leverage > 1e-18).sum())
    effective = float(leverage.sum() ** 2 / np.maximum((leverage**2).sum(), 1e-300))
    degrees = max(1.0, effective - 1.0)
    p = 2.0 * student_cdf(degrees, -abs(estimate / standard_error))
    if effective < FEW_CLUSTERS:
        flips = np.random.default_rng(SEED).integers(0, 2, size=(RESAMPLES - 1, len(scores))) * 2 - 1
        # Sorted by size, so that neither names nor the order of rows change the result.
        reached = np.abs(flips @ np.sort(scores)) >= abs(scores.sum()) * (1.0 - 1e-12)
        p = float((1 + reached.sum()) / RESAMPLES)
        if reached.any() and p < 1.0:  # where no resample comes near, p is no more than a bound
            standard_error = max(standard_error, abs(estimate) / -student_quantile(degrees, p / 2.0))
    wide, narrow = (student_quantile(degrees, q) * standard_error for q in (0.975, 0.95))
    return Fit(estimate, estimate - wide, estimate + wide, estimate - narrow, estimate + narrow, p, n, informative)


def is_estimable(estimate: float, standard_error: float, *, has_converged: bool) -> bool:
    """Tell whether an estimate can be used: it converged, is finite, and the data are not separated."""
    is_finite = math.isfinite(estimate) and math.isfinite(standard_error)
    is_small = abs(estimate) < COEFFICIENT_MAX and 0.0 < standard_error < COEFFICIENT_MAX
    return has_converged and is_finite and is_small


def group_sums(values: Any, groups: Any, number: int) -> Any:
    """Return the sums of the rows of each group."""
    if values.ndim == 1:
        return np.bincount(groups, weights=values, minlength=number)
    return np.column_stack([np.bincount(groups, weights=column, minlength=number) for column in values.T])


def group_leverage(groups: Any, residual: Any, number: int) -> Any:
    """Return each group's sum of squares of the part of a column that the controls do not explain."""
    return np.bincount(groups, weights=np.square(residual), minlength=number)


def standard_deviation(values: Any) -> float:
    """Return the standard deviation; 0 without values."""
    return float(np.std(np.asarray(values, dtype=float))) if len(values) else 0.0

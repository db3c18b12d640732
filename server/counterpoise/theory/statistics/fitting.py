"""What an estimate is, and the care that all estimators share."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

SEED = 19870101
RESAMPLES = 2000
FEW_CLUSTERS = 40
LARGEST_COEFFICIENT = 12.0
"""Log-odds per standard deviation beyond which data are separated, whatever the optimiser says."""

Cluster = tuple[str, str]
"""Session and chooser."""


@dataclass(frozen=True, slots=True)
class Fit:
    """An estimate with its 95 % and 90 % intervals, two-sided p against the null, and what it rests on."""

    estimate: float
    low: float
    high: float
    low90: float
    high90: float
    p: float
    n: int
    clusters: int
    """Choosers, or sessions, that tell something about it."""


@contextmanager
def quiet() -> Iterator[None]:
    """Keep numerical warnings from the user; what cannot be computed is found out by its result."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def codes(labels: Sequence[Any] | np.ndarray[Any, Any]) -> tuple[Any, int]:
    """Return labels as numbers from 0 in order of first appearance, and how many there are."""
    if isinstance(labels, np.ndarray):
        if not labels.size:
            return np.zeros(0, dtype=int), 0
        _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
        rank = np.empty(len(first), dtype=int)
        rank[np.argsort(first, kind="stable")] = np.arange(len(first))
        return rank[inverse], len(first)
    known: dict[Any, int] = {}
    found = [known.setdefault(label, len(known)) for label in labels]
    return np.asarray(found, dtype=int), len(known)


def with_error(estimate: float, error: float, scores: Any, n: int, leverage: Any) -> Fit:
    """Return a fit from a clustered error.

    With few clusters p is that of the wild score bootstrap (Kline & Santos 2012), and the intervals are widened until
    they agree with it: with few clusters the sandwich is too sure of itself (Cameron, Gelbach & Miller 2008). What counts
    is not how many there are but among how many the evidence is spread (Carter, Schnepel & Steigerwald 2017).

    Args:
        estimate: the coefficient.
        error: its error by the sandwich.
        scores: the clusters' scores under the null.
        n: observations.
        leverage: each cluster's sum of squares of the covariate, less what the controls tell of it; a cluster without any
            is no evidence.
    """
    from scipy import stats

    moved = int((leverage > 1e-18).sum())
    spread_over = float(leverage.sum() ** 2 / np.maximum((leverage**2).sum(), 1e-300))
    degrees = max(1.0, spread_over - 1.0)
    p = float(2.0 * stats.t.sf(abs(estimate / error), degrees))
    if spread_over < FEW_CLUSTERS:
        flips = np.random.default_rng(SEED).integers(0, 2, size=(RESAMPLES - 1, len(scores))) * 2 - 1
        # In the order of their size, so that neither names nor the order of rows can matter.
        reached = np.abs(flips @ np.sort(scores)) >= abs(scores.sum()) * (1.0 - 1e-12)
        p = float((1 + reached.sum()) / RESAMPLES)
        if reached.any() and p < 1.0:  # where no resample comes near, p is no more than a bound
            error = max(error, abs(estimate) / float(stats.t.isf(p / 2.0, degrees)))
    wide, narrow = (float(stats.t.ppf(q, degrees)) * error for q in (0.975, 0.95))
    return Fit(estimate, estimate - wide, estimate + wide, estimate - narrow, estimate + narrow, p, n, moved)


def sound(converged: bool, estimate: float, error: float) -> bool:
    """Tell whether an estimate is one: found, finite, and not the sign of separated data."""
    finite = math.isfinite(estimate) and math.isfinite(error)
    return bool(converged) and finite and 0.0 < error < LARGEST_COEFFICIENT and abs(estimate) < LARGEST_COEFFICIENT


def by_group(values: Any, groups: Any, number: int) -> Any:
    """Return the sums of the rows of each group."""
    if values.ndim == 1:
        return np.bincount(groups, weights=values, minlength=number)
    return np.column_stack([np.bincount(groups, weights=column, minlength=number) for column in values.T])


def leverage_of(groups: Any, left: Any, number: int) -> Any:
    """Return each group's sum of squares of what is left of a column."""
    return np.bincount(groups, weights=np.square(left), minlength=number)


def spread(values: Any) -> float:
    """Return the standard deviation."""
    return float(np.std(np.asarray(values, dtype=float))) if len(values) else 0.0

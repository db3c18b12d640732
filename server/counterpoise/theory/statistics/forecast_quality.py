"""Discrimination and calibration of forecasts, and rank correlation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import fsum
from typing import Annotated, Any

import numpy as np
from msgspec import Meta, Struct

from counterpoise.document_schema import Share

BINS = 4096


class Histogram:
    """Counts of forecasts that came true and that did not, for the areas under ROC and precision-recall curves.

    Forecasts are binned on the log-odds scale, so that memory does not grow with the number of sessions. Forecasts in one
    bin count as tied.
    """

    def __init__(self) -> None:
        self.hits = np.zeros(BINS)
        self.misses = np.zeros(BINS)

    def add(self, shares: Any, happened: Any) -> None:
        """Count forecasts in (0, 1), and whether each came true."""
        shares = np.clip(np.asarray(shares, dtype=float), 1e-6, 1.0 - 1e-6)
        scaled = (np.log(shares / (1.0 - shares)) + 14.0) / 28.0
        bins = np.clip((scaled * BINS).astype(int), 0, BINS - 1)
        happened = np.asarray(happened, dtype=bool)
        self.hits += np.bincount(bins[happened], minlength=BINS)
        self.misses += np.bincount(bins[~happened], minlength=BINS)

    @property
    def base_rate(self) -> float | None:
        """Return the share of forecasts that came true."""
        whole = float(self.hits.sum() + self.misses.sum())
        return float(self.hits.sum()) / whole if whole else None

    def roc_auc(self) -> float | None:
        """Return the chance that an event had a higher forecast than a non-event; ties count half."""
        hits, misses = float(self.hits.sum()), float(self.misses.sum())
        if not hits or not misses:
            return None
        below = np.cumsum(self.misses) - self.misses
        return float((self.hits * (below + self.misses / 2.0)).sum() / (hits * misses))

    def pr_auc(self) -> float | None:
        """Return the average precision; read it against the base rate."""
        hits = float(self.hits.sum())
        if not hits or not self.misses.sum():
            return None
        found = np.cumsum(self.hits[::-1])
        named = np.cumsum((self.hits + self.misses)[::-1])
        precision = found / np.maximum(1.0, named)
        return float((precision * self.hits[::-1]).sum() / hits)


class CalibrationBin(Struct, frozen=True):
    """One row of a reliability table: the forecasts of one tenth of [0, 1]."""

    n: Annotated[int, Meta(ge=1)]
    """Forecasts in the bin."""
    forecast: Share
    """Their mean."""
    chosen: Share
    """Share of them that came true."""


class Reliability:
    """Forecasts in ten equal bins, with the share that came true. Every option of every decision counts.

    Args:
        shares: the forecasts, in [0, 1].
        happened: whether each came true.
    """

    BINS = 10

    def __init__(self, shares: Any, happened: Any) -> None:
        shares = np.asarray(shares, dtype=float)
        # A forecast of 0.3 is stored as a number slightly below it, but belongs in the bin that begins at 0.3.
        bins = np.clip(np.floor(shares * self.BINS + 1e-9).astype(int), 0, self.BINS - 1)
        counts, sums, hits = (
            np.bincount(bins, weights=weights, minlength=self.BINS)
            for weights in (None, shares, np.asarray(happened, dtype=float))
        )
        used = counts > 0
        self._counts: Any = counts[used].astype(float)
        self._shares: Any = sums[used] / self._counts
        self._hits: Any = hits[used] / self._counts
        """The count, the mean forecast and the share that came true, for each bin in use."""

    def table(self) -> list[CalibrationBin]:
        """Return the reliability table, one row for each bin in use."""
        rows = zip(self._counts, self._shares, self._hits, strict=True)
        return [CalibrationBin(int(count), round(float(share), 6), round(float(hit), 6)) for count, share, hit in rows]

    def error(self) -> float | None:
        """Return the expected calibration error: the mean distance of a bin's forecast from the share that came true."""
        counts, shares, hits = self._counts, self._shares, self._hits
        return float((counts * np.abs(shares - hits)).sum() / counts.sum()) if len(counts) else None

    def split(self) -> tuple[float, float, float] | None:
        """Return reliability, resolution and uncertainty (Murphy 1973).

        The first less the second plus the third is the Brier score per option, with forecasts at their bins' means.
        """
        counts, shares, hits = self._counts, self._shares, self._hits
        if not len(counts):
            return None
        whole = counts.sum()
        base = float((counts * hits).sum() / whole)
        reliability = float((counts * (shares - hits) ** 2).sum() / whole)
        resolution = float((counts * (hits - base) ** 2).sum() / whole)
        return reliability, resolution, base * (1.0 - base)


def pairs_in_order(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return the share of pairs that one list orders as another does, in [0, 1]; chance is a half.

    A tie in the first list counts half. A pair that is tied in the second list has no order and is left out; ``None`` if every
    pair is.
    """
    found = []
    for (a, x), (b, y) in combinations(zip(one, other, strict=True), 2):
        if x != y:
            found.append(0.5 if a == b else float((a > b) == (x > y)))
    return fsum(found) / len(found) if found else None


def rank_correlation(one: Any, other: Any) -> float | None:
    """Return Spearman's rank correlation; ``None`` if one of the two does not vary."""
    a, b = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if len(a) < 3 or a.std() < 1e-12 or b.std() < 1e-12:
        return None
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def _ranks(values: Any) -> Any:
    """Return the rank of each value, from 1; equal values share the mean of their ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2.0)[place]

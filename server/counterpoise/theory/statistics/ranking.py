"""How well scores rank what happened above what did not."""

from __future__ import annotations

from typing import Any

import numpy as np

BINS = 4096


class Histogram:
    """Counts of forecasts by what came of them, fine enough for the areas under ROC and precision-recall curves.

    Forecasts are binned on the log-odds scale, so that memory does not grow with the number of sessions; those in one bin
    count as tied.
    """

    def __init__(self) -> None:
        self.hits = np.zeros(BINS)
        self.misses = np.zeros(BINS)

    def add(self, shares: Any, happened: Any) -> None:
        """Count forecasts in (0, 1) with whether they came true."""
        shares = np.clip(np.asarray(shares, dtype=float), 1e-6, 1.0 - 1e-6)
        scaled = (np.log(shares / (1.0 - shares)) + 14.0) / 28.0
        bins = np.clip((scaled * BINS).astype(int), 0, BINS - 1)
        happened = np.asarray(happened, dtype=bool)
        self.hits += np.bincount(bins[happened], minlength=BINS)
        self.misses += np.bincount(bins[~happened], minlength=BINS)

    @property
    def base_rate(self) -> float | None:
        """Return how often it happened."""
        whole = float(self.hits.sum() + self.misses.sum())
        return float(self.hits.sum()) / whole if whole else None

    def roc_auc(self) -> float | None:
        """Return the chance that what happened was held likelier than what did not, ties counted half."""
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


def rank_correlation(one: Any, other: Any) -> float | None:
    """Return Spearman's rank correlation; ``None`` where one of the two does not vary."""
    from scipy import stats

    a, b = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if len(a) < 3 or a.std() < 1e-12 or b.std() < 1e-12:
        return None
    first, second = stats.rankdata(a), stats.rankdata(b)
    return float(np.corrcoef(first, second)[0, 1])

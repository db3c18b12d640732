"""ROC AUC and average precision of a score that ranks rare events, with a bootstrap over clusters.

The area under the ROC curve is the share of pairs of an event and a non-event in which the event scores higher; ties count
half. Average precision is the mean precision at each event, ties taken together. Compare it with the base rate, which a
random ranking reaches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from counterpoise.theory.dyadyear.history_document import ChallengerRanks, MeasuredValue

SEED = 19870101
RESAMPLES = 400
CLUSTERS_MIN = 5
"""Fewest clusters for an interval: with fewer, a bootstrap over them does not show the uncertainty."""


class RankedScore:
    """One score sorted by rank, so that a resample costs two passes."""

    def __init__(self, score: Any, event: Any) -> None:
        self.event = np.flatnonzero(event)
        self.other = np.flatnonzero(~event)
        values, code = np.unique(np.round(score, 9), return_inverse=True)
        self.size = len(values)
        self.event_code, self.other_code = code[self.event], code[self.other]

    def measures(self, weight: Any) -> tuple[float, float]:
        """Return AUC and average precision with each row counted ``weight`` times."""
        ones = np.bincount(self.event_code, weights=weight[self.event], minlength=self.size)
        zeros = np.bincount(self.other_code, weights=weight[self.other], minlength=self.size)
        total, rest = ones.sum(), zeros.sum()
        if total <= 0 or rest <= 0:
            return float("nan"), float("nan")
        below = np.cumsum(zeros) - zeros
        area = float((ones * (below + zeros / 2.0)).sum() / (total * rest))
        hits, all_rows = np.cumsum(ones[::-1]), np.cumsum((ones + zeros)[::-1])
        precision = hits / np.maximum(all_rows, 1e-300)
        return area, float((ones[::-1] * precision).sum() / total)


@dataclass(frozen=True, slots=True)
class AccuracyMeasure:
    """An estimate with its 95 % interval; ``None`` with too few clusters."""

    estimate: float
    interval: tuple[float, float] | None

    def rounded(self) -> MeasuredValue:
        """Return the estimate and its interval with the digits that a document gives."""
        ends = None if self.interval is None else (round(self.interval[0], 6), round(self.interval[1], 6))
        return MeasuredValue(round(self.estimate, 6), ends)


@dataclass(frozen=True, slots=True)
class BootstrappedAccuracy:
    """AUC and average precision of each score, on the data and in each resample."""

    point: Mapping[str, tuple[float, float]]
    drawn: Mapping[str, Any]

    def of(self, name: str, kind: int) -> AccuracyMeasure:
        """Return a score's AUC (0) or average precision (1)."""
        return _measure(self.point[name][kind], self.drawn[name][:, kind])

    def difference(self, one: str, other: str, kind: int) -> AccuracyMeasure:
        """Return the gain of one score over another, on the same rows and the same resamples."""
        drawn = self.drawn[one][:, kind] - self.drawn[other][:, kind]
        return _measure(self.point[one][kind] - self.point[other][kind], drawn)


def _measure(estimate: float, drawn: Any) -> AccuracyMeasure:
    drawn = drawn[np.isfinite(drawn)]
    if not len(drawn):
        return AccuracyMeasure(estimate, None)
    low, high = (float(q) for q in np.quantile(drawn, (0.025, 0.975)))
    return AccuracyMeasure(estimate, (low, high))


def bootstrapped_accuracy(
    scores: Mapping[str, Any], event: Any, cluster: Any, resamples: int = RESAMPLES
) -> BootstrappedAccuracy:
    """Return the AUC and average precision of each score, on the data and over resampled clusters.

    Args:
        scores: by name, one number a row.
        event: whether the row's event happened.
        cluster: the cluster of each row, numbered from 0; all rows of a cluster are drawn together.
        resamples: how many resamples to draw.
    """
    ranked = {name: RankedScore(score, event) for name, score in scores.items()}
    number = int(cluster.max()) + 1 if len(cluster) else 0
    dice = np.random.default_rng(SEED)
    whole = np.ones(len(event))
    point = {name: one.measures(whole) for name, one in ranked.items()}
    drawn = {name: np.full((resamples, 2), np.nan) for name in ranked}
    for place in range(resamples if number >= CLUSTERS_MIN else 0):
        weight = dice.multinomial(number, np.full(number, 1.0 / number)).astype(float)[cluster]
        for name, one in ranked.items():
            drawn[name][place] = one.measures(weight)
    return BootstrappedAccuracy(point, drawn)


def event_ranks(score: Any, event: Any, menu: Any) -> ChallengerRanks:
    """Return the ranks of events on their menus: the shares in first place and in the first three, and the mean percentile.

    Args:
        score: one number a row.
        event: whether the row's event happened.
        menu: the menu of each row, numbered from 0; the rows of a menu are ranked against each other.
    """
    order = np.argsort(menu, kind="stable")
    starts = np.flatnonzero(np.diff(menu[order], prepend=-1))
    first, third, percentile = [], [], []
    for rows in np.split(order, starts[1:]):
        mine = np.flatnonzero(event[rows])
        if not len(mine) or len(rows) < 2:
            continue
        values = np.round(score[rows], 9)
        for one in mine:
            above, ties = int((values > values[one]).sum()), int((values == values[one]).sum())
            first.append(min(1.0, max(0.0, (1 - above) / ties)))
            third.append(min(1.0, max(0.0, (3 - above) / ties)))
            percentile.append((len(rows) - above - ties + (ties - 1) / 2.0) / (len(rows) - 1))
    means = (round(float(np.mean(sorted(values))), 6) if values else 0.0 for values in (first, third, percentile))
    return ChallengerRanks(*means)

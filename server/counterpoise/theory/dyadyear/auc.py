"""How well a score ranks rare events: ROC AUC and average precision, with a bootstrap over clusters.

The area under the ROC curve is the rank statistic: the share of pairs of an event and a non-event in which the event
scores higher, ties counting half. Average precision is the mean precision at each event, ties taken together; it must be
read against the base rate, which is what a blind ranking gets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

SEED = 19870101
RESAMPLES = 400
CLUSTERS_MIN = 5
"""Clusters below which a bootstrap over them tells nothing of the uncertainty, and no interval is given."""


class Ranked:
    """One score laid out by rank, so that a resample costs two passes."""

    def __init__(self, score: Any, event: Any) -> None:
        self.event = np.flatnonzero(event)
        self.other = np.flatnonzero(~event)
        values, code = np.unique(np.round(score, 9), return_inverse=True)
        self.size = len(values)
        self.event_code, self.other_code = code[self.event], code[self.other]

    def measures(self, weight: Any) -> tuple[float, float]:
        """Return AUC and average precision when each row counts ``weight`` times."""
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
class Measure:
    """A number with its 95 % interval, if the data carry one."""

    estimate: float
    interval: tuple[float, float] | None

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        ends = None if self.interval is None else [round(end, 6) for end in self.interval]
        return {"estimate": round(self.estimate, 6), "ci": ends}


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """AUC and average precision of each score on the data and in each resample."""

    point: Mapping[str, tuple[float, float]]
    drawn: Mapping[str, Any]

    def of(self, name: str, kind: int) -> Measure:
        """Return a score's AUC (0) or average precision (1)."""
        return _measure(self.point[name][kind], self.drawn[name][:, kind])

    def difference(self, one: str, other: str, kind: int) -> Measure:
        """Return how much one score beats another, on the same rows and the same resamples."""
        drawn = self.drawn[one][:, kind] - self.drawn[other][:, kind]
        return _measure(self.point[one][kind] - self.point[other][kind], drawn)


def _measure(estimate: float, drawn: Any) -> Measure:
    drawn = drawn[np.isfinite(drawn)]
    if not len(drawn):
        return Measure(estimate, None)
    low, high = (float(q) for q in np.quantile(drawn, (0.025, 0.975)))
    return Measure(estimate, (low, high))


def bootstrap(scores: Mapping[str, Any], event: Any, cluster: Any, resamples: int = RESAMPLES) -> Bootstrapped:
    """Return what each score achieves, on the data and over resampled clusters.

    Args:
        scores: by name, one number a row.
        event: whether the row's event happened.
        cluster: whose row it is, as numbers from 0; all rows of a cluster are drawn together.
        resamples: how many.
    """
    ranked = {name: Ranked(score, event) for name, score in scores.items()}
    number = int(cluster.max()) + 1 if len(cluster) else 0
    dice = np.random.default_rng(SEED)
    whole = np.ones(len(event))
    point = {name: one.measures(whole) for name, one in ranked.items()}
    drawn = {name: np.full((resamples, 2), np.nan) for name in ranked}
    for place in range(resamples if number >= CLUSTERS_MIN else 0):
        weight = dice.multinomial(number, np.full(number, 1.0 / number)).astype(float)[cluster]
        for name, one in ranked.items():
            drawn[name][place] = one.measures(weight)
    return Bootstrapped(point, drawn)


def places(score: Any, event: Any, menu: Any) -> dict[str, float]:
    """Return how far up each menu its events stood: shares first and among the first three, and mean percentile.

    Args:
        score: one number a row.
        event: whether it happened.
        menu: which rows are ranked against each other, as numbers from 0.
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
    named = {"first": first, "among_three": third, "percentile": percentile}
    return {name: round(float(np.mean(sorted(values))), 6) if values else 0.0 for name, values in named.items()}

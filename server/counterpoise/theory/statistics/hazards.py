"""Hazard ratios with covariates that change during a spell, whatever the number of spells.

Cox (1972) with Breslow's ties and delayed entry; errors by the sandwich of Lin & Wei (1989) over clusters. What is at risk at
a time is what stops later less what starts later, so that sums over all rows take the place of a risk set for each ending.
The tests hold it against the routine of statsmodels, whose robust errors do not survive delayed entry in large data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import Fit, by_group, codes, leverage_of, quiet, sound, with_error


def hazard_ratio(
    starts: Any, stops: Any, ended: Any, columns: Sequence[Any], clusters: Any, *, standardise: bool = True
) -> Fit | None:
    """Return the log hazard ratio of the first column, per standard deviation of it if ``standardise``.

    Args:
        starts: when each piece of a spell comes under risk.
        stops: when it ends or changes.
        ended: whether the spell ended at that.
        columns: the covariate of interest, then the controls; a control that repeats the others is left out.
        clusters: whose piece each is.
        standardise: whether the first column counts in standard deviations.
    """
    start, stop = np.asarray(starts, dtype=float), np.asarray(stops, dtype=float)
    valid = stop > start
    status = np.asarray(ended, dtype=bool)[valid]
    if int(status.sum()) < len(columns) + 4:
        return None
    values = [np.asarray(column, dtype=float)[valid] for column in columns]
    groups, number = codes(np.asarray(clusters)[valid])
    if number < 2 or not _both_sides_end(values[0], status):
        return None
    x = _design(values, standardise=standardise)
    if x is None:
        return None
    model = _Risk(start[valid], stop[valid], status, x)
    with quiet():
        coefficients, converged = model.solve()
        bread = np.linalg.pinv(model.information(coefficients))
        scores = by_group(model.residuals(coefficients), groups, number)
        sandwich = bread @ (scores.T @ scores) @ bread * number / (number - 1)
        estimate, error = float(coefficients[0]), float(np.sqrt(max(0.0, sandwich[0, 0])))
        if not sound(converged, estimate, error):
            return None
        rest, _ = _Risk(model.start, model.stop, status, x[:, 1:]).solve()
        null = np.concatenate(([0.0], rest))
        information, scores = model.information(null), by_group(model.residuals(null), groups, number)
        lean = scores[:, 0]
        if x.shape[1] > 1:
            lean = lean - scores[:, 1:] @ (np.linalg.pinv(information[1:, 1:]) @ information[1:, 0])
    return with_error(estimate, error, lean, int(status.sum()), leverage_of(groups, x[:, 0] - x[:, 0].mean(), number))


def _design(values: Sequence[Any], *, standardise: bool) -> Any:
    """Return the columns, centred and without controls that repeat others; ``None`` if the first adds nothing to them."""
    kept: list[Any] = []
    for place in (*range(1, len(values)), 0):
        column = values[place] - values[place].mean()
        size = float(column.std())
        if size < 1e-9:
            if place == 0:
                return None
            continue
        scaled = column / size
        left = scaled
        if kept:
            others = np.column_stack(kept)
            left = scaled - others @ np.linalg.lstsq(others, scaled, rcond=None)[0]
        if float(left.std()) < 1e-6:
            if place == 0:
                return None
            continue
        kept.append(scaled if place or standardise else column)
    return np.column_stack([kept[-1], *kept[:-1]])


def _both_sides_end(column: Any, events: Any) -> bool:
    """Tell whether spells end on either side of the column's mean: otherwise the hazard ratio is zero or infinite."""
    high = column > column.mean()
    return bool((events & high).any() and (events & ~high).any())


class _Risk:
    """The partial likelihood of pieces of spells."""

    def __init__(self, start: Any, stop: Any, status: Any, x: Any) -> None:
        self.start, self.stop, self.status, self.x = start, stop, status, x
        self.times, self.counts = np.unique(stop[status], return_counts=True)
        self._by_start, self._by_stop = np.argsort(start, kind="stable"), np.argsort(stop, kind="stable")
        # At risk at t is what stops at t or later and starts before it.
        self._late_stop = np.searchsorted(stop[self._by_stop], self.times, side="left")
        self._late_start = np.searchsorted(start[self._by_start], self.times, side="left")

    def _at_risk(self, values: Any) -> Any:
        """Return the sum of the rows at risk at each time at which something ended."""
        tail = np.zeros((1, *values.shape[1:]))
        late_stop = np.concatenate([np.cumsum(values[self._by_stop][::-1], axis=0)[::-1], tail])
        late_start = np.concatenate([np.cumsum(values[self._by_start][::-1], axis=0)[::-1], tail])
        return late_stop[self._late_stop] - late_start[self._late_start]

    def _moments(self, coefficients: Any) -> tuple[Any, Any, Any]:
        """Return each row's weight, the weight at risk at each ending and the mean covariates there."""
        weight = np.exp(self.x @ coefficients)
        whole = np.maximum(self._at_risk(weight), 1e-300)
        return weight, whole, self._at_risk(self.x * weight[:, None]) / whole[:, None]

    def information(self, coefficients: Any) -> Any:
        """Return minus the Hessian."""
        weight, whole, mean = self._moments(coefficients)
        squares = self._at_risk(self.x[:, :, None] * self.x[:, None, :] * weight[:, None, None])
        inside = squares / whole[:, None, None] - mean[:, :, None] * mean[:, None, :]
        return (inside * self.counts[:, None, None]).sum(axis=0)

    def lean(self, coefficients: Any) -> Any:
        """Return the score."""
        _, _, mean = self._moments(coefficients)
        return self.x[self.status].sum(axis=0) - (mean * self.counts[:, None]).sum(axis=0)

    def residuals(self, coefficients: Any) -> Any:
        """Return each row's share in the score, net of what it was at risk for (Lin & Wei 1989)."""
        weight, whole, mean = self._moments(coefficients)
        steps = self.counts / whole
        hazard = np.concatenate([[0.0], np.cumsum(steps)])
        moment = np.concatenate([np.zeros((1, self.x.shape[1])), np.cumsum(mean * steps[:, None], axis=0)])
        first = np.searchsorted(self.times, self.start, side="right")
        last = np.searchsorted(self.times, self.stop, side="right")
        expected = self.x * (hazard[last] - hazard[first])[:, None] - (moment[last] - moment[first])
        residual = -expected * weight[:, None]
        place = np.searchsorted(self.times, self.stop[self.status])
        residual[self.status] += self.x[self.status] - mean[place]
        return residual

    def solve(self, rounds: int = 60) -> tuple[Any, bool]:
        """Return the coefficients that maximise the likelihood, and whether they were found."""
        coefficients = np.zeros(self.x.shape[1])
        if not self.x.shape[1]:
            return coefficients, True
        for _ in range(rounds):
            step = np.linalg.pinv(self.information(coefficients)) @ self.lean(coefficients)
            step = np.clip(step, -2.0, 2.0)
            coefficients = coefficients + step
            if np.abs(step).max() < 1e-8:
                return coefficients, True
        return coefficients, False

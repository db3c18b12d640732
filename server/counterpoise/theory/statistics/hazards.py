"""Hazard ratios with covariates that change during a spell, fast for any number of spells.

Cox (1972) with Breslow's ties and delayed entry; errors by the sandwich of Lin & Wei (1989) over clusters. The rows at risk
at a time are those that stop later less those that start later, so that sums over all rows take the place of a risk set for
each ending. The tests compare it with the routine of statsmodels, whose robust errors fail with delayed entry in large
data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitted_models import first_coefficient
from counterpoise.theory.statistics.fitting import Fit, numbered
from counterpoise.theory.statistics.model_rows import Columns, cluster_columns, keeps_rows, numbered_columns, plain
from counterpoise.theory.statistics.newton import CutEvaluation, Evaluation, Maximum, maximise

RISK_MIN = 1e-13
"""Share of all weight below which the weight at risk, a difference of sums, is rounding error."""


def _spell_rows(starts: Any, stops: Any, ended: Any, columns: Any, clusters: Any, standardise: bool) -> Columns:
    return {
        "y": plain(ended),
        **numbered_columns(columns),
        "start": plain(starts),
        "stop": plain(stops),
        "standardised": [float(standardise)] * len(ended),
        **cluster_columns(clusters),
    }


@keeps_rows(
    "Cox model, Surv(start, stop, y) ~ x1{controls}, ties after Breslow; the estimate is the coefficient of x1, times its "
    "standard deviation (n) where standardised is 1",
    _spell_rows,
)
def hazard_ratio(
    starts: Any, stops: Any, ended: Any, columns: Sequence[Any], clusters: Any, *, standardise: bool = True
) -> Fit | None:
    """Return the log hazard ratio of the first column, per standard deviation of it if ``standardise``.

    Args:
        starts: when each piece of a spell comes under risk.
        stops: when the piece ends or a covariate changes.
        ended: whether the spell ended with the piece.
        columns: the covariate of interest, then the controls; a control that repeats the others is left out.
        clusters: the cluster of each piece.
        standardise: whether the first column counts in standard deviations.
    """
    start, stop = np.asarray(starts, dtype=float), np.asarray(stops, dtype=float)
    valid = stop > start
    status = np.asarray(ended, dtype=bool)[valid]
    if int(status.sum()) < len(columns) + 4:
        return None
    values = [np.asarray(column, dtype=float)[valid] for column in columns]
    groups, number = numbered(np.asarray(clusters)[valid])
    if number < 2 or not _has_endings_on_both_sides(values[0], status):
        return None
    x = _independent_columns(values, standardise=standardise)
    if x is None:
        return None
    return first_coefficient(_CoxModel(start[valid], stop[valid], status, x), groups, number, int(status.sum()))


def _independent_columns(values: Sequence[Any], *, standardise: bool) -> Any:
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
        residual = scaled
        if kept:
            others = np.column_stack(kept)
            residual = scaled - others @ np.linalg.lstsq(others, scaled, rcond=None)[0]
        if float(residual.std()) < 1e-6:
            if place == 0:
                return None
            continue
        kept.append(scaled if place or standardise else column)
    return np.column_stack([kept[-1], *kept[:-1]])


def _has_endings_on_both_sides(column: Any, events: Any) -> bool:
    """Tell whether spells end on both sides of the column's mean. Otherwise the hazard ratio is zero or infinite."""
    high = column > column.mean()
    return bool((events & high).any() and (events & ~high).any())


class _CoxModel:
    """The partial likelihood of pieces of spells."""

    def __init__(self, start: Any, stop: Any, status: Any, x: Any) -> None:
        self.start, self.stop, self.status, self.x = start, stop, status, x
        self.times, self.counts = np.unique(stop[status], return_counts=True)
        self._by_start, self._by_stop = np.argsort(start, kind="stable"), np.argsort(stop, kind="stable")
        # A row is at risk at t if it stops at t or later and starts before t.
        self._late_stop = np.searchsorted(stop[self._by_stop], self.times, side="left")
        self._late_start = np.searchsorted(start[self._by_start], self.times, side="left")

    def without_first(self) -> _CoxModel:
        """Return the model without the first column."""
        return _CoxModel(self.start, self.stop, self.status, self.x[:, 1:])

    def maximum(self) -> Maximum:
        """Return the coefficients at which the partial likelihood is largest."""
        return maximise(self.evaluate, np.zeros(self.x.shape[1]))

    def evaluate(self, coefficients: Any) -> Evaluation:
        """Return the log partial likelihood with its derivatives."""
        log_hazard = self.x @ coefficients
        weight, whole, mean = self._moments(log_hazard)
        squares = self._at_risk(self.x[:, :, None] * self.x[:, None, :] * weight[:, None, None])
        variance = squares / whole[:, None, None] - mean[:, :, None] * mean[:, None, :]
        is_exact = bool((whole > RISK_MIN * weight.sum()).all())
        log_likelihood = float(log_hazard[self.status].sum() - (np.log(whole) * self.counts).sum())
        return CutEvaluation(
            log_likelihood if is_exact else -np.inf,
            self.x[self.status].sum(axis=0) - (mean * self.counts[:, None]).sum(axis=0),
            (variance * self.counts[:, None, None]).sum(axis=0),
        )

    def scores(self, coefficients: Any) -> Any:
        """Return each row's score, net of the hazard it was exposed to (Lin & Wei 1989)."""
        weight, whole, mean = self._moments(self.x @ coefficients)
        steps = self.counts / whole
        hazard = np.concatenate([[0.0], np.cumsum(steps)])
        moment = np.concatenate([np.zeros((1, self.x.shape[1])), np.cumsum(mean * steps[:, None], axis=0)])
        first = np.searchsorted(self.times, self.start, side="right")
        last = np.searchsorted(self.times, self.stop, side="right")
        expected = self.x * (hazard[last] - hazard[first])[:, None] - (moment[last] - moment[first])
        scores = -expected * weight[:, None]
        place = np.searchsorted(self.times, self.stop[self.status])
        scores[self.status] += self.x[self.status] - mean[place]
        return scores

    def outcome_residuals(self, _: Any) -> None:
        """Return ``None``: pieces of spells have no windows in which to change places."""

    def first_column_residual(self, _: Any) -> Any:
        """Return the first column less its mean."""
        return self.x[:, 0] - self.x[:, 0].mean()

    def _at_risk(self, values: Any) -> Any:
        """Return the sum of the rows at risk at each time at which a spell ended."""
        tail = np.zeros((1, *values.shape[1:]))
        late_stop = np.concatenate([np.cumsum(values[self._by_stop][::-1], axis=0)[::-1], tail])
        late_start = np.concatenate([np.cumsum(values[self._by_start][::-1], axis=0)[::-1], tail])
        return late_stop[self._late_stop] - late_start[self._late_start]

    def _moments(self, log_hazard: Any) -> tuple[Any, Any, Any]:
        """Return each row's weight, the weight at risk at each ending and the mean covariates there."""
        weight = np.exp(log_hazard)
        whole = np.maximum(self._at_risk(weight), 1e-300)
        return weight, whole, self._at_risk(self.x * weight[:, None]) / whole[:, None]

"""Logits with clustered errors, with one intercept or with one for each of many levels.

Dummies for some thousand choosers would need a design of gigabytes. Each Newton step therefore sweeps the intercepts out,
which gives the same estimates as the dummies. The tests compare both kinds with statsmodels, which takes a second to import and
ten times as long for each fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitted_models import first_coefficient
from counterpoise.theory.statistics.fitting import (
    Fit,
    group_sums,
    numbered,
    numpy_warnings_off,
)
from counterpoise.theory.statistics.model_rows import (
    Columns,
    cluster_columns,
    keeps_rows,
    numbered_columns,
    plain,
    window_column,
)
from counterpoise.theory.statistics.newton import STEP_MAX, Evaluation, Maximum, maximise
from counterpoise.theory.statistics.shared_shocks import windows_of

WEIGHT_MIN = 1e-12
INTERCEPT_STEP_MAX = 3.0
HELDOUT_RIDGE = 1e-3


def _logit_rows(outcomes: Any, columns: Any, clusters: Any, effects: Any, windows: Any) -> Columns:
    strata = {} if effects is None else {"stratum": numbered(effects)[0].tolist()}
    return {
        "y": plain(outcomes), **numbered_columns(columns), **strata, **cluster_columns(clusters), **window_column(windows),
    }  # fmt: skip


@keeps_rows(
    "logit(y ~ x1{controls}), with an intercept for each stratum if there are strata; the estimate is the coefficient of x1 "
    "times the standard deviation (n) of x1; strata in which y does not vary are left out",
    _logit_rows,
)
def logit(
    outcomes: Any,
    columns: Sequence[Any],
    clusters: Any,
    *,
    effects: Any = None,
    windows: Sequence[int] | None = None,
) -> Fit | None:
    """Return the slope of a logit on the first column, in log-odds per standard deviation of it.

    Args:
        outcomes: the explained choices, as zeros and ones or booleans.
        columns: the covariate of interest, then the controls; each as long as ``outcomes``. A control that does not vary
            or repeats the others is left out.
        clusters: the chooser of each decision.
        effects: labels whose levels get an intercept each. Levels in which the outcome never varies carry no evidence and
            are left out.
        windows: the number of each decision's window in its session, for the measures of shared shocks. The first part of
            a cluster is then its session.
    """
    y = np.asarray(outcomes, dtype=float)
    if not len(y):
        return None
    groups, _ = numbered(clusters)
    level, levels = (np.zeros(len(y), dtype=int), 1) if effects is None else numbered(effects)
    size = np.bincount(level, minlength=levels)
    ones = np.bincount(level, weights=y, minlength=levels)
    keep = ((ones > 0) & (ones < size))[level]
    y, (groups, number), (level, levels) = y[keep], numbered(groups[keep]), numbered(level[keep])
    places = windows_of(clusters, windows)
    places = None if places is None else places.kept(keep)
    if number < 2 or len(y) < len(columns) + 5:
        return None
    design = _independent_columns([np.asarray(column, dtype=float)[keep] for column in columns], level, levels)
    if design is None:
        return None
    # With one intercept the errors are those of statsmodels, which corrects for the number of coefficients.
    inflation = (len(y) - 1.0) / (len(y) - design.shape[1] - 1.0) if effects is None else 1.0
    model = _InterceptLogit(y, design, level, levels)
    return first_coefficient(model, groups, number, len(y), places=places, inflation=inflation)


def ridged_logit(x: Any, outcomes: Any, ridge: Any) -> Any:
    """Return the coefficients of a logit with a ridge penalty, which keeps them finite where the data are separated.

    Args:
        x: one row an observation, the constant among the columns.
        outcomes: ones and zeros.
        ridge: the penalty on each coefficient.
    """

    def evaluate(coefficients: Any) -> Evaluation:
        log_odds = x @ coefficients
        chance = logistic(log_odds)
        return Evaluation(
            _log_likelihood(outcomes, log_odds) - float((ridge * coefficients) @ coefficients) / 2.0,
            x.T @ (outcomes - chance) - ridge * coefficients,
            (x.T * (chance * (1.0 - chance))) @ x + np.diag(ridge),
        )

    with numpy_warnings_off():
        return maximise(evaluate, np.zeros(x.shape[1])).estimate


def heldout_logit_scores(outcomes: Any, columns: Sequence[Any], folds: Any) -> Any:
    """Return each outcome's log score under a logit fitted without its fold; a light ridge keeps estimates finite."""
    y = np.asarray(outcomes, dtype=float)
    x = np.column_stack([np.ones(len(y)), *(np.asarray(column, dtype=float) for column in columns)])
    scale = x.std(axis=0)
    scale[scale < 1e-9] = 1.0  # a column that does not vary is a second intercept; the ridge keeps the two apart
    x = x / scale
    scores = np.zeros(len(y))
    for fold in np.unique(folds):
        train, test = folds != fold, folds == fold
        coefficients = ridged_logit(x[train], y[train], np.full(x.shape[1], HELDOUT_RIDGE))
        chance = np.clip(logistic(x[test] @ coefficients), 1e-6, 1.0 - 1e-6)
        scores[test] = np.log(np.where(y[test] > 0.5, chance, 1.0 - chance))
    return scores


def logistic(log_odds: Any) -> Any:
    """Return the probabilities of log-odds."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-log_odds))


def _log_likelihood(outcomes: Any, log_odds: Any) -> float:
    return float((outcomes * log_odds - np.logaddexp(0.0, log_odds)).sum())


def _independent_columns(columns: list[Any], level: Any, levels: int) -> Any:
    """Return the columns in standard deviations less their means in each level, without those that repeat others.

    A level's own intercept takes up its means. Without them the intercepts hardly change when the slopes do. ``None`` if the
    first column repeats the others.
    """
    kept: list[Any] = []
    size = np.maximum(1, np.bincount(level, minlength=levels))
    # The controls come first, so that the column of interest has to add something to them.
    for place in (*range(1, len(columns)), 0):
        column = columns[place]
        deviation = column.std()
        if deviation < 1e-9:
            if place == 0:
                return None
            continue
        scaled = column / deviation
        demeaned = scaled - (np.bincount(level, weights=scaled, minlength=levels) / size)[level]
        residual = demeaned
        if kept:
            others = np.column_stack(kept)
            residual = demeaned - others @ np.linalg.lstsq(others, demeaned, rcond=None)[0]
        if float(np.sqrt((residual**2).mean())) < 1e-6:
            if place == 0:
                return None
            continue
        kept.append(demeaned)
    return np.column_stack([kept[-1], *kept[:-1]])


def _weighted_residual(column: Any, others: Any, weight: Any) -> Any:
    """Return a column less its weighted projection on other columns."""
    if not others.shape[1]:
        return column
    inverse = np.linalg.pinv(others.T @ (others * weight[:, None]))
    return column - others @ (inverse @ (others.T @ (weight * column)))


@dataclass(frozen=True, slots=True)
class _InterceptEvaluation(Evaluation):
    """Score and information of the slopes, the intercepts swept out, beside those of the intercepts."""

    cross: Any
    """Minus the mixed derivatives, one row an intercept, one column a slope."""
    intercept_score: Any
    intercept_information: Any
    """The diagonal: intercepts do not share observations."""

    def newton_step(self) -> Any:
        """Return the changes of the slopes, then those of the intercepts that fit them, each cut to its limit."""
        slopes = np.clip(np.linalg.pinv(self.information) @ self.score, -STEP_MAX, STEP_MAX)
        intercepts = (self.intercept_score - self.cross @ slopes) / self.intercept_information
        return np.concatenate([slopes, np.clip(intercepts, -INTERCEPT_STEP_MAX, INTERCEPT_STEP_MAX)])


class _InterceptLogit:
    """A logit with an intercept for each level; its parameters are the slopes, then the intercepts."""

    def __init__(self, y: Any, x: Any, level: Any, levels: int) -> None:
        self.y, self.x, self.level, self.levels = y, x, level, levels

    def without_first(self) -> _InterceptLogit:
        """Return the model without the first column."""
        return _InterceptLogit(self.y, self.x[:, 1:], self.level, self.levels)

    def maximum(self) -> Maximum:
        """Return the parameters at which the likelihood is largest; the search begins with each level's own log-odds."""
        ones = np.bincount(self.level, weights=self.y, minlength=self.levels)
        share = ones / np.bincount(self.level, minlength=self.levels)
        return maximise(self.evaluate, np.concatenate([np.zeros(self.x.shape[1]), np.log(share / (1.0 - share))]))

    def evaluate(self, parameters: Any) -> _InterceptEvaluation:
        """Return the log likelihood with its derivatives."""
        log_odds = self._log_odds(parameters)
        chance = logistic(log_odds)
        weight = np.maximum(chance * (1.0 - chance), WEIGHT_MIN)
        swept, rest = self._swept(weight), self.y - chance
        return _InterceptEvaluation(
            _log_likelihood(self.y, log_odds),
            swept.T @ rest,
            swept.T @ (swept * weight[:, None]),
            group_sums(self.x * weight[:, None], self.level, self.levels)
            if self.x.shape[1]
            else np.zeros((self.levels, 0)),
            group_sums(rest, self.level, self.levels),
            np.bincount(self.level, weights=weight, minlength=self.levels),
        )

    def scores(self, parameters: Any) -> Any:
        """Return the scores of the observations for the slopes, the intercepts swept out."""
        chance = logistic(self._log_odds(parameters))
        return self._swept(chance * (1.0 - chance)) * (self.y - chance)[:, None]

    def outcome_residuals(self, parameters: Any) -> Any:
        """Return each outcome less its probability."""
        return self.y - logistic(self._log_odds(parameters))

    def first_column_residual(self, parameters: Any) -> Any:
        """Return the first column less its weighted projection on the others and the intercepts."""
        chance = logistic(self._log_odds(parameters))
        weight = chance * (1.0 - chance)
        swept = self._swept(weight)
        return _weighted_residual(swept[:, 0], swept[:, 1:], weight)

    def _log_odds(self, parameters: Any) -> Any:
        slopes = self.x.shape[1]
        return self.x @ parameters[:slopes] + parameters[slopes:][self.level]

    def _swept(self, weight: Any) -> Any:
        """Return the columns less their weighted means within levels."""
        if not self.x.shape[1]:
            return self.x
        whole = np.bincount(self.level, weights=weight, minlength=self.levels)
        means = group_sums(self.x * weight[:, None], self.level, self.levels) / np.maximum(1e-300, whole)[:, None]
        return self.x - means[self.level]

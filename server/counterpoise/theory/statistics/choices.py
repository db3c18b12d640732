"""The conditional logit: one choice from each of many menus.

McFadden (1974) with a sandwich over clusters. Newton's method runs on all the data at once: the general routine of
statsmodels, which allows several cases in a stratum, takes minutes where this takes milliseconds. The tests compare the
two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitted_models import first_coefficient
from counterpoise.theory.statistics.fitting import Cluster, Fit, numbered, numpy_warnings_off
from counterpoise.theory.statistics.model_rows import Columns, cluster_columns, keeps_rows, numbered_columns
from counterpoise.theory.statistics.newton import CutEvaluation, Evaluation, Maximum, maximise
from counterpoise.theory.statistics.shared_shocks import Windows, windows_of

HELDOUT_RIDGE = 1e-2


@dataclass(frozen=True, slots=True)
class ChoiceSet:
    """One choice among alternatives: the covariates of each alternative, and the position of the chosen one."""

    rows: tuple[tuple[float, ...], ...]
    chosen: int
    cluster: Cluster
    window: int | None = None
    """The number of the window in its session; ``None`` if it is not known."""


def _choice_rows(choices: Sequence[ChoiceSet]) -> Columns:
    used = [(menu, choice) for menu, choice in enumerate(choices) if len(choice.rows) > 1]
    rows = [(menu, choice, place) for menu, choice in used for place in range(len(choice.rows))]
    covariates = list(zip(*(choice.rows[place] for _, choice, place in rows), strict=True))
    return {
        "y": [float(place == choice.chosen) for _, choice, place in rows],
        **numbered_columns(covariates),
        "menu": [menu for menu, _, _ in rows],
        **cluster_columns([choice.cluster for _, choice, _ in rows]),
        "window": [choice.window for _, choice, _ in rows],
    }


@keeps_rows(
    "conditional logit of y on x1{controls} within each menu; the estimate is the coefficient of x1 times the standard "
    "deviation (n) of x1 over all rows",
    _choice_rows,
)
def conditional_logit(choices: Sequence[ChoiceSet]) -> Fit | None:
    """Return the coefficient of a conditional logit on the first covariate, in log-odds per standard deviation of it."""
    used = [choice for choice in choices if len(choice.rows) > 1]
    if not used:
        return None
    x = np.asarray([row for choice in used for row in choice.rows], dtype=float)
    sizes = np.asarray([len(choice.rows) for choice in used])
    chosen = np.asarray([choice.chosen for choice in used])
    clusters, times = (
        [choice.cluster for choice in used],
        [choice.window for choice in used if choice.window is not None],
    )
    places = windows_of(clusters, times) if len(times) == len(used) else None
    return choice_fit(x, sizes, chosen, numbered(clusters)[0], places)


def choice_fit(x: Any, sizes: Any, chosen: Any, clusters: Any, places: Windows | None = None) -> Fit | None:
    """Return the coefficient on the first column of ``x``, in log-odds per standard deviation of it.

    Args:
        x: one row an alternative, menu after menu; a column that does not vary within menus or repeats others is left out.
        sizes: alternatives on each menu.
        chosen: position of the chosen alternative on its menu.
        clusters: the chooser of each menu.
        places: the run and window of each menu, for errors that are clustered on both.
    """
    model = _conditional_logit(x, sizes, chosen)
    if model is None or not model.has_first:
        return None
    several = np.asarray(sizes) > 1
    groups, number = numbered(np.asarray(clusters)[several])
    if number < 2 or len(model.picked) < 5:
        return None
    kept = None if places is None else places.kept(several)
    return first_coefficient(model, groups, number, len(model.picked), groups[model.strata], kept)


def log_likelihood_gain(x: Any, sizes: Any, chosen: Any) -> float:
    """Return how much more log likelihood a conditional logit on these columns has than a choice at random."""
    model = _conditional_logit(x, sizes, chosen)
    if model is None or not model.x.shape[1]:
        return 0.0
    with numpy_warnings_off():
        at_random = -float(np.log(np.bincount(model.strata)).sum())
        return max(0.0, model.maximum().evaluation.log_likelihood - at_random)


def heldout_choice_scores(x: Any, sizes: Any, chosen: Any, folds: Any, *, lowest: float | None = None) -> Any:
    """Return each choice's log score under a conditional logit fitted without its fold; a light ridge keeps it finite.

    Args:
        x: one row an alternative, menu after menu.
        sizes: alternatives on each menu.
        chosen: position of the chosen alternative.
        folds: the fold of each menu.
        lowest: if given, smaller coefficients are raised to it, so that a forecast may be blunted but not reversed.
    """
    x, sizes = np.asarray(x, dtype=float), np.asarray(sizes)
    scale = np.maximum(x.std(axis=0), 1e-9)
    strata = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(int)
    whole = _ConditionalLogit(x / scale, starts, strata, starts + np.asarray(chosen))
    scores = np.zeros(len(sizes))
    with numpy_warnings_off():
        for fold in np.unique(folds):
            menus = folds != fold
            rows = menus[strata]
            kept = sizes[menus]
            begin = np.concatenate(([0], np.cumsum(kept)[:-1])).astype(int) if len(kept) else np.zeros(0, dtype=int)
            part = _ConditionalLogit(
                whole.x[rows],
                begin,
                np.repeat(np.arange(len(kept)), kept),
                begin + np.asarray(chosen)[menus],
                ridge=HELDOUT_RIDGE,
            )
            coefficients = part.maximum().estimate if len(kept) else np.zeros(x.shape[1])
            if lowest is not None:
                coefficients = np.maximum(coefficients, lowest)
            share = np.maximum(whole.shares(coefficients)[whole.picked], 1e-9)
            scores[folds == fold] = np.log(share)[folds == fold]
    return scores


def _conditional_logit(x: Any, sizes: Any, chosen: Any) -> _ConditionalLogit | None:
    """Return the model of the menus that offer a choice, with independent columns in standard deviations."""
    x, sizes, chosen = np.asarray(x, dtype=float), np.asarray(sizes), np.asarray(chosen)
    several = sizes > 1
    if not several.any():
        return None
    x = x[np.repeat(several, sizes)]
    sizes, chosen = sizes[several], chosen[several]
    strata = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(int)
    within = x - (np.add.reduceat(x, starts, axis=0) / sizes[:, None])[strata]
    kept: list[int] = []
    # The controls come first, so that the column of interest has to add something to them.
    for place in (*range(1, x.shape[1]), 0):
        column = within[:, place]
        size = float(column.std())
        if size < 1e-9:
            continue
        residual = column / size
        if kept:
            others = within[:, kept] / within[:, kept].std(axis=0)
            residual = residual - others @ np.linalg.lstsq(others, residual, rcond=None)[0]
        if float(residual.std()) > 1e-6:
            kept.append(place)
    has_first = bool(kept) and kept[-1] == 0
    order = [0, *kept[:-1]] if has_first else kept
    scaled = x[:, order] / np.maximum(x[:, order].std(axis=0), 1e-12)
    return _ConditionalLogit(scaled, starts, strata, starts + chosen, has_first=has_first)


class _ConditionalLogit:
    """The likelihood of a conditional logit.

    Args:
        x: covariates, one row an alternative.
        starts: the first row of each stratum.
        strata: the stratum of each row.
        picked: the row chosen in each stratum.
        ridge: penalty on every coefficient.
        has_first: whether the column of interest is among the columns.
    """

    def __init__(
        self, x: Any, starts: Any, strata: Any, picked: Any, *, ridge: float = 0.0, has_first: bool = True
    ) -> None:
        self.x, self.starts, self.strata, self.picked = x, starts, strata, picked
        self.ridge, self.has_first = ridge, has_first

    def without_first(self) -> _ConditionalLogit:
        """Return the model without the first column."""
        return _ConditionalLogit(self.x[:, 1:], self.starts, self.strata, self.picked, ridge=self.ridge)

    def maximum(self) -> Maximum:
        """Return the coefficients at which the likelihood is largest."""
        return maximise(self.evaluate, np.zeros(self.x.shape[1]))

    def evaluate(self, coefficients: Any) -> Evaluation:
        """Return the log likelihood with its derivatives, less the ridge penalty."""
        utility = self._utility(coefficients)
        weight = np.exp(utility)
        whole = np.add.reduceat(weight, self.starts)
        share = weight / whole[self.strata]
        expected = self._expected(share)
        centred = self.x - expected[self.strata]
        return CutEvaluation(
            float((utility[self.picked] - np.log(whole)).sum() - 0.5 * self.ridge * (coefficients @ coefficients)),
            (self.x[self.picked] - expected).sum(axis=0) - self.ridge * coefficients,
            centred.T @ (centred * share[:, None]) + self.ridge * np.eye(len(coefficients)),
        )

    def scores(self, coefficients: Any) -> Any:
        """Return the score of each stratum."""
        return self.x[self.picked] - self._expected(self.shares(coefficients))

    def outcome_residuals(self, _: Any) -> None:
        """Return ``None``: menus change, so that the covariates of one window do not fit the choice of another."""

    def first_column_residual(self, _: Any) -> Any:
        """Return the first column, centred within strata, less its projection on the others."""
        sizes = np.bincount(self.strata)
        centred = self.x - (np.add.reduceat(self.x, self.starts, axis=0) / sizes[:, None])[self.strata]
        return centred[:, 0] - centred[:, 1:] @ np.linalg.lstsq(centred[:, 1:], centred[:, 0], rcond=None)[0]

    def shares(self, coefficients: Any) -> Any:
        """Return the probability of each row in its stratum."""
        weight = np.exp(self._utility(coefficients))
        return weight / np.add.reduceat(weight, self.starts)[self.strata]

    def _utility(self, coefficients: Any) -> Any:
        """Return the utility of each row, less the largest in its stratum so that its exponential cannot overflow."""
        utility = self.x @ coefficients
        return utility - np.maximum.reduceat(utility, self.starts)[self.strata]

    def _expected(self, share: Any) -> Any:
        """Return the mean covariates of each stratum."""
        return np.add.reduceat(self.x * share[:, None], self.starts, axis=0)

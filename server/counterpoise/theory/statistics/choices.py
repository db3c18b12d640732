"""The conditional logit: one choice from each of many menus.

McFadden (1974) with a sandwich over clusters. Fitted by Newton's method on the whole data at once: the general routine of
statsmodels, which allows several cases in a stratum, takes minutes where this takes milliseconds, and the tests hold the two
against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import Cluster, Fit, by_group, codes, leverage_of, quiet, sound, with_error


@dataclass(frozen=True, slots=True)
class ChoiceSet:
    """One choice among alternatives: the covariates of each, and the position of the one chosen."""

    rows: tuple[tuple[float, ...], ...]
    chosen: int
    cluster: Cluster


HALVINGS = 30


def conditional_logit(choices: Sequence[ChoiceSet]) -> Fit | None:
    """Return the coefficient of a conditional logit on the first covariate, in log-odds per standard deviation of it."""
    used = [choice for choice in choices if len(choice.rows) > 1]
    if not used:
        return None
    x = np.asarray([row for choice in used for row in choice.rows], dtype=float)
    sizes = np.asarray([len(choice.rows) for choice in used])
    chosen = np.asarray([choice.chosen for choice in used])
    return choice_fit(x, sizes, chosen, codes([choice.cluster for choice in used])[0])


def choice_fit(x: Any, sizes: Any, chosen: Any, clusters: Any) -> Fit | None:
    """Return the coefficient on the first column of ``x``, in log-odds per standard deviation of it.

    Args:
        x: one row an alternative, menu after menu; a column that does not vary within menus or repeats others is left out.
        sizes: alternatives on each menu.
        chosen: position on its menu of the one chosen.
        clusters: whose menu each is.
    """
    model = _menus(x, sizes, chosen)
    if model is None or not model.fits_first:
        return None
    groups, number = codes(np.asarray(clusters)[np.asarray(sizes) > 1])
    if number < 2 or len(model.picked) < 5:
        return None
    with quiet():
        coefficients, converged = model.solve()
        bread = np.linalg.pinv(model.information(coefficients))
        by_cluster = by_group(model.scores(coefficients), groups, number)
        sandwich = bread @ (by_cluster.T @ by_cluster) @ bread * number / (number - 1)
        estimate, error = float(coefficients[0]), float(np.sqrt(max(0.0, sandwich[0, 0])))
        if not sound(converged, estimate, error):
            return None
        null, _ = model.without_first().solve()
        null = np.concatenate(([0.0], null))
        information, scores = model.information(null), by_group(model.scores(null), groups, number)
        lean = scores[:, 0]
        if model.x.shape[1] > 1:
            lean = lean - scores[:, 1:] @ (np.linalg.pinv(information[1:, 1:]) @ information[1:, 0])
    inside = model.centred()
    left = inside[:, 0] - inside[:, 1:] @ np.linalg.lstsq(inside[:, 1:], inside[:, 0], rcond=None)[0]
    return with_error(estimate, error, lean, len(model.picked), leverage_of(groups[model.strata], left, number))


def likelihood(x: Any, sizes: Any, chosen: Any) -> float:
    """Return how much a conditional logit on these columns gains in log likelihood over choosing blindly."""
    model = _menus(x, sizes, chosen)
    if model is None or not model.x.shape[1]:
        return 0.0
    with quiet():
        coefficients, _ = model.solve()
        blind = float(np.log(np.bincount(model.strata)).sum())
        return max(0.0, float(np.log(model.shares(coefficients)[model.picked]).sum()) + blind)


def heldout_choice_scores(x: Any, sizes: Any, chosen: Any, folds: Any, *, least: float | None = None) -> Any:
    """Return each choice's log score under a conditional logit fitted without its fold; a light ridge steadies it.

    Args:
        x: one row an alternative, menu after menu.
        sizes: alternatives on each menu.
        chosen: position of the one chosen.
        folds: the fold of each menu.
        least: if given, coefficients below it count as it, as for a forecast that may be blunted but not reversed.
    """
    x, sizes = np.asarray(x, dtype=float), np.asarray(sizes)
    scale = np.maximum(x.std(axis=0), 1e-9)
    strata = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(int)
    whole = _Conditional(x / scale, starts, strata, starts + np.asarray(chosen))
    scores = np.zeros(len(sizes))
    with quiet():
        for fold in np.unique(folds):
            menus = folds != fold
            rows = menus[strata]
            kept = sizes[menus]
            begin = np.concatenate(([0], np.cumsum(kept)[:-1])).astype(int) if len(kept) else np.zeros(0, dtype=int)
            part = _Conditional(
                whole.x[rows], begin, np.repeat(np.arange(len(kept)), kept), begin + np.asarray(chosen)[menus]
            )
            coefficients = part.solve(ridge=1e-2)[0] if len(kept) else np.zeros(x.shape[1])
            if least is not None:
                coefficients = np.maximum(coefficients, least)
            share = np.maximum(whole.shares(coefficients)[whole.picked], 1e-9)
            scores[folds == fold] = np.log(share)[folds == fold]
    return scores


def _menus(x: Any, sizes: Any, chosen: Any) -> _Conditional | None:
    """Return the likelihood of the menus with a choice on them, with independent columns in standard deviations."""
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
        left = column / size
        if kept:
            others = within[:, kept] / within[:, kept].std(axis=0)
            left = left - others @ np.linalg.lstsq(others, left, rcond=None)[0]
        if float(left.std()) > 1e-6:
            kept.append(place)
    fits_first = bool(kept) and kept[-1] == 0
    order = [0, *kept[:-1]] if fits_first else kept
    scaled = x[:, order] / np.maximum(x[:, order].std(axis=0), 1e-12)
    model = _Conditional(scaled, starts, strata, starts + chosen)
    model.fits_first = fits_first
    return model


class _Conditional:
    """The likelihood of a conditional logit: covariates, where each stratum starts, and the rows chosen."""

    fits_first = True

    def __init__(self, x: Any, starts: Any, strata: Any, picked: Any) -> None:
        self.x, self.starts, self.strata, self.picked = x, starts, strata, picked

    def without_first(self) -> _Conditional:
        """Return the same menus without the first column."""
        return _Conditional(self.x[:, 1:], self.starts, self.strata, self.picked)

    def centred(self) -> Any:
        """Return the columns less their plain means within strata."""
        sizes = np.bincount(self.strata)
        return self.x - (np.add.reduceat(self.x, self.starts, axis=0) / sizes[:, None])[self.strata]

    def shares(self, coefficients: Any) -> Any:
        """Return the probability of each row in its stratum."""
        utility = self.x @ coefficients
        utility = utility - np.maximum.reduceat(utility, self.starts)[self.strata]
        weight = np.exp(utility)
        return weight / np.add.reduceat(weight, self.starts)[self.strata]

    def expected(self, share: Any) -> Any:
        """Return the mean covariates of each stratum."""
        return np.add.reduceat(self.x * share[:, None], self.starts, axis=0)

    def scores(self, coefficients: Any) -> Any:
        """Return the score of each stratum."""
        return self.x[self.picked] - self.expected(self.shares(coefficients))

    def information(self, coefficients: Any) -> Any:
        """Return minus the Hessian."""
        share = self.shares(coefficients)
        centred = self.x - self.expected(share)[self.strata]
        return centred.T @ (centred * share[:, None])

    def solve(self, rounds: int = 60, ridge: float = 0.0) -> tuple[Any, bool]:
        """Return the coefficients that maximise the likelihood, and whether they were found.

        Newton's steps are halved until they gain: the likelihood is concave, but a full step may go round in circles.
        """
        coefficients = np.zeros(self.x.shape[1])
        if not self.x.shape[1]:
            return coefficients, True
        gained = self._gained(coefficients, ridge)
        for _ in range(rounds):
            inside = self.information(coefficients) + ridge * np.eye(len(coefficients))
            lean = self.scores(coefficients).sum(axis=0) - ridge * coefficients
            step = np.clip(np.linalg.pinv(inside) @ lean, -2.0, 2.0)
            if np.abs(step).max() < 1e-8:
                return coefficients, True
            tried = self._gained(coefficients + step, ridge)
            for _ in range(HALVINGS):
                if tried >= gained - 1e-12 * abs(gained):
                    break
                step = step / 2.0
                tried = self._gained(coefficients + step, ridge)
            coefficients, gained = coefficients + step, tried
        return coefficients, False

    def _gained(self, coefficients: Any, ridge: float) -> float:
        """Return the log likelihood, less what a ridge takes."""
        utility = self.x @ coefficients
        utility = utility - np.maximum.reduceat(utility, self.starts)[self.strata]
        logs = np.log(np.add.reduceat(np.exp(utility), self.starts))
        return float((utility[self.picked] - logs).sum() - 0.5 * ridge * (coefficients @ coefficients))

"""Logits with clustered errors: by statsmodels, and with an intercept for each of many levels by a method of our own.

Dummies for some thousand choosers would need a design of gigabytes. The intercepts are therefore swept out in each Newton
step, which gives the same estimates as the dummies; the tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import Fit, by_group, codes, leverage_of, quiet, sound, with_error

HALVINGS = 30


def logit(outcomes: Any, columns: Sequence[Any], clusters: Any, *, effects: Any = None) -> Fit | None:
    """Return the slope of a logit on the first column, in log-odds per standard deviation of it.

    Args:
        outcomes: what is explained.
        columns: the covariate of interest, then the controls; each as long as ``outcomes``. A control that does not vary
            or repeats the others is left out.
        clusters: whose decision each is.
        effects: labels whose levels get an intercept each; levels in which the outcome never varies say nothing and
            are left out.
    """
    y = np.asarray(outcomes, dtype=float)
    if not len(y):
        return None
    groups, _ = codes(clusters)
    level, levels = (np.zeros(len(y), dtype=int), 1) if effects is None else codes(effects)
    size = np.bincount(level, minlength=levels)
    ones = np.bincount(level, weights=y, minlength=levels)
    keep = ((ones > 0) & (ones < size))[level]
    y, (groups, number), (level, levels) = y[keep], codes(groups[keep]), codes(level[keep])
    if number < 2 or len(y) < len(columns) + 5:
        return None
    design = _independent([np.asarray(column, dtype=float)[keep] for column in columns], level, levels)
    if design is None:
        return None
    return _plain(y, design, groups, number) if effects is None else _within(y, design, groups, number, level, levels)


def _independent(columns: list[Any], level: Any, levels: int) -> Any:
    """Return the columns in standard deviations, without those that repeat others; ``None`` if the first is such a one."""
    kept: list[Any] = []
    inside: list[Any] = []
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
        left = demeaned
        if inside:
            others = np.column_stack(inside)
            left = demeaned - others @ np.linalg.lstsq(others, demeaned, rcond=None)[0]
        if float(np.sqrt((left**2).mean())) < 1e-6:
            if place == 0:
                return None
            continue
        kept.append(scaled)
        inside.append(demeaned)
    return np.column_stack([kept[-1], *kept[:-1]])


def _plain(y: Any, x: Any, groups: Any, number: int) -> Fit | None:
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools.sm_exceptions import PerfectSeparationError

    design = np.column_stack([x, np.ones(len(y))])
    with quiet():
        try:
            fitted = Logit(y, design, hasconst=True, check_rank=False).fit(
                disp=0, maxiter=60, cov_type="cluster", cov_kwds={"groups": groups}, warn_convergence=False
            )
            restricted = Logit(y, design[:, 1:], hasconst=True, check_rank=False).fit(
                disp=0, maxiter=60, warn_convergence=False
            )
        except (np.linalg.LinAlgError, PerfectSeparationError, ValueError):
            return None
        estimate, error = float(fitted.params[0]), float(fitted.bse[0])
        if not sound(fitted.mle_retvals["converged"], estimate, error):
            return None
        chance = restricted.predict(design[:, 1:])
        left = _projected(design[:, 0], design[:, 1:], chance * (1.0 - chance))
        scores = by_group(left * (y - chance), groups, number)
    return with_error(estimate, error, scores, len(y), leverage_of(groups, left, number))


def _projected(column: Any, others: Any, weight: Any) -> Any:
    """Return what is left of a column when its weighted projection on the others is taken out."""
    if not others.shape[1]:
        return column
    inside = np.linalg.pinv(others.T @ (others * weight[:, None]))
    return column - others @ (inside @ (others.T @ (weight * column)))


def _within(y: Any, x: Any, groups: Any, number: int, level: Any, levels: int) -> Fit | None:
    with quiet():
        coefficients, chance, converged = _solve(y, x, level, levels)
        if not converged:
            return None
        weight = chance * (1.0 - chance)
        swept = _swept(x, weight, level, levels)
        bread = np.linalg.pinv(swept.T @ (swept * weight[:, None]))
        score = by_group(swept * (y - chance)[:, None], groups, number)
        sandwich = bread @ (score.T @ score) @ bread * number / (number - 1)
        estimate, error = float(coefficients[0]), float(np.sqrt(max(0.0, sandwich[0, 0])))
        if not sound(converged, estimate, error):
            return None
        _, chance, converged = _solve(y, x[:, 1:], level, levels)
        weight = chance * (1.0 - chance)
        swept = _swept(x, weight, level, levels)
        left = _projected(swept[:, 0], swept[:, 1:], weight)
        scores = by_group(left * (y - chance), groups, number)
    return with_error(estimate, error, scores, len(y), leverage_of(groups, left, number)) if converged else None


def _swept(x: Any, weight: Any, level: Any, levels: int) -> Any:
    """Return the columns less their weighted means within levels."""
    whole = np.bincount(level, weights=weight, minlength=levels)
    means = by_group(x * weight[:, None], level, levels) / np.maximum(1e-300, whole)[:, None]
    return x - means[level]


def _solve(y: Any, x: Any, level: Any, levels: int, rounds: int = 100) -> tuple[Any, Any, bool]:
    """Return the coefficients, the fitted chances, and whether they were found; an intercept for each level.

    Newton's steps are halved until they gain: the likelihood is concave, but a full step may go round in circles.
    """
    size = np.bincount(level, minlength=levels)
    share = np.bincount(level, weights=y, minlength=levels) / size
    intercepts = np.log(share / (1.0 - share))
    coefficients = np.zeros(x.shape[1])
    chance = np.zeros(len(y))
    gained = _gained(y, x @ coefficients + intercepts[level])
    for _ in range(rounds):
        chance = 1.0 / (1.0 + np.exp(-(x @ coefficients + intercepts[level])))
        weight = np.maximum(chance * (1.0 - chance), 1e-12)
        rest = by_group(y - chance, level, levels)
        whole = np.bincount(level, weights=weight, minlength=levels)
        step = np.zeros(0)
        lift = rest / whole
        if x.shape[1]:
            swept = _swept(x, weight, level, levels)
            step = np.linalg.pinv(swept.T @ (swept * weight[:, None])) @ (swept.T @ (y - chance))
            step = np.clip(step, -2.0, 2.0)
            lift = (rest - by_group(x * weight[:, None], level, levels) @ step) / whole
        lift = np.clip(lift, -3.0, 3.0)
        if max(np.abs(step).max(initial=0.0), np.abs(lift).max()) < 1e-8:
            return coefficients + step, chance, True
        tried = _gained(y, x @ (coefficients + step) + (intercepts + lift)[level])
        for _ in range(HALVINGS):
            if tried >= gained - 1e-12 * abs(gained):
                break
            step, lift = step / 2.0, lift / 2.0
            tried = _gained(y, x @ (coefficients + step) + (intercepts + lift)[level])
        coefficients, intercepts, gained = coefficients + step, intercepts + lift, tried
    return coefficients, chance, False


def _gained(y: Any, odds: Any) -> float:
    """Return the log likelihood of outcomes under log-odds."""
    return float((y * odds - np.logaddexp(0.0, odds)).sum())


def heldout_logit_scores(outcomes: Any, columns: Sequence[Any], folds: Any) -> Any:
    """Return each outcome's log score under a logit fitted without its fold; a light ridge keeps it from separation."""
    y = np.asarray(outcomes, dtype=float)
    x = np.column_stack([np.ones(len(y)), *(np.asarray(column, dtype=float) for column in columns)])
    scale = x.std(axis=0)
    scale[scale < 1e-9] = 1.0  # what is the same everywhere is another intercept, which the ridge keeps apart
    x = x / scale
    scores = np.zeros(len(y))
    for fold in np.unique(folds):
        train, test = folds != fold, folds == fold
        weights = np.zeros(x.shape[1])
        with quiet():
            for _ in range(50):
                chance = 1.0 / (1.0 + np.exp(-x[train] @ weights))
                inside = (x[train].T * (chance * (1.0 - chance))) @ x[train] + 1e-3 * np.eye(x.shape[1])
                step = np.clip(np.linalg.solve(inside, x[train].T @ (y[train] - chance) - 1e-3 * weights), -2.0, 2.0)
                weights = weights + step
                if np.abs(step).max() < 1e-7:
                    break
            chance = np.clip(1.0 / (1.0 + np.exp(-x[test] @ weights)), 1e-6, 1.0 - 1e-6)
        scores[test] = np.log(np.where(y[test] > 0.5, chance, 1.0 - chance))
    return scores

"""Stacking: the mixture of forecasts with the best score."""

from __future__ import annotations

from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import numpy_warnings_off


def mixture_weights(shares: Any, rounds: int = 400) -> Any:
    """Return non-negative weights with sum 1 that maximise the mean log of the weighted sum of columns.

    The problem is concave. The steps are those of expectation maximisation, which never leave the simplex.

    Args:
        shares: the probability given to the option chosen, one row a decision, one column a forecaster.
        rounds: steps at most.
    """
    shares = np.asarray(shares, dtype=float)
    weights = np.full(shares.shape[1], 1.0 / shares.shape[1])
    if not len(shares):
        return weights
    with numpy_warnings_off():
        for _ in range(rounds):
            gain = (shares / np.maximum(shares @ weights, 1e-12)[:, None]).mean(axis=0)
            updated = weights * gain
            updated = updated / updated.sum()
            if np.abs(updated - weights).max() < 1e-6:
                return updated
            weights = updated
    return weights


def stacked_mixture(shares: Any, folds: Any) -> tuple[list[float], float]:
    """Return the weights fitted on all decisions, and the mean log score of mixtures fitted without the scored fold.

    Args:
        shares: the probability given to the option chosen, one row a decision, one column a forecaster.
        folds: the number of each decision's fold.
    """
    shares, folds = np.asarray(shares, dtype=float), np.asarray(folds)
    scores = np.zeros(len(shares))
    for fold in np.unique(folds):
        out = folds == fold
        weights = mixture_weights(shares[~out]) if (~out).any() else mixture_weights(shares[:0])
        scores[out] = np.log(np.maximum(shares[out] @ weights, 1e-12))
    return [float(weight) for weight in mixture_weights(shares)], float(scores.mean())

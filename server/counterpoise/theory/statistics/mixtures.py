"""Stacking: the mixture of forecasts that would have scored best."""

from __future__ import annotations

from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import quiet


def mixture_weights(shares: Any, rounds: int = 400) -> Any:
    """Return weights, none below 0 and summing to 1, that maximise the mean log of the weighted sum of columns.

    The problem is concave, and the steps are those of expectation maximisation, which never leave the simplex.

    Args:
        shares: probability of what happened, one row a decision, one column a forecaster.
        rounds: steps at most.
    """
    shares = np.asarray(shares, dtype=float)
    weights = np.full(shares.shape[1], 1.0 / shares.shape[1])
    if not len(shares):
        return weights
    with quiet():
        for _ in range(rounds):
            gain = (shares / np.maximum(shares @ weights, 1e-12)[:, None]).mean(axis=0)
            updated = weights * gain
            updated = updated / updated.sum()
            if np.abs(updated - weights).max() < 1e-6:
                return updated
            weights = updated
    return weights

"""Evidence that accrues: e-values of bets on forecasts, which may be watched at any time and stopped whenever one likes.

A forecast written down before a choice is a bet (Shafer 2021, *JRSS A* 184, pp. 407-431). Whoever backs one forecast against
another multiplies his money by the ratio of the probabilities that the two gave to the choice. If the other forecast is true,
the money is not expected to grow, and by Ville's inequality it ever reaches 20 times its start with a chance of at most one in
twenty (Ramdas, Grünwald, Vovk & Shafer 2023, *Statistical Science* 38, pp. 576-601). So neither the number of looks nor the
moment of stopping matters, there is no smallest sample, and the results of sessions multiply.

The packages ``confseq`` and ``comparecast`` compute parts of this. They are not used: their last releases are of January and
October 2023, ``comparecast`` needs ``confseq``, and that has to be compiled with Boost. The tests hold this module to the
values that confseq's own tests have.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import exp, fsum, log
from typing import Any

import numpy as np

from counterpoise.theory.statistics.distributions import log_lower_gamma_ratio

ALPHA = 0.05
"""The error that a confidence sequence allows over all time, half of it on each side."""
SPREAD = 2.0
"""The sum of squared surprises at which the boundary is tightest: some ten steps of a class game (chosen)."""
NEWTON_STEPS = 7
NUDGE = 1e-5


def merged(logs: Sequence[float], weights: Sequence[float]) -> float:
    """Return the logarithm of the weighted mean of e-values, given their logarithms; 0 without any.

    The mean is an e-value however its parts depend on each other, if the weights are known before the choices (Vovk & Wang 2021,
    *Annals of Statistics* 49, pp. 1736-1754). Choices of one window depend on each other, so they are merged so.

    Args:
        logs: the logarithms of the e-values.
        weights: one weight for each, at least 0; if none is above 0 all weigh the same.
    """
    if len(logs) < 2:
        return logs[0] if logs else 0.0
    whole = fsum(weights)
    shares = [weight / whole for weight in weights] if whole > 0.0 else [1.0 / len(logs)] * len(logs)
    best = max(logs)
    return best + log(fsum(share * exp(value - best) for share, value in zip(shares, logs, strict=True)))


def betting_process(steps: Sequence[Sequence[float]], weights: Sequence[Sequence[float]]) -> list[float]:
    """Return the logarithm of an e-process after each step: within a step e-values are merged, steps multiply.

    Args:
        steps: for each step, such as the windows of one session after those of another, the log-ratios of its choices.
        weights: of the choices of each step.
    """
    return list(accumulate(merged(*step) for step in zip(steps, weights, strict=True)))


def mixed(processes: Sequence[Sequence[float]]) -> list[float]:
    """Return the logarithm of the mean of e-processes after each step, given their logarithms.

    The mean bets the same part of the money on each. It is an e-process too, and it gains almost what the best of them gains.
    """
    return [merged(step, [1.0] * len(step)) for step in zip(*processes, strict=True)]


def best_rho(spread: float, alpha: float) -> float:
    """Return the parameter of the mixture whose one-sided boundary is tightest at a sum of squares (Howard et al. 2021, 3.5)."""
    odds = 2.0 * log(1.0 / (2.0 * alpha))
    return spread / (odds + log(1.0 + odds))


def log_mixture(sums: Any, squares: Any, rho: float, scale: float) -> Any:
    """Return the logarithm of the gamma-exponential mixture, an e-process for the claim that the mean is at most 0.

    Howard, Ramdas, McAuliffe & Sekhon (2021), *Annals of Statistics* 49, pp. 1055-1080, proposition 9. With y = 1 - c x it is the
    mean of exp(x s - v (-log y - c x) / c²) over a gamma density of y, cut off at 1.

    Args:
        sums: s, the sums of the observations.
        squares: v, the sums of the squared surprises.
        rho: the parameter of the mixture, above 0.
        scale: c, above 0: no observation lies further than this below the forecast of it.
    """
    s, v = np.asarray(sums, dtype=float), np.asarray(squares, dtype=float)
    start, shape, rate = rho / scale**2, (v + rho) / scale**2, (scale * s + v + rho) / scale**2
    return log_lower_gamma_ratio(shape, rate) - log_lower_gamma_ratio(start, start)


def boundary(squares: Any, alpha: float, rho: float, scale: float) -> Any:
    """Return the sum that a mean of at most 0 ever passes with a chance of at most ``alpha``, for each sum of squares."""
    v = np.asarray(squares, dtype=float)
    target = log(1.0 / alpha)
    reach = target + np.log1p(v / rho) / 2.0 + 2.0
    found = np.sqrt(2.0 * (v + rho) * reach) + scale * reach
    while (log_mixture(found, v, rho, scale) < target).any():
        found = found * 2.0
    # The mixture is convex in the sum: Newton's steps from above, with a slope a little too steep, never pass the boundary.
    for _ in range(NEWTON_STEPS):
        here, beside = log_mixture(np.stack([found, found + NUDGE]), v, rho, scale)
        found = found - np.maximum(here - target, 0.0) * NUDGE / (beside - here)
    return found


class ScoreComparisons:
    """Comparisons of two forecasters' mean scores after each step, each valid at all times together.

    Choe & Ramdas (2024), *Operations Research* 72, pp. 1368-1387: the empirical Bernstein confidence sequence, and the
    e-processes that belong to it. What is estimated is the mean, over the steps so far, of the
    difference that was to be expected before each step. Neither forecaster has to be right, and nothing is assumed about
    how the world changes. The e-processes test the weak null of one forecaster being no better than the other on average
    (Henzi & Ziegel 2022, *Biometrika* 109, pp. 647-663, test the strong one, at every step).

    Args:
        differences: for each comparison, the score of the one less that of the other at each step, in [-1, 1].
        alpha: the error over all time.
    """

    def __init__(self, differences: Sequence[Sequence[float]], alpha: float = ALPHA) -> None:
        values = np.array(differences, dtype=float)
        if values.size and float(np.abs(values).max()) > 1.0 + 1e-9:
            raise ValueError(
                f"differences of scores lie in [-1, 1], got {float(values.flat[np.abs(values).argmax()]):g}: divide them by the "
                "largest possible difference"
            )
        scale, steps = 2.0, np.arange(1, values.shape[1] + 1)
        sums = np.cumsum(values, axis=1)
        earlier = np.zeros(values.shape)
        earlier[:, 1:] = (sums / steps)[:, :-1]
        squares = np.cumsum((values - earlier) ** 2, axis=1)
        rho = best_rho(SPREAD, alpha / 2.0)
        width = boundary(squares, alpha / 2.0, rho, scale) / steps if values.size else values
        self.low: list[list[float]] = np.maximum(-1.0, sums / steps - width).tolist()
        """The lower end of each confidence sequence after each step."""
        self.high: list[list[float]] = np.minimum(1.0, sums / steps + width).tolist()
        """The upper end."""
        self.log_better: list[list[float]] = log_mixture(sums, squares, rho, scale).tolist()
        """The logarithm of the e-process against the claim that the one forecaster is no better than the other."""
        self.log_worse: list[list[float]] = log_mixture(-sums, squares, rho, scale).tolist()
        """The same with the two exchanged."""

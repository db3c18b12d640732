"""Intervals of simulated figures, by resampling whole games, and of published figures, from the printed counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, log
from statistics import NormalDist

import numpy as np
from scipy.stats import beta, gamma

Sample = np.ndarray
Reduce = Callable[[Sample], float]

TAIL = 0.025
DRAWS = 400
NORMAL = NormalDist()


def clustered(games: Sequence[Sample], reduce: Reduce) -> tuple[float, float, float]:
    """Return a statistic of all games' observations and its percentile interval, from games resampled with replacement.

    Observations of one game are not independent, so the game is the unit. NaN without observations.
    """
    kept = [game for game in games if len(game)]
    if not kept:
        return float("nan"), float("nan"), float("nan")
    dice = np.random.default_rng(1955)
    drawn = [
        reduce(np.concatenate([kept[place] for place in dice.integers(0, len(kept), len(kept))])) for _ in range(DRAWS)
    ]
    low, high = np.nanquantile(drawn, (TAIL, 1.0 - TAIL))
    return reduce(np.concatenate(kept)), float(low), float(high)


def mean(sample: Sample) -> float:
    """Return the mean; of zeros and ones it is a share."""
    return float(sample.mean())


def quantile(share: float) -> Reduce:
    """Return a function that computes this quantile of the observations."""
    return lambda sample: float(np.quantile(sample, share))


def contest_exponent(sample: Sample) -> float:
    """Return m of a^m / (a^m + b^m), by maximum likelihood.

    Args:
        sample: rows of the log of the attackers' power over the defenders', and whether the attackers won.
    """
    x, won = sample[:, 0], sample[:, 1]
    m = 0.0
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-np.clip(m * x, -30.0, 30.0)))
        curvature = float((x * x * p * (1.0 - p)).sum())
        if curvature < 1e-9:
            break
        step = float((x * (won - p)).sum()) / curvature
        m += step
        if abs(step) < 1e-8:
            break
    return m


def binomial(count: int, of: int) -> tuple[float, float, float]:
    """Return a share in per cent with its exact interval (Clopper & Pearson 1934)."""
    low = float(beta.ppf(TAIL, count, of - count + 1)) if count else 0.0
    high = float(beta.ppf(1.0 - TAIL, count + 1, of - count)) if count < of else 1.0
    return 100.0 * count / of, 100.0 * low, 100.0 * high


def share(per_cent: float, of: int) -> tuple[float, float, float]:
    """Return a published share with the exact interval of its count."""
    _, low, high = binomial(round(per_cent * of / 100.0), of)
    return per_cent, low, high


def poisson(count: int, over: float) -> tuple[float, float, float]:
    """Return a rate with its exact interval (Garwood 1936)."""
    low = float(gamma.ppf(TAIL, count)) if count else 0.0
    return count / over, low / over, float(gamma.ppf(1.0 - TAIL, count + 1)) / over


def order_statistic(at: float, of: int, known: dict[float, float]) -> tuple[float, float, float]:
    """Return a published quantile with its interval for this number of observations.

    Args:
        at: the share of the quantile, in (0, 1); one of the known shares.
        of: the number of observations.
        known: the published quantiles in days, by share; between them the days are taken as lognormal.
    """
    half = -NORMAL.inv_cdf(TAIL) * (at * (1.0 - at) / of) ** 0.5
    return known[at], _between(at - half, known), _between(at + half, known)


def _between(at: float, known: dict[float, float]) -> float:
    """Return the quantile at a share, interpolated between known quantiles: log days linear in the normal quantile."""
    xs = [NORMAL.inv_cdf(share) for share in sorted(known)]
    ys = [log(known[share]) for share in sorted(known)]
    x = NORMAL.inv_cdf(at)
    place = min(max(sum(1 for known_x in xs if known_x <= x) - 1, 0), len(xs) - 2)
    slope = (ys[place + 1] - ys[place]) / (xs[place + 1] - xs[place])
    return exp(ys[place] + slope * (x - xs[place]))

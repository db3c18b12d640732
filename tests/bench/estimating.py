"""Intervals: of ours by drawing whole games anew, of the published ones from what their sources print."""

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
    """Return a statistic of all games' observations and its percentile interval, games drawn anew with replacement.

    What happens within a game hangs together, so the game is the unit; NaN where there is nothing to reduce.
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
    """Return the mean: a share where the observations are yes and no."""
    return float(sample.mean())


def quantile(share: float) -> Reduce:
    """Return what finds the value below which this share of the observations lies."""
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
    """Return a published share with the exact interval of the count it stands for."""
    _, low, high = binomial(round(per_cent * of / 100.0), of)
    return per_cent, low, high


def poisson(count: int, over: float) -> tuple[float, float, float]:
    """Return a rate with its exact interval (Garwood 1936)."""
    low = float(gamma.ppf(TAIL, count)) if count else 0.0
    return count / over, low / over, float(gamma.ppf(1.0 - TAIL, count + 1)) / over


def order_statistic(at: float, of: int, known: dict[float, float]) -> tuple[float, float, float]:
    """Return a published quantile with the interval that so many observations leave it.

    Args:
        at: which quantile, in (0, 1); one of those known.
        of: the number of observations.
        known: the published quantiles in days, by share; between them days are taken as lognormal.
    """
    half = -NORMAL.inv_cdf(TAIL) * (at * (1.0 - at) / of) ** 0.5
    return known[at], _between(at - half, known), _between(at + half, known)


def _between(at: float, known: dict[float, float]) -> float:
    """Return the quantile at a share, by straight lines between the known ones on normal paper with logged days."""
    xs = [NORMAL.inv_cdf(share) for share in sorted(known)]
    ys = [log(known[share]) for share in sorted(known)]
    x = NORMAL.inv_cdf(at)
    place = min(max(sum(1 for known_x in xs if known_x <= x) - 1, 0), len(xs) - 2)
    slope = (ys[place + 1] - ys[place]) / (xs[place + 1] - xs[place])
    return exp(ys[place] + slope * (x - xs[place]))

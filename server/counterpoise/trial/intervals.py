"""95 % intervals of rates."""

from __future__ import annotations

from math import sqrt

from counterpoise.theory.statistics.shares import Z


def rate_interval(cases: int, exposure: float) -> tuple[float, float]:
    """Return the interval of a rate by Byar's approximation to the exact limits of a Poisson count (Breslow & Day 1987, p. 69).

    Wars and coups come in bursts, so that the true interval is wider.

    Args:
        cases: the count over all games.
        exposure: games, years or state-years in which they were counted, above 0.
    """
    low = 0.0
    if cases:
        low = cases * (1.0 - 1.0 / (9.0 * cases) - Z / (3.0 * sqrt(cases))) ** 3
    more = cases + 1.0
    high = more * (1.0 - 1.0 / (9.0 * more) + Z / (3.0 * sqrt(more))) ** 3
    return max(0.0, low) / exposure, high / exposure

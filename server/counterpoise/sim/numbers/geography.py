"""Distances between capitals, the proximity of states and the reach of their forces."""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, exp, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0
OUTSIDE_REACH = 3.0
"""Factor on the distance over which the force of outside powers fades: they have lift (theory 3.2)."""
ADJACENT = (1, 2, 3)
"""The CoW types of contiguity that count as next door: by land, or within 24 miles of water."""


def great_circle_km(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Return the distance over the earth's surface in km, quantised to 0.1 km."""
    phi_a, phi_b = radians(latitude_a), radians(latitude_b)
    half = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(radians(longitude_b - longitude_a) / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half))), 1)


def proximity(km: float, contiguity: int, scale_km: float) -> float:
    """Return g in (0, 1]: 1 for states that border by land or within 24 sea miles, else exp(-km / L).

    Args:
        km: the distance between the capitals.
        contiguity: the CoW type of contiguity, 0 for none.
        scale_km: L, the scenario's distance scale.
    """
    return 1.0 if contiguity in ADJACENT else exp(-km / scale_km)


@lru_cache(maxsize=100_000)
def reach(km: float, contiguity: int, scale_km: float, *, outside: bool) -> float:
    """Return the share of a state's force that is left after the distance to another's ground, in (0, 1].

    Force loses strength with distance (Boulding 1962, in the exponential form), that of outside powers more slowly. Cached,
    because trade and wars ask it of the same pairs month after month.

    Args:
        km: the distance between the capitals.
        contiguity: the CoW type of contiguity, 0 for none.
        scale_km: L, the scenario's distance scale.
        outside: whether the state whose force it is is an outside power; its L is three times as long.
    """
    return proximity(km, contiguity, scale_km * OUTSIDE_REACH if outside else scale_km)

"""Distances between capitals and the proximity of states."""

from __future__ import annotations

from math import asin, cos, exp, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0
OUTSIDE_REACH = 3.0
"""Factor on the distance scale of outside powers, which have lift (theory 3.2)."""


def great_circle_km(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Return the distance over the earth's surface in km, quantised to 0.1 km."""
    phi_a, phi_b = radians(latitude_a), radians(latitude_b)
    half = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(radians(longitude_b - longitude_a) / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half))), 1)


def proximity(km: float, contiguity: int, scale_km: float, *, outside: bool) -> float:
    """Return g in (0, 1]: 1 for states that border by land or within 24 sea miles, else exp(-km / L).

    Args:
        km: the distance between the capitals.
        contiguity: the CoW type of contiguity, 0 for none.
        scale_km: L, the scenario's distance scale.
        outside: whether the other state is an outside power; its L is three times as long.
    """
    if contiguity in (1, 2, 3):
        return 1.0
    return exp(-km / (scale_km * OUTSIDE_REACH if outside else scale_km))

"""The growth of a state's six components between the scenario's waypoints."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import exp, log

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.scenario import Waypoint


def components_at(waypoints: Sequence[Waypoint], tick: int) -> tuple[float, ...]:
    """Return the components at a tick: log-linear between waypoints, constant before the first and after the last.

    The path is linear where one of the two values is zero.
    """
    later = bisect_right([point.tick for point in waypoints], tick)
    if later == 0:
        return waypoints[0].components
    if later == len(waypoints):
        return waypoints[-1].components
    before, after = waypoints[later - 1], waypoints[later]
    share = (tick - before.tick) / (after.tick - before.tick)
    return tuple(_interpolate(a, b, share) for a, b in zip(before.components, after.components, strict=True))


def _interpolate(a: float, b: float, share: float) -> float:
    if a > 0 and b > 0:
        return quantised(exp(log(a) + share * (log(b) - log(a))))
    return quantised(a + share * (b - a))

"""The power and offensive capability of the existing states."""

from __future__ import annotations

from bisect import bisect_left
from math import fsum, log
from operator import attrgetter, truediv
from typing import Any

from counterpoise.sim.numbers.rounding import rounded
from counterpoise.sim.scenario import COMPONENTS
from counterpoise.sim.types import Posture
from counterpoise.sim.world import Actor, World

MILEX, MILPER, TPOP = COMPONENTS.index("milex"), COMPONENTS.index("milper"), COMPONENTS.index("tpop")
POSTURE_SHIFT: dict[Posture, float] = {"defensive": -0.2, "balanced": 0.0, "offensive": 0.2}
"""Effect of posture on the share of forces fit to strike (theory 3.3)."""
STRIKE_WEIGHT, MILITARISATION_WEIGHT, LIFT_WEIGHT = 0.5, 0.3, 0.2
OCCUPATION_LOSS = 0.5
"""Share of its capabilities that a wholly occupied state cannot use; it moves the rest of forces and industry (0.3-0.8)."""
FACTOR_MIN, FACTOR_MAX = 0.2, 3.0
"""Bounds of a state's capability factor."""
SMALLEST_SHARE = 1e-6
"""Replaces a share of zero where a logarithm is taken."""
_forces_of = attrgetter("active", "components", "occupied", "posture", "offensive_share", "lift", "power", "offense")


def clip(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """Return ``value`` limited to [low, high]."""
    if value < low:
        return low
    return high if value > high else value


def refresh(world: World) -> None:
    """Recompute every state's power and offensive capability.

    Power is the Composite Index of National Capability over the active states: the mean of a state's shares of the six
    components (Singer, Bremer & Stuckey 1972). A component that no state has is left out, so that power still sums to one.
    """
    # Most calls come once a month from the treasury, and in most months nothing has changed.
    if world.forces == _forces(world):
        return
    active = list(world.active())
    usable = [usable_components(actor) for actor in active]
    totals = _totals(usable)
    counted = len([total for total in totals if total > 0])
    # Dividing a component that no state has by 1 adds exact zeros to the sums of shares.
    divisors = [total if total > 0 else 1.0 for total in totals]
    for actor in world.actors.values():
        actor.power = actor.offense = 0.0
    if counted:
        powers = [fsum(map(truediv, components, divisors)) / counted for components in usable]
        for actor, share in zip(active, rounded(powers, 9), strict=True):
            actor.power = share
    _refresh_offense(active, totals)
    world.forces = _forces(world)


def _forces(world: World) -> list[tuple[Any, ...]]:
    """Return all that ``refresh`` reads and writes."""
    return [_forces_of(actor) for actor in world.actors.values()]


def _refresh_offense(active: list[Actor], totals: list[float]) -> None:
    """Set O_j = clip(0.5 strike share + 0.3 rank of militarisation + 0.2 lift) (theory 3.3)."""
    # Rounded, so that a last bit in which two machines differ does not rank two states.
    levels = rounded([log(militarisation(actor, totals)) for actor in active], 6)
    ascending = sorted(levels)
    offenses = []
    for actor, level in zip(active, levels, strict=True):
        below = bisect_left(ascending, level)
        rank = below / (len(active) - 1) if len(active) > 1 else 0.5
        strike = clip(actor.offensive_share + POSTURE_SHIFT[actor.posture])
        offenses.append(clip(STRIKE_WEIGHT * strike + MILITARISATION_WEIGHT * rank + LIFT_WEIGHT * actor.lift))
    for actor, offense in zip(active, rounded(offenses, 6), strict=True):
        actor.offense = offense


def usable_components(actor: Actor) -> tuple[float, ...]:
    """Return a state's components without the part lost to foreign occupation."""
    if actor.occupied == 0.0:
        return actor.components
    left = 1.0 - OCCUPATION_LOSS * actor.occupied
    return tuple(value * left for value in actor.components)


def component_totals(world: World) -> list[float]:
    """Return the active states' sum of each component."""
    return _totals([actor.components for actor in world.active()])


def _totals(components: list[tuple[float, ...]]) -> list[float]:
    return [fsum(column) for column in zip(*components, strict=True)] or [0.0] * len(COMPONENTS)


def militarisation(actor: Actor, totals: list[float]) -> float:
    """Return a state's share of all military personnel divided by its share of the total population."""
    return _share(actor, totals, MILPER) / _share(actor, totals, TPOP)


def capital_intensity(actor: Actor, totals: list[float]) -> float:
    """Return a state's share of all military expenditure divided by its share of all military personnel."""
    return _share(actor, totals, MILEX) / _share(actor, totals, MILPER)


def multiply_forces(components: tuple[float, ...], factor: float) -> tuple[float, ...]:
    """Return components with military expenditure and personnel multiplied; population and industry do not change."""
    return tuple(value * factor if place in (MILEX, MILPER) else value for place, value in enumerate(components))


def multiply_capability(actor: Actor, by: float) -> None:
    """Multiply a state's forces, now and on its growth path, within bounds; the caller must run ``refresh`` afterwards."""
    changed = clip(actor.capability_factor * by, FACTOR_MIN, FACTOR_MAX)
    actor.components = multiply_forces(actor.components, changed / actor.capability_factor)
    actor.capability_factor = round(changed, 9)


def _share(actor: Actor, totals: list[float], component: int) -> float:
    total = totals[component]
    share = actor.components[component] / total if total > 0 else 0.0
    return share if share > SMALLEST_SHARE else SMALLEST_SHARE

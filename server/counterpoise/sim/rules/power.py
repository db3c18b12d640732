"""The power and offensive capability of the existing states."""

from __future__ import annotations

from bisect import bisect_left
from math import fsum, log

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
    active = list(world.active())
    usable = {actor.id: usable_components(actor) for actor in active}
    totals = [fsum(usable[actor.id][i] for actor in active) for i in range(len(COMPONENTS))]
    counted = [i for i, total in enumerate(totals) if total > 0]
    for actor in world.actors.values():
        actor.power = actor.offense = 0.0
    for actor in active:
        shares = [usable[actor.id][i] / totals[i] for i in counted]
        actor.power = round(fsum(shares) / len(shares), 9) if shares else 0.0
    _refresh_offense(active, totals)


def _refresh_offense(active: list[Actor], totals: list[float]) -> None:
    """Set O_j = clip(0.5 strike share + 0.3 rank of militarisation + 0.2 lift) (theory 3.3)."""
    level = {actor.id: round(log(militarisation(actor, totals)), 6) for actor in active}
    ascending = sorted(level.values())
    for actor in active:
        below = bisect_left(ascending, level[actor.id])
        rank = below / (len(active) - 1) if len(active) > 1 else 0.5
        strike = clip(actor.offensive_share + POSTURE_SHIFT[actor.posture])
        offense = STRIKE_WEIGHT * strike + MILITARISATION_WEIGHT * rank + LIFT_WEIGHT * actor.lift
        actor.offense = round(clip(offense), 6)


def usable_components(actor: Actor) -> tuple[float, ...]:
    """Return a state's components without the part lost to foreign occupation."""
    if actor.occupied == 0.0:
        return actor.components
    left = 1.0 - OCCUPATION_LOSS * actor.occupied
    return tuple(value * left for value in actor.components)


def component_totals(world: World) -> list[float]:
    """Return the active states' sum of each component."""
    active = list(world.active())
    return [fsum(actor.components[i] for actor in active) for i in range(len(COMPONENTS))]


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

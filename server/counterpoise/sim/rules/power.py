"""Power and offensive capability of the states that exist now."""

from __future__ import annotations

from math import fsum, log

from counterpoise.sim.scenario import COMPONENTS
from counterpoise.sim.types import Posture
from counterpoise.sim.world import Actor, World

MILEX, MILPER, TPOP = COMPONENTS.index("milex"), COMPONENTS.index("milper"), COMPONENTS.index("tpop")
POSTURE_SHIFT: dict[Posture, float] = {"defensive": -0.2, "balanced": 0.0, "offensive": 0.2}
"""What posture adds to the share of forces fit to strike (theory 3.3)."""
STRIKE_WEIGHT, MILITARISATION_WEIGHT, LIFT_WEIGHT = 0.5, 0.3, 0.2
OCCUPATION_LOSS = 0.5
"""Share of its capabilities that a state cannot use if all its land were occupied: forces and industry are moved (0.3-0.8)."""
FACTOR_MIN, FACTOR_MAX = 0.2, 3.0
"""Bounds of what play can do to a state's forces."""
SMALLEST_SHARE = 1e-6
"""Stands in for a share of zero where a logarithm is taken."""


def clip(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """Return ``value``, or the bound it passed."""
    return min(max(value, low), high)


def refresh(world: World) -> None:
    """Bring every state's power and offensive capability up to date.

    Power is the Composite Index of National Capability over the active states: the mean of their shares of the six
    components (Singer, Bremer & Stuckey 1972). A component nobody has is left out, so that the shares still sum to one.
    """
    active = list(world.active())
    held = {actor.id: usable_components(actor) for actor in active}
    totals = [fsum(held[actor.id][i] for actor in active) for i in range(len(COMPONENTS))]
    counted = [i for i, total in enumerate(totals) if total > 0]
    for actor in world.actors.values():
        actor.power = actor.offense = 0.0
    for actor in active:
        shares = [held[actor.id][i] / totals[i] for i in counted]
        actor.power = round(fsum(shares) / len(shares), 9) if shares else 0.0
    _refresh_offense(active, totals)


def _refresh_offense(active: list[Actor], totals: list[float]) -> None:
    """Set O_j = clip(0.5 strike share + 0.3 rank of militarisation + 0.2 lift) (theory 3.3)."""
    level = {actor.id: round(log(militarisation(actor, totals)), 6) for actor in active}
    for actor in active:
        below = len([1 for other in active if level[other.id] < level[actor.id]])
        rank = below / (len(active) - 1) if len(active) > 1 else 0.5
        strike = clip(actor.offensive_share + POSTURE_SHIFT[actor.posture])
        offense = STRIKE_WEIGHT * strike + MILITARISATION_WEIGHT * rank + LIFT_WEIGHT * actor.lift
        actor.offense = round(clip(offense), 6)


def usable_components(actor: Actor) -> tuple[float, ...]:
    """Return a state's components without what lies under foreign occupation."""
    if actor.occupied == 0.0:
        return actor.components
    left = 1.0 - OCCUPATION_LOSS * actor.occupied
    return tuple(value * left for value in actor.components)


def component_totals(world: World) -> list[float]:
    """Return what the active states have of each component together."""
    active = list(world.active())
    return [fsum(actor.components[i] for actor in active) for i in range(len(COMPONENTS))]


def militarisation(actor: Actor, totals: list[float]) -> float:
    """Return the state's share of all soldiers over its share of all people."""
    return _share(actor, totals, MILPER) / _share(actor, totals, TPOP)


def capital_intensity(actor: Actor, totals: list[float]) -> float:
    """Return the state's share of all military spending over its share of all soldiers."""
    return _share(actor, totals, MILEX) / _share(actor, totals, MILPER)


def multiply_forces(components: tuple[float, ...], factor: float) -> tuple[float, ...]:
    """Return components with military spending and personnel multiplied: what play changes; people and industry stay."""
    return tuple(value * factor if place in (MILEX, MILPER) else value for place, value in enumerate(components))


def multiply_capability(actor: Actor, by: float) -> None:
    """Multiply a state's forces by ``by``, within bounds, now and on its growth path; ``refresh`` must follow."""
    changed = clip(actor.capability_factor * by, FACTOR_MIN, FACTOR_MAX)
    actor.components = multiply_forces(actor.components, changed / actor.capability_factor)
    actor.capability_factor = round(changed, 9)


def _share(actor: Actor, totals: list[float], component: int) -> float:
    total = totals[component]
    return max(actor.components[component] / total, SMALLEST_SHARE) if total > 0 else SMALLEST_SHARE

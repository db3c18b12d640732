"""Growth: at every new year states move along the scenario's growth path, times their capability factor."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.move import Process, Stage
from counterpoise.sim.rules import power
from counterpoise.sim.rules.component_growth import components_at
from counterpoise.sim.scenario import ActorSpec, Scenario
from counterpoise.sim.timing import at_eve_of, new_years
from counterpoise.sim.world import Actor

RECOVERY = 0.10
"""Share of the distance to its growth path that a state recovers in a year (chosen)."""


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield the process."""
    yield _grow(stage, scenario)


def set_components(actor: Actor, spec: ActorSpec, tick: int) -> None:
    """Set a state's components to the scenario's at a tick, with its forces multiplied by its capability factor.

    The caller must run ``power.refresh`` afterwards.
    """
    actor.components = power.multiply_forces(components_at(spec.waypoints, tick), actor.capability_factor)


def _grow(stage: Stage, scenario: Scenario) -> Process:
    world = stage.world
    for tick in new_years(world.calendar, world.end):
        yield at_eve_of(stage, tick)
        for spec in scenario.actors:
            actor = world.actors[spec.id]
            actor.capability_factor = round(actor.capability_factor + RECOVERY * (1 - actor.capability_factor), 9)
            set_components(actor, spec, tick)
        power.refresh(world)

"""Growth: at every new year states move along the scenario's growth path, times their capability factor."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules import power
from counterpoise.sim.rules.component_growth import components_at
from counterpoise.sim.scenario import ActorSpec
from counterpoise.sim.timing import next_new_year, start_on_eve_of
from counterpoise.sim.world import Actor

RECOVERY = 0.10
"""Share of the distance to its growth path that a state recovers in a year (chosen)."""


def start(stage: Stage) -> None:
    """Start the process."""
    new_year = next_new_year(stage.world.calendar, stage.world.tick)
    if new_year < stage.world.end:
        start_on_eve_of(stage, new_year, "growth.grow", new_year)


def set_components(actor: Actor, spec: ActorSpec, tick: int) -> None:
    """Set a state's components to the scenario's at a tick, with its forces multiplied by its capability factor.

    The caller must run ``power.refresh`` afterwards.
    """
    actor.components = power.multiply_forces(components_at(spec.waypoints, tick), actor.capability_factor)


def _grow(stage: Stage, new_year: int) -> None:
    """Move every state along its growth path on the day before a new year."""
    world = stage.world
    for spec in stage.scenario.actors:
        actor = world.actors[spec.id]
        actor.capability_factor = round(actor.capability_factor + RECOVERY * (1 - actor.capability_factor), 9)
        set_components(actor, spec, new_year)
    power.refresh(world)
    following = next_new_year(world.calendar, new_year)
    if following < world.end:
        stage.schedule(following - 1, "growth.grow", following)


STEPS: Steps = {"grow": _grow}

"""Perception: states update their estimates of each other on the day before every window."""

from __future__ import annotations

from counterpoise.sim import appraisals
from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules import power_estimates
from counterpoise.sim.timing import next_window, start_on_eve_of


def start(stage: Stage) -> None:
    """Start the process. The first values are those before any order has been applied."""
    world = stage.world
    world.past_offense.append((world.tick, power_estimates.current_offense(world)))
    opening = next_window(world.calendar, world.tick)
    if opening < world.end:
        start_on_eve_of(stage, opening, "perception.update", opening)


def _update(stage: Stage, opening: int) -> None:
    """Update all estimates on the day before a window opens, from offensive capabilities that are a year old."""
    world = stage.world
    known = world.past_offense
    known.append((world.tick, power_estimates.current_offense(world)))
    while len(known) > 1 and known[1][0] <= world.tick - power_estimates.LAG_DAYS:
        known.pop(0)
    appraisals.form_errors(world)
    power_estimates.update_estimates(world, stage.stream(power_estimates.STREAM), known[0][1], errs=not stage.recorded)
    following = next_window(world.calendar, opening)
    if following < world.end:
        stage.schedule(following - 1, "perception.update", following)


STEPS: Steps = {"update": _update}

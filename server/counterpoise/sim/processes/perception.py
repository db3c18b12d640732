"""Perception: states update their estimates of each other on the day before every window."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from counterpoise.sim.move import Process, Stage
from counterpoise.sim.rules import estimates
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.timing import at_eve_of, window_openings
from counterpoise.sim.types import ActorId


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield the process."""
    # The values are read now. The process itself starts when the clock first moves, after the first orders have been applied.
    yield _update_every_window(stage, estimates.current_offense(stage.world))


def _update_every_window(stage: Stage, opening_offense: dict[ActorId, float]) -> Process:
    world = stage.world
    known: deque[tuple[int, dict[ActorId, float]]] = deque([(world.tick, opening_offense)])
    for tick in window_openings(world.calendar, world.end):
        yield at_eve_of(stage, tick)
        known.append((world.tick, estimates.current_offense(world)))
        while len(known) > 1 and known[1][0] <= world.tick - estimates.LAG_DAYS:
            known.popleft()
        estimates.update_estimates(world, stage.stream(estimates.STREAM), known[0][1], errs=not stage.recorded)

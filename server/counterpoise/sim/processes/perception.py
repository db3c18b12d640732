"""Perception: on the eve of every window states look at each other anew."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from counterpoise.sim.move import Process, Stage
from counterpoise.sim.rules import perception
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.timing import eve_of, openings
from counterpoise.sim.types import ActorId


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield the process."""
    # Taken now: a process begins only when the clock first moves, after the first orders have acted.
    yield _look(stage, perception.offense_now(stage.world))


def _look(stage: Stage, at_first: dict[ActorId, float]) -> Process:
    world = stage.world
    known: deque[tuple[int, dict[ActorId, float]]] = deque([(world.tick, at_first)])
    for tick in openings(world.calendar, world.end):
        yield eve_of(stage, tick)
        known.append((world.tick, perception.offense_now(world)))
        while len(known) > 1 and known[1][0] <= world.tick - perception.LAG_DAYS:
            known.popleft()
        perception.perceive(world, stage.stream(perception.STREAM), known[0][1], errs=not stage.recorded)

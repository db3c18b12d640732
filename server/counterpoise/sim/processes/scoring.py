"""Scoring: scores are updated at every new year and on the last day."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.move import Process, Stage
from counterpoise.sim.rules.scores import yearly_score
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.timing import at_eve_of, new_years
from counterpoise.sim.types import ActorId


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield the process."""
    yield _update_scores(stage)


def _update_scores(stage: Stage) -> Process:
    """Keep each actor's score as the mean of its yearly scores."""
    world = stage.world
    years: dict[ActorId, int] = dict.fromkeys(world.actors, 0)
    for tick in (*new_years(world.calendar, world.end), world.end):
        yield at_eve_of(stage, tick)
        for actor in world.active():
            years[actor.id] += 1
            gain = (yearly_score(world, actor) - world.scores[actor.id]) / years[actor.id]
            world.scores[actor.id] = round(world.scores[actor.id] + gain, 6)

"""Scoring: scores are updated at every new year and on the last day."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.scores import yearly_score
from counterpoise.sim.timing import next_new_year, start_on_eve_of


def start(stage: Stage) -> None:
    """Start the process."""
    world = stage.world
    due = min(next_new_year(world.calendar, world.tick), world.end)
    start_on_eve_of(stage, due, "scoring.update", due)


def _update(stage: Stage, due: int) -> None:
    """Keep each actor's score as the mean of its yearly scores."""
    world = stage.world
    for actor in world.active():
        years = world.scored_years[actor.id] = world.scored_years.get(actor.id, 0) + 1
        for scores, believed in ((world.scores, False), (world.seen_scores, True)):
            gain = (yearly_score(world, actor, believed=believed) - scores[actor.id]) / years
            scores[actor.id] = round(scores[actor.id] + gain, 6)
    if due < world.end:
        following = min(next_new_year(world.calendar, due), world.end)
        stage.schedule(following - 1, "scoring.update", following)


STEPS: Steps = {"update": _update}

"""Scoring: scores are updated at every new year and on the last day."""

from __future__ import annotations

from dataclasses import fields

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.scores import is_undeceived, yearly_parts
from counterpoise.sim.score_parts import ScoreParts
from counterpoise.sim.timing import next_new_year, start_on_eve_of

PARTS = [field.name for field in fields(ScoreParts)]


def start(stage: Stage) -> None:
    """Start the process."""
    world = stage.world
    due = min(next_new_year(world.calendar, world.tick), world.end)
    start_on_eve_of(stage, due, "scoring.update", due)


def _update(stage: Stage, due: int) -> None:
    """Keep each part of each actor's score as the mean of its years, and the score as their sum."""
    world = stage.world
    for actor in world.active():
        years = world.scored_years[actor.id] = world.scored_years.get(actor.id, 0) + 1
        true = yearly_parts(world, actor)
        # Most states are deceived about nothing in most years, and a score takes long to work out.
        seen = true if is_undeceived(world, actor.id) else yearly_parts(world, actor, believed=True)
        for scores, parts, year in (
            (world.scores, world.score_parts, true),
            (world.seen_scores, world.seen_score_parts, seen),
        ):
            mean = parts[actor.id] = _mean(parts[actor.id], year, years)
            scores[actor.id] = mean.total
    if due < world.end:
        following = min(next_new_year(world.calendar, due), world.end)
        stage.schedule(following - 1, "scoring.update", following)


def _mean(before: ScoreParts, year: ScoreParts, years: int) -> ScoreParts:
    """Return the mean of a number of years from the mean of all but the last and the last."""
    pairs = ((getattr(before, part), getattr(year, part)) for part in PARTS)
    return ScoreParts(*(quantised(mean + (new - mean) / years) for mean, new in pairs))


STEPS: Steps = {"update": _update}

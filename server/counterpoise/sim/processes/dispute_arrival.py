"""Arrival of disputes that no seat started, by the published hazard."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from math import expm1

from counterpoise.sim.chance import happens_with_bound, pick, whole_number
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.dispute_hazard import DisputeHazards, issue_probabilities
from counterpoise.sim.rules.legality import crisis_between
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.timing import at_tick, month_starts
from counterpoise.sim.world import Dyad

MONTH_DAYS = 30


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield the process, unless the scenario's dispute rate is 0."""
    if scenario.dispute_rate > 0:
        yield _draw_disputes(stage, scenario.dispute_rate)


def _draw_disputes(stage: Stage, rate: float) -> Process:
    """Draw every month for every pair whether a dispute arrives, and on which day of the month."""
    world = stage.world
    stream = stage.stream("dispute_arrival")
    for tick in (0, *month_starts(world.calendar, world.end)):
        yield at_tick(stage, tick)
        if stage.recorded:  # the record holds all disputes
            continue
        hazards = DisputeHazards(world)
        bounds = {
            actor.id: _monthly_probability(hazards.annual_hazard_bound(actor.id) * rate) for actor in world.active()
        }
        for dyad in hazards.dyads():
            if happens_with_bound(stream, bounds[dyad.other], partial(_dispute_probability, hazards, dyad, rate)):
                stage.start(_open_dispute(stage, dyad, whole_number(stream, 0, MONTH_DAYS - 1)))


def _dispute_probability(hazards: DisputeHazards, dyad: Dyad, rate: float) -> float:
    return _monthly_probability(hazards.annual_hazard(dyad) * rate)


def _monthly_probability(hazard: float) -> float:
    """Return the probability that an event with this yearly hazard happens within a month."""
    return -expm1(-hazard / 12)


def _open_dispute(stage: Stage, dyad: Dyad, days: int) -> Process:
    """Open the crisis on its day, unless the two fight in one war, have another crisis, or one no longer exists."""
    yield stage.env.timeout(days)
    world, initiator, target = stage.world, dyad.other, dyad.observer
    existing = world.actors[initiator].active and world.actors[target].active
    fighting = any(target in war.parties for war in world.wars_of(initiator))
    if existing and not fighting and crisis_between(world, initiator, target) is None:
        aim = pick(stage.stream(f"issue/{initiator}-{target}"), issue_probabilities(dyad))
        crisis.begin(stage, initiator, target, aim)

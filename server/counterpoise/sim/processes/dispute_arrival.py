"""Arrival of disputes that no seat started, by the published hazard."""

from __future__ import annotations

from math import expm1

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import pick, places_that_happen, whole_number
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.conflict.dispute_hazard import DisputeHazards, issue_probabilities
from counterpoise.sim.rules.relevant_pairs import relevant_pairs
from counterpoise.sim.timing import repeat_monthly
from counterpoise.sim.types import ActorId

MONTH_DAYS = 30


def start(stage: Stage) -> None:
    """Start the process, unless the scenario's dispute rate is 0."""
    if stage.scenario.dispute_rate > 0:
        stage.start_at(stage.world.tick, "dispute_arrival.run_month")


def _run_month(stage: Stage) -> None:
    if not stage.recorded:  # the record holds all disputes
        _draw_disputes(stage, stage.scenario.dispute_rate)
    repeat_monthly(stage, "dispute_arrival.run_month")


def _draw_disputes(stage: Stage, rate: float) -> None:
    """Draw for every pair whether a dispute arrives this month, and on which day."""
    world, stream = stage.world, stage.stream("dispute_arrival")
    hazards, dyads = DisputeHazards(world), relevant_pairs(world)
    bounds = {actor.id: _monthly_probability(hazards.annual_hazard_bound(actor.id) * rate) for actor in world.active()}

    def probability(place: int) -> float:
        return _monthly_probability(hazards.annual_hazard(dyads[place]) * rate)

    for place in places_that_happen(stream, [bounds[dyad.other] for dyad in dyads], probability):
        day = world.tick + whole_number(stream, 0, MONTH_DAYS - 1)
        stage.start_at(day, "dispute_arrival.open_dispute", dyads[place].other, dyads[place].observer)


def _monthly_probability(hazard: float) -> float:
    """Return the probability that an event with this yearly hazard happens within a month."""
    return -expm1(-hazard / 12)


def _open_dispute(stage: Stage, initiator: ActorId, target: ActorId) -> None:
    """Open the crisis on its day, unless the two fight in one war, have another crisis, or one no longer exists."""
    world = stage.world
    existing = world.actors[initiator].active and world.actors[target].active
    fighting = any(target in war.parties for war in world.wars_of(initiator))
    if existing and not fighting and world.crisis_between(initiator, target) is None:
        aim = pick(stage.stream(f"issue/{initiator}-{target}"), issue_probabilities(world.dyad(target, initiator)))
        crisis.begin(stage, initiator, target, aim)


STEPS: Steps = {"run_month": _run_month, "open_dispute": _open_dispute}

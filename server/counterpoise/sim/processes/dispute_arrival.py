"""Arrival of disputes: quarrels that come about though no seat asked for them, by the published hazard."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from math import expm1

from counterpoise.sim.chance import happens_at_most, pick, whole
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.dispute_hazard import Hazards, issues
from counterpoise.sim.rules.legality import crisis_between
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.timing import months, until
from counterpoise.sim.world import Dyad

MONTH_DAYS = 30


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield the process, unless the scenario wants no disputes but the seats' own."""
    if scenario.dispute_rate > 0:
        yield _thin(stage, scenario.dispute_rate)


def _thin(stage: Stage, rate: float) -> Process:
    """Ask of every pair, month by month, whether a dispute comes, and on which of its days."""
    world = stage.world
    stream = stage.stream("dispute_arrival")
    for tick in (0, *months(world.calendar, world.end)):
        yield until(stage, tick)
        if stage.recorded:  # it holds all there were
            continue
        hazards = Hazards(world)
        most = {actor.id: _in_a_month(hazards.ceiling(actor.id) * rate) for actor in world.active()}
        for dyad in hazards.dyads():
            if happens_at_most(stream, most[dyad.other], partial(_chance, hazards, dyad, rate)):
                stage.start(_break_out(stage, dyad, whole(stream, 0, MONTH_DAYS - 1)))


def _chance(hazards: Hazards, dyad: Dyad, rate: float) -> float:
    return _in_a_month(hazards.annual(dyad) * rate)


def _in_a_month(hazard: float) -> float:
    """Return the chance that something of this yearly hazard happens within a month."""
    return -expm1(-hazard / 12)


def _break_out(stage: Stage, dyad: Dyad, days: int) -> Process:
    """Open the crisis on its day, unless a war they are both in, another crisis or the end of a state has overtaken it."""
    yield stage.env.timeout(days)
    world, initiator, target = stage.world, dyad.other, dyad.observer
    existing = world.actors[initiator].active and world.actors[target].active
    fighting = any(target in war.parties for war in world.wars_of(initiator))
    if existing and not fighting and crisis_between(world, initiator, target) is None:
        aim = pick(stage.stream(f"issue/{initiator}-{target}"), issues(dyad))
        crisis.begin(stage, initiator, target, aim)

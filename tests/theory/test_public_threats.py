"""Fears that anyone can tell: they change with what all have seen, and with nothing that is secret."""

from __future__ import annotations

from copy import deepcopy

from counterpoise.sim.engine import Simulation
from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.public_threats import LEAST, MOST, public_fears

ARD, BEL, COR = (ActorId(state) for state in ("ARD", "BEL", "COR"))


def world_of(checkerboard: str) -> World:
    return Simulation(parse_scenario(checkerboard, "checkerboard"), seed="1").world


def test_disputes_of_a_neighbour_are_feared_by_the_state_that_suffers_them(checkerboard: str) -> None:
    world = world_of(checkerboard)
    world.dyads[ARD, BEL].hostility = DecayingSum(9.0, world.tick)
    assert (BEL, ARD) in [(fear.of, fear.by) for fear in public_fears(world)]
    world.dyads[ARD, BEL].hostility = DecayingSum(0.0, world.tick)
    world.dyads[ARD, BEL].rivalry = False
    assert (BEL, ARD) not in [(fear.of, fear.by) for fear in public_fears(world)]


def test_each_state_has_one_fear_at_most_and_the_gravest_come_first(checkerboard: str) -> None:
    world = world_of(checkerboard)
    for dyad in world.dyads.values():
        dyad.hostility = DecayingSum(20.0, world.tick)
    fears = public_fears(world)
    assert len(fears) == MOST == len({fear.by for fear in fears})
    near = [fear.threat for fear in fears if world.dyads[fear.by, fear.of].contiguity]
    assert near == sorted(near, reverse=True)
    assert all(LEAST <= fear.threat <= 1 for fear in fears)


def test_nothing_secret_changes_them(checkerboard: str) -> None:
    world = world_of(checkerboard)
    world.dyads[ARD, BEL].hostility = DecayingSum(9.0, world.tick)
    plotted = deepcopy(world)
    plotted.alignments[900] = Alignment(900, (ARD, COR), "offence", 0, against=BEL, secret=True)
    plotted.aid[ARD, BEL, "military"] = Aid(ARD, BEL, "military", 0.3, 0)
    for dyad in plotted.dyads.values():
        dyad.subversion = dyad.suspicion = dyad.trust = DecayingSum(3.0, world.tick)
        dyad.cooperation = dyad.broken_promises = DecayingSum(3.0, world.tick)
        dyad.seen_power, dyad.seen_offense = dyad.seen_power * 2, 0.9
    for actor in plotted.active():
        actor.offensive_share = 0.9
    assert public_fears(plotted) == public_fears(world) != []

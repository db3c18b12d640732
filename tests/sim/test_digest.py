from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest

from counterpoise.sim.digest import digest, dyad_rows, row
from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

A, B = ActorId("ARD"), ActorId("BEL")


def test_equal_worlds_have_equal_digests(scenario: Scenario) -> None:
    world = Simulation(scenario, "x").world
    assert digest(world) == digest(deepcopy(world)) == digest(Simulation(scenario, "x").world)
    assert len(digest(world)) == 64


def test_worlds_of_different_seeds_have_different_digests(scenario: Scenario) -> None:
    assert digest(Simulation(scenario, "x").world) != digest(Simulation(scenario, "y").world)


def _change_treasury(world: World) -> None:
    world.actors[A].treasury += 0.001


def _change_memory(world: World) -> None:
    world.dyad(A, B).hostility.add(0.2, 0)


def _change_claim(world: World) -> None:
    world.dyad(A, B).claim = "regime"


def _change_alignment(world: World) -> None:
    next(iter(world.alignments.values())).ended = True


def _change_score(world: World) -> None:
    world.scores[A] = 1.0


def _change_number(world: World) -> None:
    world.last_id += 1


@pytest.mark.parametrize(
    "change",
    [_change_treasury, _change_memory, _change_claim, _change_alignment, _change_score, _change_number],
)
def test_any_change_changes_the_digest(scenario: Scenario, change: Callable[[World], None]) -> None:
    world = Simulation(scenario, "x").world
    before = digest(world)
    change(world)
    assert digest(world) != before


def test_differences_below_the_sixth_place_do_not_change_the_digest(scenario: Scenario) -> None:
    world = Simulation(scenario, "x").world
    before = digest(world)
    world.actors[A].treasury += 1e-9
    world.dyad(A, B).misperception = -1e-12
    assert digest(world) == before


def test_the_rows_of_dyads_are_those_that_their_class_declares(scenario: Scenario) -> None:
    world = Simulation(scenario, "x").world
    dyad = world.dyad(A, B)
    dyad.hostility.add(0.3, 5)
    dyad.misperception, dyad.power_bias, dyad.offense_bias, dyad.aid_received = -1e-12, 0.1, -0.2, 1.23456789
    dyad.suspicion.add(0.7, 4)
    dyad.trust.add(0.9, 6)
    dyad.misperception_felt, dyad.power_factor = 0.4, 1.2345678
    dyad.penetration, dyad.penetration_known, dyad.claim = 0.3, 0.1234567, "regime"
    dyads = list(world.dyads.values())
    assert [repr(found) for found in dyad_rows(dyads)] == [repr(row(each)) for each in dyads]


def test_a_digest_does_not_depend_on_earlier_digests(scenario: Scenario) -> None:
    often, once = Simulation(scenario, "x"), Simulation(scenario, "x")
    for day in range(1, 400):
        for simulation in (often, once):
            simulation.record("noted", A, what=[day, 0.5])
            while simulation.now < day:
                simulation.advance(day)
        digest(often.world)
    assert digest(often.world) == digest(once.world)

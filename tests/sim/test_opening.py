from __future__ import annotations

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.opening import regime_at
from counterpoise.sim.scenario import RegimeSpec, Scenario
from counterpoise.sim.types import ActorId

A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))


def test_the_opening_world_matches_the_scenario(sim: Simulation) -> None:
    world = sim.world
    assert [actor.id for actor in world.active()] == [A, B, C, D, E]
    assert world.dyad(A, B).contiguity == world.dyad(B, A).contiguity == 1
    assert world.dyad(A, F).contiguity == 0
    assert world.dyad(A, B).rivalry
    assert not world.dyad(C, D).rivalry
    assert (world.dyad(B, D).claim, world.dyad(D, B).claim) == ("territory", None)
    assert world.calendar.iso(world.end - 1) == "1964-12-31"


def test_past_disputes_are_remembered_with_decay(sim: Simulation) -> None:
    received = sim.world.dyad(B, A).hostility.at(0)
    assert received == pytest.approx(0.8 * 0.5 ** (300 / 1826.25) + 0.6 * 0.5 ** (1500 / 1826.25))
    assert sim.world.dyad(A, B).hostility.at(0) == pytest.approx(0.5 ** (900 / 1826.25))


def test_alignments_in_force_come_with_their_goodwill(sim: Simulation) -> None:
    names = [(a.members, a.commitment, a.secret, a.lead, a.until) for a in sim.world.alignments.values()]
    assert ((A, C), "defence", False, None, None) in names
    assert ((E, B), "guarantee", False, E, 800) in names
    assert sim.world.dyad(C, A).cooperation.at(0) > 0.7


def test_states_have_estimates_of_each_other_at_the_start(sim: Simulation) -> None:
    seen = sim.world.dyad(A, E)
    assert seen.seen_power == pytest.approx(sim.world.actors[E].power, abs=0.1)
    assert 0 < seen.seen_offense <= 1


def test_the_regime_in_power_is_the_latest_to_have_begun() -> None:
    spells = (RegimeSpec(50, "b", 0, 0, 0), RegimeSpec(-10, "a", 0, 0, 0), RegimeSpec(100, "c", 0, 0, 0))
    assert [regime_at(spells, tick).family for tick in (-99, 0, 50, 99, 100)] == ["a", "a", "b", "b", "c"]


def test_the_middle_east_opens_with_the_states_of_1955(middle_east_scenario: Scenario) -> None:
    world = Simulation(middle_east_scenario, "1955").world
    late = [actor.id for actor in world.actors.values() if not actor.active]
    assert late == ["YPR", "KUW", "SUD", "ALG"]

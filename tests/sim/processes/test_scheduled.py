from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import InjectSpec, Scenario
from counterpoise.sim.types import ActorId

A, B, F = ActorId("ARD"), ActorId("BEL"), ActorId("FAR")


def test_the_scenarios_injects_happen_on_their_dates(calm: Scenario, run_to: Callable[[Simulation, int], None]) -> None:
    attack = InjectSpec("start_war", {"attackers": ["ARD"], "defenders": ["BEL"], "aim": "territory"}, tick=50)
    sim = Simulation(replace(calm, injects=(attack,)), "x")
    run_to(sim, 50)
    assert not sim.world.wars
    run_to(sim, 51)
    assert sim.world.at_war(A, B)


def test_an_inject_that_play_has_overtaken_is_void(calm: Scenario, run_to: Callable[[Simulation, int], None]) -> None:
    attack = InjectSpec("start_war", {"attackers": ["FAR"], "defenders": ["BEL"], "aim": "territory"}, tick=50)
    sim = Simulation(replace(calm, injects=(attack,)), "x")
    run_to(sim, 51)
    assert not sim.world.wars
    assert [i.audience for i in sim.take_incidents() if i.kind == "inject_void"] == [()]

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import InjectCondition, InjectSpec, Scenario
from counterpoise.sim.types import ActorId

Run = Callable[[Simulation, int], None]

A, B, F = ActorId("ARD"), ActorId("BEL"), ActorId("FAR")


def test_scheduled_injects_are_applied_on_their_dates(calm: Scenario, run_to: Run) -> None:
    attack = InjectSpec("start_war", {"attackers": ["ARD"], "defenders": ["BEL"], "aim": "territory"}, tick=50)
    sim = Simulation(replace(calm, injects=(attack,)), "x")
    run_to(sim, 50)
    assert not sim.world.wars
    run_to(sim, 51)
    assert sim.world.at_war(A, B)


def test_a_scheduled_inject_that_is_not_possible_is_void(calm: Scenario, run_to: Run) -> None:
    attack = InjectSpec("start_war", {"attackers": ["FAR"], "defenders": ["BEL"], "aim": "territory"}, tick=50)
    sim = Simulation(replace(calm, injects=(attack,)), "x")
    run_to(sim, 51)
    assert not sim.world.wars
    assert [i.audience for i in sim.take_incidents() if i.kind == "inject_void"] == [()]


def test_a_scheduled_inject_whose_condition_does_not_hold_on_its_date_is_skipped(calm: Scenario, run_to: Run) -> None:
    exists, absent = InjectCondition(exists=(A,)), InjectCondition(exists=(F,))
    injects = (
        InjectSpec("announce", {"text": "One."}, tick=50, conditions=(exists,), exceptions=(absent,)),
        InjectSpec("announce", {"text": "Two."}, tick=50, conditions=(exists, absent)),
        InjectSpec("announce", {"text": "Three."}, tick=50, exceptions=(exists,)),
        InjectSpec("announce", {"text": "Four."}, tick=450, conditions=(absent,)),  # F exists from day 400 on
    )
    sim = Simulation(replace(calm, injects=injects), "x")
    run_to(sim, 500)
    incidents = sim.take_incidents()
    assert [i.detail["text"] for i in incidents if i.kind == "announcement"] == ["One.", "Four."]
    skipped = [(i.audience, i.detail["index"], i.detail["condition"]) for i in incidents if i.kind == "inject_skipped"]
    assert skipped == [((), 1, "if[1]"), ((), 2, "unless[0]")]
    assert not [i for i in incidents if i.kind == "inject_void"]

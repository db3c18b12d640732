from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from counterpoise.sim import engine
from counterpoise.sim.catalogue import decode_inject
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.alignments import form
from counterpoise.sim.scenario import InjectCondition, InjectSpec, Scenario
from counterpoise.sim.types import ActorId

A, B, F = ActorId("ARD"), ActorId("BEL"), ActorId("FAR")
WAR = {"kind": "start_war", "attackers": ["ARD"], "defenders": ["BEL"], "aim": "policy"}
RunTo = Callable[[Simulation, int], None]


def waiting(scenario: Scenario, **changes: Any) -> Simulation:
    """Build a world in which news is announced once what a condition says has come about."""
    plain: dict[str, Any] = {
        "incident": None, "actors": (), "at_war": None, "allied": None, "since": 0, "until": 300, "after_days": 0,
    }  # fmt: skip
    when = InjectCondition(**{**plain, **changes})
    return Simulation(replace(scenario, injects=(InjectSpec("announce", {"text": "News."}, when=when),)), "x")


def news(sim: Simulation) -> list[int]:
    return [incident.tick for incident in sim.world.incidents if incident.kind == "announcement"]


def test_an_inject_waits_for_its_incident_and_is_applied_once(calm: Scenario, run_to: RunTo) -> None:
    sim = waiting(calm, incident="war_began", actors=(A, B))
    run_to(sim, 40)
    assert news(sim) == []
    sim.inject(decode_inject(WAR))
    run_to(sim, 45)
    (first,) = news(sim)
    assert first in (40, 41)
    run_to(sim, 120)
    assert news(sim) == [first]


def test_an_incident_of_other_states_does_not_count(calm: Scenario, run_to: RunTo) -> None:
    sim = waiting(calm, incident="war_began", actors=(A, F))
    sim.inject(decode_inject(WAR))
    run_to(sim, 60)
    assert news(sim) == []


def test_earlier_incidents_do_not_count_but_a_war_that_still_lasts_does(calm: Scenario, run_to: RunTo) -> None:
    early, lasting = waiting(calm, incident="war_began", since=30), waiting(calm, at_war=(B, A), since=30)
    for sim in (early, lasting):
        sim.inject(decode_inject(WAR))
        run_to(sim, 60)
    assert news(early) == []
    assert news(lasting) == [30]


def test_an_inject_is_applied_the_given_days_after_its_condition(calm: Scenario, run_to: RunTo) -> None:
    sim = waiting(calm, at_war=(A, B), after_days=14)
    run_to(sim, 10)
    sim.inject(decode_inject(WAR))
    run_to(sim, 60)
    (tick,) = news(sim)
    assert tick in (24, 25)


def test_a_condition_is_checked_until_its_last_day(calm: Scenario, run_to: RunTo) -> None:
    sim, late = waiting(calm, allied=(A, F)), waiting(calm, allied=(A, F), until=20)
    for world in (sim, late):
        run_to(world, 30)
        form(world, (A, F), "defence")
        run_to(world, 40)
    assert news(sim)
    assert news(late) == []


def test_an_optional_inject_is_not_applied_by_itself(calm: Scenario, run_to: RunTo) -> None:
    sim = Simulation(replace(calm, injects=(InjectSpec("announce", {"text": "News."}, optional="Tell them"),)), "x")
    run_to(sim, 60)
    assert news(sim) == []


def test_idle_days_are_skipped_and_the_result_is_the_same_as_with_a_stop_on_every_day(
    calm: Scenario, run_to: RunTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[int] = []
    check = engine.steps()["conditional.check"]

    def counted(stage: Stage, *arguments: Any) -> None:
        checked.append(stage.world.tick)
        check(stage, *arguments)

    monkeypatch.setitem(engine.steps(), "conditional.check", counted)
    whole, daily = waiting(calm, at_war=(A, B), until=200), waiting(calm, at_war=(A, B), until=200)
    run_to(whole, 250)
    assert len(checked) < 100
    assert max(checked) == 201
    checked.clear()
    for day in range(1, 251):
        run_to(daily, day)
    assert checked == list(range(1, 202))
    assert daily.snapshot() == whole.snapshot()

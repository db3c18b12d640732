from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from counterpoise.sim import engine
from counterpoise.sim.catalogue import decode_inject
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.alignments import dissolve, form
from counterpoise.sim.scenario import InjectCondition, InjectSpec, InjectWait, Scenario
from counterpoise.sim.types import ActorId

A, B, E, F = ActorId("ARD"), ActorId("BEL"), ActorId("EMP"), ActorId("FAR")
WAR = {"kind": "start_war", "attackers": ["ARD"], "defenders": ["BEL"], "aim": "policy"}
RunTo = Callable[[Simulation, int], None]


def waiting(scenario: Scenario, **changes: Any) -> Simulation:
    """Build a world in which news is announced once what a condition says has come about."""
    when = InjectWait(**{"until": 300, **changes})
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


def announcing(scenario: Scenario, *specs: InjectSpec) -> Simulation:
    return Simulation(replace(scenario, injects=specs), "x")


def peace(sim: Simulation) -> None:
    sim.inject(decode_inject({"kind": "end_war", "between": ["ARD", "BEL"], "outcome": "stalemate"}))


def test_an_inject_that_may_not_happen_yet_waits_for_the_next_incident(calm: Scenario, run_to: RunTo) -> None:
    pact = InjectCondition(allied=(A, E))
    wars = InjectWait(incident="war_began", until=1000)
    sim = announcing(calm, InjectSpec("announce", {"text": "News."}, when=wars, exceptions=(pact,)))
    alignment = form(sim, (A, E), "consultation")
    sim.inject(decode_inject(WAR))
    run_to(sim, 20)
    peace(sim)
    dissolve(sim, alignment, "ended")
    run_to(sim, 40)
    assert news(sim) == []
    sim.inject(decode_inject(WAR))
    run_to(sim, 50)
    assert news(sim)


def test_an_inject_that_waits_for_a_state_of_things_tests_its_condition_every_day(
    calm: Scenario, run_to: RunTo
) -> None:
    kings = InjectCondition(families=((A, ("monarchy",)),))
    sim = announcing(
        calm, InjectSpec("announce", {"text": "News."}, when=InjectWait(at_war=(A, B), until=1000), conditions=(kings,))
    )
    sim.inject(decode_inject(WAR))
    run_to(sim, 30)
    assert news(sim) == []
    sim.inject(decode_inject({"kind": "change_regime", "actor": "ARD", "family": "monarchy"}))
    run_to(sim, 40)
    (tick,) = news(sim)
    assert 30 <= tick <= 32


def test_with_a_date_an_inject_waits_for_both(calm: Scenario, run_to: RunTo) -> None:
    spec = InjectSpec("announce", {"text": "News."}, tick=100, when=InjectWait(at_war=(A, B), until=300))
    early, late = announcing(calm, spec), announcing(calm, spec)
    early.inject(decode_inject(WAR))
    run_to(early, 150)
    assert news(early) == [100]
    run_to(late, 150)
    assert news(late) == []
    late.inject(decode_inject(WAR))
    run_to(late, 160)
    assert news(late)[0] in (150, 151)


def test_an_inject_waits_for_another(calm: Scenario, run_to: RunTo) -> None:
    first = InjectSpec("announce", {"text": "One."}, id="first", when=InjectWait(incident="war_began", until=900))
    second = InjectSpec(
        "announce", {"text": "Two: {target}."}, when=InjectWait(inject="first", until=900, after_days=9)
    )
    sim = announcing(calm, second, first)
    run_to(sim, 30)
    assert news(sim) == []
    sim.inject(decode_inject(WAR))
    run_to(sim, 60)
    told = [(i.tick, i.detail["text"]) for i in sim.world.incidents if i.kind == "announcement"]
    assert [text for _, text in told] == ["One.", "Two: Bel."]
    assert told[1][0] - told[0][0] in (9, 10)


def test_an_inject_waits_for_a_button_of_the_moderator(calm: Scenario, run_to: RunTo) -> None:
    button = InjectSpec("announce", {"text": "Pressed."}, id="button", optional="Press")
    sim = announcing(
        calm, button, InjectSpec("announce", {"text": "News."}, when=InjectWait(inject="button", until=99))
    )
    run_to(sim, 20)
    sim.inject(decode_inject({"kind": "announce", "text": "Something else."}))
    run_to(sim, 30)
    assert len(news(sim)) == 1
    sim.inject(decode_inject(button.plain()))
    run_to(sim, 40)
    assert len(news(sim)) == 3


def test_the_incidents_states_fill_the_roles(calm: Scenario, run_to: RunTo) -> None:
    wars = InjectWait(incident="war_began", until=900)
    spec = InjectSpec("set_rivalry", {"a": "EMP", "b": "{attacker}", "rivals": True}, when=wars)
    told = InjectSpec(
        "announce", {"text": "{attacker} is on the march; {target} calls.", "audience": ["{target}"]}, when=wars
    )
    sim = announcing(calm, spec, told)
    run_to(sim, 5)
    sim.inject(decode_inject(WAR))
    run_to(sim, 10)
    assert sim.world.dyad(E, A).rivalry
    assert not sim.world.dyad(E, B).rivalry
    (incident,) = [i for i in sim.world.incidents if i.kind == "announcement"]
    assert (incident.audience, incident.detail["text"]) == ((B,), "Ard is on the march; Bel calls.")


def test_a_secret_alliance_moves_no_inject_unless_its_condition_says_so(calm: Scenario, run_to: RunTo) -> None:
    for secret, ticks in ((False, 0), (True, 1)):
        for wait in (
            InjectWait(allied=(A, E), secret=secret, until=300),
            InjectWait(formed=(A, E), secret=secret, until=300),
            InjectWait(incident="alliance_formed", actors=(A, E), secret=secret, until=300),
        ):
            sim = announcing(calm, InjectSpec("announce", {"text": "News."}, when=wait))
            run_to(sim, 10)
            form(sim, (A, E), "defence", secret=True)
            run_to(sim, 40)
            assert len(news(sim)) == ticks


def test_an_inject_does_not_tell_that_another_ended_a_secret_alliance(calm: Scenario, run_to: RunTo) -> None:
    end = InjectSpec("end_alignment", {"members": ["ARD", "EMP"]}, tick=20, id="end")
    for secret in (False, True):
        sim = announcing(calm, end, InjectSpec("announce", {"text": "News."}, when=InjectWait(inject="end", until=90)))
        form(sim, (A, E), "defence", secret=secret)
        run_to(sim, 60)
        assert len(news(sim)) == (0 if secret else 1)


def test_a_waiting_chain_survives_a_snapshot(calm: Scenario, run_to: RunTo) -> None:
    first = InjectSpec("announce", {"text": "One."}, id="first", when=InjectWait(incident="war_began", until=900))
    second = InjectSpec("announce", {"text": "{attacker}."}, when=InjectWait(inject="first", until=900, after_days=50))
    scenario = replace(calm, injects=(first, second))
    sim = Simulation(scenario, "x")
    sim.inject(decode_inject(WAR))
    run_to(sim, 30)
    restored = Simulation.restore(scenario, sim.snapshot())
    for world in (sim, restored, copy := sim.copy()):
        run_to(world, 90)
    assert restored.snapshot() == copy.snapshot() == sim.snapshot()
    assert [i.detail["text"] for i in restored.world.incidents if i.kind == "announcement"] == ["One.", "Ard."]

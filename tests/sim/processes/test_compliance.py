from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.processes import compliance, war
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import aid_leverage
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId

Run = Callable[[Simulation, int], None]

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def ask(sim: Simulation, what: Any = "friendly_words", about: Any = "BEL") -> Any:
    """Let E ask A for something."""
    sim.apply(E, GiveAid("ARD", "economic", 0.2, "", what, about))
    [condition] = sim.world.conditions.values()
    return condition


def episodes(sim: Simulation) -> list[tuple[str, Any]]:
    return [(i.kind, i.detail.get("by")) for i in sim.world.incidents if i.kind.startswith("compliance")]


def test_a_demand_asks_for_an_answer_and_freezes_the_leverage(sim: Simulation) -> None:
    condition = ask(sim)
    assert [(c.actor, c.reason, c.subject, c.asker) for c in sim.take_calls()] == [(A, "condition", condition.id, E)]
    [asked] = [i for i in sim.world.incidents if i.kind == "compliance_demanded"]
    assert asked.audience == (E, A)
    fields = {"monopoly", "dependence", "asymmetry", "motivation", "constraint", "cumulative", "amount"}
    assert fields | {"condition", "aid", "demand", "about"} == set(asked.detail)
    assert asked.detail["monopoly"] == 1.0


@pytest.mark.parametrize("comply", [True, False])
def test_an_answer_closes_the_episode(sim: Simulation, comply: bool) -> None:
    condition = ask(sim)
    sim.apply(A, AnswerCondition(condition.id, comply))
    assert not sim.world.conditions
    assert not sim.world.calls
    assert episodes(sim)[-1] == ("compliance_given" if comply else "compliance_refused", "answer")
    assert (sim.world.dyad(B, A).stated_intent == "friendly") == comply


def test_leaving_an_alliance_complies(sim: Simulation) -> None:
    condition = ask(sim, "leave_alliance", "COR")
    sim.apply(A, AnswerCondition(condition.id, True))
    assert not list(sim.world.alignments_between(A, C))


def test_dropping_a_claim_complies(sim: Simulation) -> None:
    sim.world.dyad(C, A).claim = "territory"
    condition = ask(sim, "drop_claim", "COR")
    sim.apply(A, AnswerCondition(condition.id, True))
    assert sim.world.dyad(C, A).claim is None


def test_siding_with_the_donor_complies(sim: Simulation) -> None:
    condition = ask(sim, "side_with_us", None)
    sim.apply(A, AnswerCondition(condition.id, True))
    assert list(sim.world.alignments_between(A, E))


def test_offering_peace_complies(sim: Simulation) -> None:
    fought = war.begin(sim, (A,), (B,), "territory")
    condition = ask(sim, "make_peace", "BEL")
    sim.apply(A, AnswerCondition(condition.id, True))
    assert A in fought.peace_offers


def test_compliance_without_an_answer_counts(sim: Simulation, run_to: Run) -> None:
    ask(sim)
    sim.world.dyad(B, A).stated_intent = "friendly"
    run_to(sim, 70)
    assert episodes(sim)[-1] == ("compliance_given", "deed")


def test_staying_out_of_a_war_is_decided_at_the_deadline(sim: Simulation, run_to: Run) -> None:
    condition = ask(sim, "stay_out", "BEL")
    sim.apply(A, AnswerCondition(condition.id, True))
    run_to(sim, 360)
    assert condition.id in sim.world.conditions
    run_to(sim, 370)
    assert episodes(sim)[-1] == ("compliance_given", "deed")


def test_a_broken_promise_to_stay_out_is_remembered(sim: Simulation, run_to: Run) -> None:
    condition = ask(sim, "stay_out", "BEL")
    sim.apply(A, AnswerCondition(condition.id, True))
    war.begin(sim, (A,), (B,), "policy")
    run_to(sim, 40)
    assert episodes(sim)[-1] == ("compliance_refused", "deed")
    assert sim.world.dyad(E, A).broken_promises.at(40) > 0


def test_a_demand_is_void_when_the_aid_ends(sim: Simulation, run_to: Run) -> None:
    ask(sim)
    aid_leverage.cut_flow(sim, sim.world.aid[E, A, "economic"], "cut")
    run_to(sim, 40)
    assert episodes(sim)[-1][0] == "compliance_void"
    assert not sim.world.calls


def test_a_silent_recipient_gets_a_default_answer(sim: Simulation, run_to: Run) -> None:
    ask(sim)
    run_to(sim, 70)
    assert episodes(sim)[-1][1] == "default"
    assert [i.detail["reason"] for i in sim.world.incidents if i.kind == "call_lapsed"] == ["condition"]


def chance(calm: Scenario, *, second_donor: bool = False, dependence: float = 0.5, rival: bool = False) -> float:
    sim = Simulation(calm, "seed")
    condition = ask(sim, "friendly_words", "BEL" if rival else "DUN")
    sim.world.aid[E, A, "economic"].dependence = dependence
    if second_donor:
        aid_leverage.set_flow(sim.world, Aid(B, A, "economic", 0.3, 0))
    return compliance.default_chance(sim.world, condition)


def test_a_monopoly_brings_more_compliance(calm: Scenario) -> None:
    assert chance(calm) > chance(calm, second_donor=True)


def test_dependence_brings_more_compliance(calm: Scenario) -> None:
    assert chance(calm, dependence=0.9) > chance(calm, dependence=0.3) > chance(calm, dependence=0.0)


def test_a_recipient_with_a_stake_complies_less(calm: Scenario) -> None:
    assert chance(calm) > chance(calm, rival=True)


def test_the_default_ignores_size_regime_and_earlier_aid(calm: Scenario) -> None:
    # Asymmetry, the donor's constraint and cumulative aid are for play to show; a default that used them would beg the question.
    sim = Simulation(calm, "seed")
    condition = ask(sim)
    before = compliance.default_chance(sim.world, condition)
    sim.world.actors[E].constraint, sim.world.actors[E].power = 1.0, 0.01
    sim.world.dyad(A, E).aid_received = 5.0
    assert compliance.default_chance(sim.world, condition) == before

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import crisis
from counterpoise.sim.relations.conflicts import Crisis
from counterpoise.sim.types import LEVEL_CLAIM, LEVEL_FORCE, ActorId, CrisisResponse
from counterpoise.sim.world import Incident

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))
Run = Callable[[Simulation, int], None]


def _ended(sim: Simulation) -> list[Incident]:
    return [incident for incident in sim.world.incidents if incident.kind == "crisis_ended"]


def _answer(sim: Simulation, dispute: Crisis, a: CrisisResponse, b: CrisisResponse) -> None:
    crisis.respond(sim, dispute, dispute.initiator, a)
    crisis.respond(sim, dispute, dispute.target, b)


def test_both_sides_are_called_and_the_target_remembers(sim: Simulation) -> None:
    dispute = crisis.begin(sim, C, D, "policy")
    assert [(call.actor, call.asker) for call in sim.take_calls()] == [(C, D), (D, C)]
    assert sim.world.dyad(D, C).hostility.at(0) == pytest.approx(0.4)
    assert sim.world.dyad(C, D).hostility.at(0) == 0
    assert dispute.deadline > 0


def test_a_pair_has_one_crisis_at_a_time(sim: Simulation) -> None:
    assert crisis.begin(sim, D, C, "regime") is crisis.begin(sim, C, D, "policy")


def test_a_concession_ends_a_crisis_at_once(sim: Simulation) -> None:
    dispute = crisis.begin(sim, C, D, "policy")
    crisis.respond(sim, dispute, D, "concede")
    sim.advance(1)
    (ended,) = _ended(sim)
    assert (ended.tick, ended.detail["outcome"], ended.detail["yielder"]) == (0, "YIELD", D)
    assert not sim.world.calls


def test_two_offers_of_compromise_settle_a_crisis_at_once(sim: Simulation) -> None:
    _answer(sim, crisis.begin(sim, C, D, "policy"), "compromise", "compromise")
    sim.advance(1)
    assert [incident.detail["outcome"] for incident in _ended(sim)] == ["SETTLED"]


def test_an_escalation_raises_the_level_when_the_stage_closes_and_calls_again(sim: Simulation, run_to: Run) -> None:
    dispute = crisis.begin(sim, C, D, "policy")
    deadline = dispute.deadline
    _answer(sim, dispute, "escalate", "stand_firm")
    run_to(sim, deadline)
    assert dispute.level == 2
    sim.take_calls()
    sim.advance(deadline + 1)
    assert dispute.level == 3
    assert dispute.responses == {}
    assert [call.actor for call in sim.take_calls()] == [C, D]
    assert sim.world.dyad(D, C).hostility.at(deadline) == pytest.approx(0.6, abs=0.02)


def test_an_answer_may_be_changed_until_the_stage_closes(sim: Simulation, run_to: Run) -> None:
    dispute = crisis.begin(sim, C, D, "policy")
    deadline = dispute.deadline
    _answer(sim, dispute, "stand_firm", "stand_firm")
    crisis.respond(sim, dispute, C, "escalate")
    run_to(sim, deadline + 1)
    (stage,) = [i for i in sim.world.incidents if i.kind == "crisis_stage"]
    assert stage.detail["answers"] == {C: "escalate", D: "stand_firm"}
    assert stage.detail["silent"] == []


def test_an_answer_on_the_last_day_counts(sim: Simulation, run_to: Run) -> None:
    dispute = crisis.begin(sim, C, D, "policy")
    run_to(sim, dispute.deadline)
    _answer(sim, dispute, "escalate", "escalate")
    sim.advance(sim.now + 1)
    (stage,) = [i for i in sim.world.incidents if i.kind == "crisis_stage"]
    assert stage.detail["silent"] == []


def test_a_silent_seat_gets_a_default_answer_and_sees_it(sim: Simulation, run_to: Run) -> None:
    dispute = crisis.begin(sim, C, D, "policy")
    crisis.respond(sim, dispute, C, "escalate")
    run_to(sim, dispute.deadline + 1)
    (lapsed,) = [i for i in sim.world.incidents if i.kind == "call_lapsed"]
    assert lapsed.audience == (D,)
    (stage,) = [i for i in sim.world.incidents if i.kind == "crisis_stage"]
    assert stage.detail["silent"] == [D]
    assert stage.detail["answers"][D] == lapsed.detail["default"]


def test_third_states_cannot_answer_a_crisis(sim: Simulation) -> None:
    dispute = crisis.begin(sim, C, D, "policy")
    crisis.respond(sim, dispute, E, "concede")
    assert dispute.responses == {}


def _force_war(sim: Simulation, dispute: Crisis) -> None:
    """Escalate on both sides until the crisis is over; at three to one a stage it is war soon."""
    while dispute.id in sim.world.crises:
        _answer(sim, dispute, "escalate", "escalate")
        sim.advance(dispute.deadline + 1)


def test_repeated_escalation_ends_in_a_war_that_supporters_join(sim: Simulation) -> None:
    dispute = crisis.begin(sim, D, C, "regime", level=LEVEL_FORCE)
    crisis.support(sim, dispute, E, C)
    crisis.support(sim, dispute, B, D)
    _force_war(sim, dispute)
    (fought,) = sim.world.wars.values()
    assert (fought.attackers, fought.defenders) == ((D, B), (C, E))
    assert [incident.detail["outcome"] for incident in _ended(sim)] == ["WAR"]
    # A war is five fifths, however many steps led to it.
    assert sim.world.dyad(C, D).hostility.at(sim.now) == pytest.approx(1.0, abs=0.1)


def test_supporting_a_side_is_remembered_by_both(sim: Simulation) -> None:
    dispute = crisis.begin(sim, D, C, "policy")
    crisis.support(sim, dispute, E, C)
    crisis.support(sim, dispute, E, C)
    assert dispute.supporters == {E: C}
    assert sim.world.dyad(D, E).hostility.at(0) == pytest.approx(0.4)
    assert sim.world.dyad(C, E).cooperation.at(0) > sim.world.dyad(D, E).cooperation.at(0)


def _stand_off(sim: Simulation, run_to: Run) -> Crisis:
    """A crisis in a standoff: claims of strangers seldom rise."""
    for _ in range(20):
        dispute = crisis.begin(sim, C, D, "policy", level=LEVEL_CLAIM)
        deadline = dispute.deadline
        _answer(sim, dispute, "compromise", "stand_firm")
        run_to(sim, deadline + 1)
        if dispute.id in sim.world.crises and dispute.level == LEVEL_CLAIM and dispute.deadline > sim.now + 3:
            return dispute
        crisis.respond(sim, dispute, C, "concede")
        sim.advance(sim.now + 1)
    raise AssertionError("no standoff in twenty claims")


def test_a_side_can_accept_an_offer_in_a_standoff(sim: Simulation, run_to: Run) -> None:
    dispute = _stand_off(sim, run_to)
    crisis.respond(sim, dispute, D, "compromise")
    sim.advance(sim.now + 1)
    assert _ended(sim)[-1].detail["outcome"] == "SETTLED"


def test_an_escalation_ends_a_standoff(sim: Simulation, run_to: Run) -> None:
    dispute = _stand_off(sim, run_to)
    sim.take_calls()
    crisis.respond(sim, dispute, D, "escalate")
    sim.advance(sim.now + 1)
    assert dispute.level == 2
    assert [call.actor for call in sim.take_calls()] == [C, D]
    assert sim.world.dyad(D, C).hostility.at(sim.now) == pytest.approx(0.4, abs=0.01)


def test_a_standoff_ends_by_itself(sim: Simulation, run_to: Run) -> None:
    dispute = _stand_off(sim, run_to)
    run_to(sim, dispute.deadline + 1)
    assert _ended(sim)[-1].detail["outcome"] in ("SETTLED", "STALEMATE")

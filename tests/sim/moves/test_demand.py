from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.respond_crisis import RespondCrisis


def test_a_demand_opens_a_crisis_that_both_sides_must_answer(sim: Any, do: Any) -> None:
    do(sim, "ARD", Demand("BEL", "territory", "Give back the valley."))
    [crisis] = sim.world.crises.values()
    assert (crisis.initiator, crisis.target, crisis.demand) == ("ARD", "BEL", "Give back the valley.")
    assert crisis.level == 2
    assert [call.actor for call in sim.world.calls.values()] == ["ARD", "BEL"]


def test_two_states_have_one_crisis_at_a_time(sim: Any, do: Any, refused: Any) -> None:
    do(sim, "ARD", Demand("BEL", "territory", "Now."))
    for actor, other in (("ARD", "BEL"), ("BEL", "ARD")):
        assert refused(sim, actor, Demand(other, "policy", "And this.")).path == "$.move.of"


def test_an_ultimatum_refused_is_war(sim: Any, do: Any, run_to: Any) -> None:
    do(sim, "ARD", Demand("BEL", "policy", "Or else.", True))
    [crisis] = sim.world.crises.values()
    assert (crisis.level, crisis.ultimatum) == (3, True)
    do(sim, "ARD", RespondCrisis(crisis.id, "stand_firm"))
    do(sim, "BEL", RespondCrisis(crisis.id, "stand_firm"))
    run_to(sim, crisis.deadline + 2)
    assert [(w.attackers[0], w.defenders[0], w.aim) for w in sim.world.wars.values()] == [("ARD", "BEL", "policy")]


def test_an_ultimatum_that_was_a_bluff_costs_face(sim: Any, do: Any, run_to: Any) -> None:
    do(sim, "ARD", Demand("BEL", "policy", "Or else.", True))
    [crisis] = sim.world.crises.values()
    before = sim.world.actors["ARD"].legitimacy
    do(sim, "ARD", RespondCrisis(crisis.id, "compromise"))
    do(sim, "BEL", RespondCrisis(crisis.id, "stand_firm"))
    run_to(sim, crisis.deadline + 2)
    assert not sim.world.wars
    assert sim.world.actors["ARD"].legitimacy < before - 0.05
    assert "bluff_called" in [i.kind for i in sim.world.incidents]


def test_an_ultimatum_met_is_a_peaceful_end(sim: Any, do: Any, run_to: Any) -> None:
    do(sim, "ARD", Demand("BEL", "policy", "Or else.", True))
    [crisis] = sim.world.crises.values()
    do(sim, "BEL", RespondCrisis(crisis.id, "concede"))
    run_to(sim, crisis.deadline + 2)
    assert not sim.world.wars
    assert not sim.world.crises


def test_no_ultimatum_goes_to_a_partner(sim: Any, refused: Any) -> None:
    assert refused(sim, "ARD", Demand("COR", "policy", "Or else.", True)).path == "$.move.of"

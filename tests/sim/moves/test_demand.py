from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.conftest import RunTo
    from tests.sim.moves.conftest import Do, Refused


def test_a_demand_opens_a_crisis_that_both_sides_must_answer(sim: Simulation, do: Do) -> None:
    do(sim, "ARD", Demand("BEL", "territory", "Give back the valley."))
    [crisis] = sim.world.crises.values()
    assert (crisis.initiator, crisis.target, crisis.demand) == ("ARD", "BEL", "Give back the valley.")
    assert crisis.level == 2
    assert [call.actor for call in sim.world.calls.values()] == ["ARD", "BEL"]


def test_two_states_can_have_only_one_crisis_at_a_time(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "ARD", Demand("BEL", "territory", "Now."))
    for actor, other in (("ARD", "BEL"), ("BEL", "ARD")):
        assert refused(sim, actor, Demand(other, "policy", "And this.")).path == "$.move.of"


def test_a_refused_ultimatum_leads_to_war(sim: Simulation, do: Do, run_to: RunTo) -> None:
    do(sim, "ARD", Demand("BEL", "policy", "Or else.", True))
    [crisis] = sim.world.crises.values()
    assert (crisis.level, crisis.ultimatum) == (3, True)
    do(sim, "ARD", RespondCrisis(crisis.id, "stand_firm"))
    do(sim, "BEL", RespondCrisis(crisis.id, "stand_firm"))
    run_to(sim, crisis.deadline + 2)
    assert [(w.attackers[0], w.defenders[0], w.aim) for w in sim.world.wars.values()] == [("ARD", "BEL", "policy")]


def test_a_bluffed_ultimatum_costs_legitimacy(sim: Simulation, do: Do, run_to: RunTo) -> None:
    do(sim, "ARD", Demand("BEL", "policy", "Or else.", True))
    [crisis] = sim.world.crises.values()
    before = sim.world.actors[ActorId("ARD")].legitimacy
    do(sim, "ARD", RespondCrisis(crisis.id, "compromise"))
    do(sim, "BEL", RespondCrisis(crisis.id, "stand_firm"))
    run_to(sim, crisis.deadline + 2)
    assert not sim.world.wars
    assert sim.world.actors[ActorId("ARD")].legitimacy < before - 0.05
    assert "bluff_called" in [i.kind for i in sim.world.incidents]


def test_a_met_ultimatum_ends_the_crisis_in_peace(sim: Simulation, do: Do, run_to: RunTo) -> None:
    do(sim, "ARD", Demand("BEL", "policy", "Or else.", True))
    [crisis] = sim.world.crises.values()
    do(sim, "BEL", RespondCrisis(crisis.id, "concede"))
    run_to(sim, crisis.deadline + 2)
    assert not sim.world.wars
    assert not sim.world.crises


def test_a_state_cannot_send_an_ultimatum_to_a_partner(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", Demand("COR", "policy", "Or else.", True)).path == "$.move.of"

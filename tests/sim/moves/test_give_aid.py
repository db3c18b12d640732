from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.conftest import RunTo
    from tests.sim.moves.conftest import Do, Look, Refused


def test_aid_flows_until_it_is_changed(sim: Simulation, do: Do) -> None:
    do(sim, "EMP", GiveAid("ARD", "economic", 0.1))
    do(sim, "EMP", GiveAid("ARD", "economic", 0.2))
    assert sim.world.aid[ActorId("EMP"), ActorId("ARD"), "economic"].amount == 0.2


def test_only_donor_and_recipient_know_of_military_aid_and_conditions(sim: Simulation, do: Do, look: Look) -> None:
    incidents = do(sim, "EMP", GiveAid("ARD", "military", 0.1, "No war with Bel."))
    assert [i.audience for i in incidents] == [("EMP", "ARD"), ("EMP", "ARD")]
    assert not [flow for flow in look(sim, "DUN").aid if flow.recipient == "ARD"]
    assert [flow.condition for flow in look(sim, "ARD").aid if flow.recipient == "ARD"] == ["No war with Bel."]


def test_aid_that_flows_already_cannot_be_given_again(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "EMP", GiveAid("BEL", "military", 0.1)).path == "$.move.amount"


def test_the_treasury_pays_for_aid_every_month(sim: Simulation, do: Do, run_to: RunTo) -> None:
    do(sim, "EMP", GiveAid("ARD", "economic", 0.2))
    before = sim.world.actors[ActorId("ARD")].treasury
    run_to(sim, 32)
    others = sim.world.actors[ActorId("DUN")].treasury - 50.0
    assert sim.world.actors[ActorId("ARD")].treasury - before > others


def test_a_demand_that_is_fulfilled_already_is_refused(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "EMP", GiveAid("ARD", "economic", 0.1, "", "leave_alliance", "DUN")).path == "$.move.demand"
    assert refused(sim, "EMP", GiveAid("ARD", "economic", 0.1, "", "make_peace", "BEL")).path == "$.move.demand"
    assert refused(sim, "EMP", GiveAid("ARD", "economic", 0.1, "", "side_with_us", "BEL")).path == "$.move.about"
    assert refused(sim, "EMP", GiveAid("ARD", "economic", 0.1, "", "friendly_words")).path == "$.move.about"
    assert refused(sim, "EMP", GiveAid("ARD", "economic", 0.1, "", None, "BEL")).path == "$.move.about"


def test_a_donor_can_make_one_demand_of_a_recipient_at_a_time(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "EMP", GiveAid("ARD", "economic", 0.1, "", "side_with_us"))
    again = GiveAid("ARD", "economic", 0.1, "", "friendly_words", "BEL")
    assert refused(sim, "EMP", again).path == "$.move.demand"


def test_a_refused_demand_does_not_reveal_a_secret_alignment(sim: Simulation, refused: Refused) -> None:
    # BEL and DUN have a secret alliance. EMP must not learn of it from the demands it may make.
    assert refused(sim, "EMP", GiveAid("BEL", "economic", 0.1, "", "leave_alliance", "DUN")).path == "$.move.demand"

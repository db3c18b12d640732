from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.accommodate import Accommodate
from counterpoise.sim.rules import alignments
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_a_concession_earns_goodwill_and_costs_legitimacy(sim: Simulation, do: Do) -> None:
    dyad, before = sim.world.dyad(ActorId("BEL"), ActorId("ARD")), sim.world.actors[ActorId("ARD")].legitimacy
    hostility, cooperation = dyad.hostility.at(0), dyad.cooperation.at(0)
    do(sim, "ARD", Accommodate("BEL"))
    assert dyad.hostility.at(0) < hostility
    assert dyad.cooperation.at(0) > cooperation
    assert sim.world.actors[ActorId("ARD")].legitimacy == round(before - Accommodate.LEGITIMACY_COST, 6)


def test_a_concession_can_drop_an_alignment_against_the_other_state(sim: Simulation, do: Do) -> None:
    front = alignments.form(sim, (ActorId("ARD"), ActorId("DUN")), "defence", against=ActorId("BEL"))
    incidents = do(sim, "ARD", Accommodate("BEL", front.id))
    assert front.ended
    [concession] = [i for i in incidents if i.kind == "accommodated"]
    assert concession.detail == {"dropped": True}


def test_a_concession_cannot_drop_an_alignment_against_a_third_state(sim: Simulation, refused: Refused) -> None:
    [pact] = sim.world.alignments_between(ActorId("ARD"), ActorId("COR"))
    assert refused(sim, "ARD", Accommodate("BEL", pact.id)).path == "$.move.drop"


def test_a_regime_without_legitimacy_cannot_make_a_concession(sim: Simulation, refused: Refused, look: Look) -> None:
    sim.world.actors[ActorId("ARD")].legitimacy = 0.01
    assert "legitimacy" in refused(sim, "ARD", Accommodate("BEL")).expected
    assert list(Accommodate.legal(look(sim, "ARD"))) == []

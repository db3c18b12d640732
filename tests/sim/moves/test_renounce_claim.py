from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.renounce_claim import RenounceClaim
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_a_renounced_claim_is_gone_and_earns_goodwill(sim: Simulation, do: Do, look: Look) -> None:
    assert [move.of for move in RenounceClaim.legal(look(sim, "DUN"))] == ["BEL"]
    legitimacy, goodwill = (
        sim.world.actors[ActorId("DUN")].legitimacy,
        sim.world.dyad(ActorId("BEL"), ActorId("DUN")).cooperation.at(0),
    )
    do(sim, "DUN", RenounceClaim("BEL"))
    assert sim.world.dyad(ActorId("BEL"), ActorId("DUN")).claim is None
    assert sim.world.dyad(ActorId("BEL"), ActorId("DUN")).cooperation.at(0) > goodwill
    assert sim.world.actors[ActorId("DUN")].legitimacy < legitimacy


def test_a_state_cannot_renounce_a_claim_it_does_not_have(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", RenounceClaim("COR")).path == "$.move.of"

from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.guarantee import Guarantee
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_a_guarantee_is_public_and_needs_no_answer(sim: Simulation, do: Do) -> None:
    treasury = sim.world.actors[ActorId("EMP")].treasury
    [formed] = [i for i in do(sim, "EMP", Guarantee("COR", "DUN")) if i.kind == "alliance_formed"]
    assert formed.audience is None
    [made] = sim.world.alignments_between(ActorId("EMP"), ActorId("COR"))
    assert (made.commitment, made.lead, made.against) == ("guarantee", "EMP", "DUN")
    assert sim.world.actors[ActorId("EMP")].treasury == treasury - Guarantee.COST


def test_a_state_cannot_guarantee_the_same_state_twice(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "EMP", Guarantee("BEL")).path == "$.move.to"


def test_a_state_with_an_empty_treasury_cannot_give_a_guarantee(sim: Simulation, refused: Refused, look: Look) -> None:
    sim.world.actors[ActorId("ARD")].treasury = 0.5
    assert "treasury" in refused(sim, "ARD", Guarantee("DUN")).expected
    assert list(Guarantee.legal(look(sim, "ARD"))) == []

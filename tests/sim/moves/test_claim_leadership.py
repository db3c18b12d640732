from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.claim_leadership import ClaimLeadership

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_a_claim_to_leadership_is_public_and_the_leader_cannot_repeat_it(
    sim: Simulation, do: Do, refused: Refused, look: Look
) -> None:
    [claimed] = do(sim, "ARD", ClaimLeadership())
    assert (claimed.audience, claimed.detail["leads"]) == (None, True)
    assert look(sim, "COR").leaders == {"republic": "ARD"}
    assert refused(sim, "ARD", ClaimLeadership()).got == "yours already"
    assert list(ClaimLeadership.legal(look(sim, "ARD"))) == []


def test_a_state_alone_in_its_regime_family_cannot_claim_leadership(sim: Simulation, refused: Refused) -> None:
    assert "more than one" in refused(sim, "COR", ClaimLeadership()).expected

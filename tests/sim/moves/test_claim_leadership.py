from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.claim_leadership import ClaimLeadership

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_the_claim_is_public_and_the_leader_makes_it_once(
    sim: Simulation, do: Do, refused: Refused, look: Look
) -> None:
    [claimed] = do(sim, "ARD", ClaimLeadership())
    assert (claimed.audience, claimed.detail["leads"]) == (None, True)
    assert look(sim, "COR").leaders == {"republic": "ARD"}
    assert refused(sim, "ARD", ClaimLeadership()).got == "yours already"
    assert list(ClaimLeadership.legal(look(sim, "ARD"))) == []


def test_a_state_alone_of_its_kind_leads_nobody(sim: Simulation, refused: Refused) -> None:
    assert "more than one" in refused(sim, "COR", ClaimLeadership()).expected

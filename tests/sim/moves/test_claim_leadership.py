from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.claim_leadership import ClaimLeadership


def test_the_claim_is_public_and_the_leader_makes_it_once(sim: Any, do: Any, refused: Any, look: Any) -> None:
    [claimed] = do(sim, "ARD", ClaimLeadership())
    assert (claimed.audience, claimed.detail["leads"]) == (None, True)
    assert look(sim, "COR").leaders == {"republic": "ARD"}
    assert refused(sim, "ARD", ClaimLeadership()).got == "yours already"
    assert list(ClaimLeadership.legal(look(sim, "ARD"))) == []


def test_a_state_alone_of_its_kind_leads_nobody(sim: Any, refused: Any) -> None:
    assert "more than one" in refused(sim, "COR", ClaimLeadership()).expected

from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.renounce_claim import RenounceClaim


def test_a_claim_given_up_is_gone_and_welcome(sim: Any, do: Any, look: Any) -> None:
    assert [move.of for move in RenounceClaim.legal(look(sim, "DUN"))] == ["BEL"]
    legitimacy, goodwill = sim.world.actors["DUN"].legitimacy, sim.world.dyad("BEL", "DUN").cooperation.at(0)
    do(sim, "DUN", RenounceClaim("BEL"))
    assert sim.world.dyad("BEL", "DUN").claim is None
    assert sim.world.dyad("BEL", "DUN").cooperation.at(0) > goodwill
    assert sim.world.actors["DUN"].legitimacy < legitimacy


def test_nothing_can_be_renounced_where_nothing_is_claimed(sim: Any, refused: Any) -> None:
    assert refused(sim, "ARD", RenounceClaim("COR")).path == "$.move.of"

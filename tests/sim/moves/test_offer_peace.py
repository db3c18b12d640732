from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.offer_peace import OfferPeace


def test_an_offer_calls_the_enemy_and_is_made_once(sim: Any, do: Any, refused: Any, look: Any) -> None:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars.values()
    do(sim, "ARD", OfferPeace(war.id))
    assert [(c.actor, c.asker) for c in sim.world.calls.values() if c.reason == "peace"] == [("BEL", "ARD")]
    assert look(sim, "COR").wars[0].offers == ("ARD",)
    refused(sim, "ARD", OfferPeace(war.id))


def test_a_bystander_has_no_peace_to_offer(sim: Any, do: Any, refused: Any) -> None:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars.values()
    assert refused(sim, "COR", OfferPeace(war.id)).path == "$.move.war"

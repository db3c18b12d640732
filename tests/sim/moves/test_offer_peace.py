from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.answer_peace import AnswerPeace
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


def test_a_defender_that_yields_gives_what_the_war_is_about(sim: Any, do: Any) -> None:
    sim.world.dyad("BEL", "ARD").claim = "territory"
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars
    before = sim.world.actors["BEL"].legitimacy
    do(sim, "BEL", OfferPeace(war, "yield"))
    do(sim, "ARD", AnswerPeace(war, True))
    [ended] = [i for i in sim.world.incidents if i.kind == "war_ended"]
    assert (ended.detail["outcome"], ended.detail["yielder"]) == ("COMPROMISE", "BEL")
    assert sim.world.dyad("BEL", "ARD").claim is None
    assert sim.world.actors["BEL"].legitimacy < before


def test_an_attacker_that_yields_gives_up_its_claim(sim: Any, do: Any) -> None:
    sim.world.dyad("BEL", "ARD").claim = "territory"
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars
    do(sim, "ARD", OfferPeace(war, "yield"))
    do(sim, "BEL", AnswerPeace(war, True))
    assert not sim.world.wars
    assert sim.world.dyad("BEL", "ARD").claim is None

from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_peace import AnswerPeace
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.offer_peace import OfferPeace
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_a_peace_offer_calls_the_enemy_and_cannot_be_repeated(
    sim: Simulation, do: Do, refused: Refused, look: Look
) -> None:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars.values()
    do(sim, "ARD", OfferPeace(war.id))
    assert [(c.actor, c.asker) for c in sim.world.calls.values() if c.reason == "peace"] == [("BEL", "ARD")]
    assert look(sim, "COR").wars[0].offers == ("ARD",)
    refused(sim, "ARD", OfferPeace(war.id))


def test_a_state_outside_the_war_cannot_offer_peace(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars.values()
    assert refused(sim, "COR", OfferPeace(war.id)).path == "$.move.war"


def test_a_defender_that_yields_gives_what_the_war_is_about(sim: Simulation, do: Do) -> None:
    sim.world.dyad(ActorId("BEL"), ActorId("ARD")).claim = "territory"
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars
    before = sim.world.actors[ActorId("BEL")].legitimacy
    do(sim, "BEL", OfferPeace(war, "yield"))
    do(sim, "ARD", AnswerPeace(war, True))
    [ended] = [i for i in sim.world.incidents if i.kind == "war_ended"]
    assert (ended.detail["outcome"], ended.detail["yielder"]) == ("COMPROMISE", "BEL")
    assert sim.world.dyad(ActorId("BEL"), ActorId("ARD")).claim is None
    assert sim.world.actors[ActorId("BEL")].legitimacy < before


def test_an_attacker_that_yields_gives_up_its_claim(sim: Simulation, do: Do) -> None:
    sim.world.dyad(ActorId("BEL"), ActorId("ARD")).claim = "territory"
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars
    do(sim, "ARD", OfferPeace(war, "yield"))
    do(sim, "BEL", AnswerPeace(war, True))
    assert not sim.world.wars
    assert sim.world.dyad(ActorId("BEL"), ActorId("ARD")).claim is None

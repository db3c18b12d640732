from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_peace import AnswerPeace
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.offer_peace import OfferPeace

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def offered(sim: Simulation, do: Do) -> int:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars
    do(sim, "ARD", OfferPeace(war))
    return int(war)


def test_an_accepted_offer_ends_the_war(sim: Simulation, do: Do) -> None:
    do(sim, "BEL", AnswerPeace(offered(sim, do), True))
    assert not sim.world.wars


def test_a_declined_offer_closes_the_call(sim: Simulation, do: Do, refused: Refused) -> None:
    war = offered(sim, do)
    do(sim, "BEL", AnswerPeace(war, False))
    assert war in sim.world.wars
    assert refused(sim, "BEL", AnswerPeace(war, True)).path == "$.move.war"


def test_the_state_that_offers_peace_cannot_answer_its_own_offer(sim: Simulation, do: Do, refused: Refused) -> None:
    refused(sim, "ARD", AnswerPeace(offered(sim, do), True))

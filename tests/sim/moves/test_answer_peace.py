from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.answer_peace import AnswerPeace
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.offer_peace import OfferPeace


def offered(sim: Any, do: Any) -> int:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars
    do(sim, "ARD", OfferPeace(war))
    return int(war)


def test_accepting_ends_the_war(sim: Any, do: Any) -> None:
    do(sim, "BEL", AnswerPeace(offered(sim, do), True))
    assert not sim.world.wars


def test_fighting_on_closes_the_call(sim: Any, do: Any, refused: Any) -> None:
    war = offered(sim, do)
    do(sim, "BEL", AnswerPeace(war, False))
    assert war in sim.world.wars
    assert refused(sim, "BEL", AnswerPeace(war, True)).path == "$.move.war"


def test_the_one_who_offers_does_not_answer(sim: Any, do: Any, refused: Any) -> None:
    refused(sim, "ARD", AnswerPeace(offered(sim, do), True))

"""A policy that concedes everything."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.answer_peace import AnswerPeace
from counterpoise.sim.moves.offer_peace import OfferPeace
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.views.view import View


class Bot:
    """Concedes in every crisis, meets every condition, and yields in every war."""

    name: ClassVar[str] = "concede-all"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Give way in whatever is disputed."""
        own = view.own.id
        moves: list[Move] = [
            RespondCrisis(crisis.id, "concede")
            for crisis in view.crises
            if own in (crisis.initiator, crisis.target) and crisis.own_response != "concede"
        ]
        moves += [AnswerCondition(call.subject, True) for call in view.calls if call.reason == "condition"]
        moves += [AnswerPeace(call.subject, True) for call in view.calls if call.reason == "peace"]
        moves += [OfferPeace(war.id, "yield") for war in view.wars if own in (*war.attackers, *war.defenders)]
        return moves

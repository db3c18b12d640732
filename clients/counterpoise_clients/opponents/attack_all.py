"""A policy that attacks everybody."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_peace import AnswerPeace
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.views.view import View


class Bot:
    """Demands something of every state, escalates every crisis, attacks whomever it may, and makes no peace."""

    name: ClassVar[str] = "attack-all"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Begin and feed every quarrel."""
        own = view.own.id
        moves: list[Move] = [
            RespondCrisis(crisis.id, "escalate")
            for crisis in view.crises
            if own in (crisis.initiator, crisis.target) and crisis.own_response != "escalate"
        ]
        moves += [AnswerPeace(call.subject, False) for call in view.calls if call.reason == "peace"]
        if view.occasion == "window":
            first: dict[str, Move] = {}
            for attack in Attack.legal(view):
                first.setdefault(attack.target, attack)
            for demand in Demand.legal(view):
                first.setdefault(demand.of, demand)
            moves += first.values()
        return moves

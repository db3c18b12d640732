"""A policy that signs with everybody and keeps nothing."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.views.view import View


class Bot:
    """Offers consultation to every state, accepts every offer, and refuses every call of an ally."""

    name: ClassVar[str] = "sign-all"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Sign what can be signed, and go back on what was signed."""
        signed: list[Move] = [AnswerProposal(offer.id, True) for offer in view.proposals if offer.to == view.own.id]
        broken: list[Move] = [AnswerCall(call.subject, False) for call in view.calls if call.reason == "ally"]
        if view.occasion != "window":
            return [*signed, *broken]
        bound = [
            member
            for pact in view.alignments
            if view.own.id in pact.members and pact.commitment == "consultation" and pact.against is None
            for member in pact.members
        ]
        offers: list[Move] = [ProposeAlliance(o.id, "consultation") for o in view.others if o.id not in bound]
        return [*signed, *broken, *offers]

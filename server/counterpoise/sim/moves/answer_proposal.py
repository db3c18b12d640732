"""Answer a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import negotiation
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class AnswerProposal(Move):
    """Accept or decline an alliance another state has offered you.

    An offer left without an answer lapses at its deadline, which counts as declining.
    """

    kind: ClassVar[str] = "answer_proposal"
    title: ClassVar[str] = "Answer a proposal"

    proposal: Annotated[Id, Meta(description="the offer made to you", extra_json_schema={"x-choices": "proposals"})]
    accept: Annotated[bool, Meta(description="whether you take it")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse offers made to others, and acceptance by states that have come to fight or are so bound already."""
        offer = world.proposals.get(self.proposal)
        if offer is None or offer.to != actor:
            raise illegal("proposal", "the number of an open offer made to you", self.proposal)
        if not self.accept:
            return
        if world.at_war(actor, offer.proposer):
            raise illegal("accept", "no, while you are at war with the state that offers", True)
        promise = (offer.commitment, offer.against)
        shared = world.alignments_between(actor, offer.proposer)
        if any((a.commitment, a.against) == promise for a in shared):
            raise illegal("accept", "no, for the two of you have made that promise already", True)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Settle the offer."""
        negotiation.answer(stage, stage.world.proposals[self.proposal], self.accept)

    @classmethod
    def legal(cls, view: View) -> Iterator[AnswerProposal]:
        """Yield yes, where it is possible, and no to each offer received."""
        enemies = [other.id for other in view.others if other.at_war]
        for offer in view.proposals:
            if offer.to != view.own.id:
                continue
            bound = any(
                offer.proposer in a.members
                and offer.to in a.members
                and (a.commitment, a.against) == (offer.commitment, offer.against)
                for a in view.alignments
            )
            if offer.proposer not in enemies and not bound:
                yield cls(offer.id, True)
            yield cls(offer.id, False)

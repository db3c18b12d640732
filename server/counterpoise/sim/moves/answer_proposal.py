"""Answer a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import negotiation
from counterpoise.sim.types import ActorId, CallReason, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class AnswerProposal(Move, frozen=True):
    """Accept or decline an alliance another state has offered you, a treaty to sign, or an invitation to a pact.

    If you do not answer, the offer lapses at its deadline; that counts as declining.
    """

    kind: ClassVar[str] = "answer_proposal"
    title: ClassVar[str] = "Answer a proposal"
    group: ClassVar[MoveGroup] = "diplomacy"

    proposal: Annotated[Id, Meta(description="the offer made to you", extra_json_schema={"x-choices": "proposals"})]
    accept: Annotated[bool, Meta(description="whether you accept")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse an offer made to another state, and a yes to an enemy in war or to a promise that already stands."""
        offer = position.offer(self.proposal)
        if offer is None:
            return illegal("proposal", "unknown_offer", self.proposal)
        if not self.accept:
            return None
        if offer.proposer in position.enemies:
            return illegal("accept", "at_war_with_offerer", True)
        if offer.alignment is not None:
            return self._refuse_accession(position, offer.alignment)
        if offer.treaty:
            return None
        for shared in position.alignments_with(offer.proposer):
            if (shared.commitment, shared.against) == (offer.commitment, offer.against):
                return illegal("accept", "promise_with_offerer", True)
        return None

    @staticmethod
    def _refuse_accession(position: Position, number: int) -> OrderError | None:
        pact = position.known_alignment(number)
        enemy = next((member for member in pact.members if member in position.enemies), None) if pact else None
        return illegal("accept", "at_war_with_member", True) if enemy else None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Form the alliance, sign the treaty, join the pact, or close the offer."""
        negotiation.answer(stage, stage.world.proposals[self.proposal], self.accept)

    def answers(self) -> tuple[CallReason, int]:
        """Return the call that this answers."""
        return "proposal", self.proposal

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        offer = position.offer(self.proposal)
        if offer is None or (self.accept and not offer.secret and not offer.treaty):
            return None
        return tuple(dict.fromkeys(state for state in (offer.proposer, *offer.parties) if state != position.actor))

    def meaning(self) -> str:
        """Return what the answer means."""
        return (
            "You are bound by the promise from now on."
            if self.accept
            else "You stay unbound, and the state that asked remembers it."
        )

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield yes and no to each offer received."""
        for offer in position.view.proposals:
            if offer.to == position.actor:
                yield cls(offer.id, True)
                yield cls(offer.id, False)

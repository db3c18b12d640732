"""Vote on a pact's members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import accession
from counterpoise.sim.types import ActorId, CallReason, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class VoteOnMember(Move, frozen=True):
    """Consent or object to inviting, admitting or expelling a state, in a vote of a pact of yours.

    One objection ends the matter. If you do not vote, you do not consent.
    """

    kind: ClassVar[str] = "vote_on_member"
    title: ClassVar[str] = "Vote on a member"
    group: ClassVar[MoveGroup] = "diplomacy"

    vote: Annotated[
        Id, Meta(description="the vote in which you are asked", extra_json_schema={"x-choices": "membership_votes"})
    ]
    consent: Annotated[bool, Meta(description="whether you consent")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a vote in which the actor is not asked or has voted."""
        if position.membership_vote(self.vote) is None:
            return illegal("vote", "unknown_vote", self.vote)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Count the vote."""
        accession.cast(stage, stage.world.membership_votes[self.vote], actor, self.consent)

    def answers(self) -> tuple[CallReason, int]:
        """Return the call that this answers."""
        return "membership", self.vote

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        vote = position.membership_vote(self.vote)
        pact = None if vote is None else position.own_alignment(vote.alignment)
        if self.consent or vote is None or pact is None:
            return ()
        known = (*pact.members, vote.asker)
        hidden = (position.actor, vote.state if vote.question == "expel" else None)
        return tuple(dict.fromkeys(state for state in known if state not in hidden))

    def meaning(self) -> str:
        """Return what the answer means."""
        return "It is done if all others consent as well." if self.consent else "One objection ends the matter."

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield yes and no in each vote in which the seat is asked."""
        for call in position.view.calls:
            if call.reason == "membership":
                yield cls(call.subject, True)
                yield cls(call.subject, False)

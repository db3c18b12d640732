"""Expel a state from a pact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import accession
from counterpoise.sim.rules.legality import unknown_alignment
from counterpoise.sim.rules.membership_votes import EXPELLING_MEMBERS_MIN
from counterpoise.sim.types import ActorId, ActorRef, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class ExpelFromPact(Move, frozen=True):
    """Move that a member of a pact of yours be expelled; it is, if every other member consents.

    The member learns of it only when it is expelled, and remembers it. To expel an ally that is under attack breaks the promise
    to defend it. The Arab League can exclude a member by a vote of all the others (Pact of the League of Arab States 1945,
    art. 18).
    """

    kind: ClassVar[str] = "expel_from_pact"
    title: ClassVar[str] = "Expel a state from a pact"
    group: ClassVar[MoveGroup] = "diplomacy"
    RISK: ClassVar[str] = "one member that objects ends the matter; the state remembers if it is expelled"

    alignment: Annotated[Id, Meta(description="your pact", extra_json_schema={"x-choices": "pacts"})]
    member: Annotated[ActorRef, Meta(description="the member that is to be expelled")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a pact that is not the actor's or too small, the actor itself, its lead, and a state that is no other member."""
        pact = position.own_alignment(self.alignment)
        if pact is None:
            return unknown_alignment("alignment", self.alignment)
        if len(pact.members) < EXPELLING_MEMBERS_MIN:
            return illegal("alignment", "too_small_to_expel", self.alignment, needed=EXPELLING_MEMBERS_MIN)
        if self.member == position.actor:
            return illegal("member", "another_state", "your own")
        if self.member not in pact.members:
            return illegal("member", "no_member", self.member)
        if self.member == pact.lead:
            return illegal("member", "gives_promise", self.member)
        if position.is_voted_on(self.member, self.alignment):
            return illegal("member", "voted_on_now", self.member)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Ask the other members for their consent."""
        alignment = stage.world.alignments[self.alignment]
        accession.open_vote(stage, alignment, "expel", ActorId(self.member), actor)

    def calls_in_private(self) -> bool:
        """Return true: only the members know of the vote."""
        return True

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        pact = position.own_alignment(self.alignment)
        members = () if pact is None else pact.members
        return tuple(member for member in members if member not in (position.actor, self.member))

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each other member of each pact of the seat."""
        for alignment in position.view.alignments:
            if position.actor in alignment.members and len(alignment.members) >= EXPELLING_MEMBERS_MIN:
                for member in alignment.members:
                    yield cls(alignment.id, member)

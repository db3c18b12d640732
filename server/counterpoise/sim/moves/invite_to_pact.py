"""Invite a state to a pact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import accession
from counterpoise.sim.rules.legality import refuse_unless_other, unknown_alignment
from counterpoise.sim.rules.pact_legality import is_open, refuse_candidate, refuse_closed
from counterpoise.sim.types import ActorId, ActorRef, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class InviteToPact(Move, frozen=True):
    """Move that another state be invited to a pact of yours; it gets the invitation if every other member consents.

    The invited state joins if it accepts, on the terms of the pact. An invitation to a secret pact reveals the pact to the
    state that is invited. Unanimity is the rule of the North Atlantic Treaty (1949, art. 10) and of most treaties that others
    can join.
    """

    kind: ClassVar[str] = "invite_to_pact"
    title: ClassVar[str] = "Invite a state to a pact"
    group: ClassVar[MoveGroup] = "diplomacy"
    RISK: ClassVar[str] = "one member that objects ends the matter"

    alignment: Annotated[Id, Meta(description="your pact", extra_json_schema={"x-choices": "pacts"})]
    to: Annotated[ActorRef, Meta(description="the state that is to be invited")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a pact that is not the actor's or is closed, a member, and a state that cannot be a member."""
        pact = position.own_alignment(self.alignment)
        if pact is None:
            return unknown_alignment("alignment", self.alignment)
        refusal = refuse_closed(pact, self.alignment) or refuse_unless_other(position, self.to, "to")
        if refusal is not None:
            return refusal
        if self.to in pact.members:
            return illegal("to", "state_is_member", self.to)
        if position.is_invited(self.to, self.alignment):
            return illegal("to", "invited_already", self.to)
        return refuse_candidate(position, pact, ActorId(self.to), "to")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Ask the other members for their consent."""
        alignment = stage.world.alignments[self.alignment]
        accession.open_vote(stage, alignment, "invite", ActorId(self.to), actor)

    def calls_in_private(self) -> bool:
        """Return true: only the members and the invited state know of the invitation."""
        return True

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        pact = position.own_alignment(self.alignment)
        return () if pact is None else tuple(member for member in pact.members if member != position.actor)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each pact of the seat with each other state."""
        for alignment in position.view.alignments:
            if position.actor in alignment.members and is_open(alignment):
                for other in position.view.others:
                    yield cls(alignment.id, other.id)

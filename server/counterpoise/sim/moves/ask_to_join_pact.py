"""Ask to join a pact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import accession
from counterpoise.sim.rules.legality import refuse_enemy
from counterpoise.sim.rules.pact_legality import is_open, refuse_candidate, refuse_closed
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class AskToJoinPact(Move, frozen=True):
    """Ask the members of a pact that you know of to let you join it; you have joined as soon as all of them consent.

    You join on the terms of the pact. The Baghdad Pact (1955, art. 5), for example, was open to every state that cared for the
    peace of the region and that both its founders recognised.
    """

    kind: ClassVar[str] = "ask_to_join_pact"
    title: ClassVar[str] = "Ask to join a pact"
    group: ClassVar[MoveGroup] = "diplomacy"
    RISK: ClassVar[str] = "one member that objects ends the matter"

    alignment: Annotated[
        Id, Meta(description="the pact of other states", extra_json_schema={"x-choices": "others_pacts"})
    ]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a pact that the actor does not know, one of its own, and one that it cannot be a member of."""
        pact = position.known_alignment(self.alignment)
        if pact is None:
            return illegal("alignment", "unknown_pact", self.alignment)
        if position.actor in pact.members:
            return illegal("alignment", "member_already", self.alignment)
        refusal = refuse_closed(pact, self.alignment)
        for member in pact.members:
            refusal = refusal or refuse_enemy(position, member, "alignment")
        if refusal is None and self.alignment in position.invitations:
            refusal = illegal("alignment", "answer_invitation_first", self.alignment)
        return refusal or refuse_candidate(position, pact, position.actor, "alignment")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Ask every member for its consent."""
        accession.open_vote(stage, stage.world.alignments[self.alignment], "admit", actor, actor)

    def calls_in_private(self) -> bool:
        """Return true: only the members and this state know of the request."""
        return True

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        pact = position.known_alignment(self.alignment)
        return () if pact is None else tuple(member for member in pact.members if member != position.actor)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each pact of others that the seat knows of."""
        for alignment in position.view.alignments:
            if position.actor not in alignment.members and is_open(alignment):
                yield cls(alignment.id)

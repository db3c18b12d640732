"""Leave an alliance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage
from counterpoise.sim.rules import alignments
from counterpoise.sim.rules.legality import unknown_alignment
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class LeaveAlliance(Move, frozen=True):
    """Withdraw from an alliance, guarantee or informal alignment of yours; it ends, or goes on among the rest if two remain."""

    kind: ClassVar[str] = "leave_alliance"
    title: ClassVar[str] = "Leave an alliance"
    group: ClassVar[MoveGroup] = "diplomacy"
    RISK: ClassVar[str] = "you stand without that promise, and your partners are free of theirs"
    FINAL: ClassVar[bool] = True

    alignment: Annotated[Id, Meta(description="your alignment", extra_json_schema={"x-choices": "alignments"})]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse an alignment that is not the actor's own."""
        return (
            unknown_alignment("alignment", self.alignment) if position.own_alignment(self.alignment) is None else None
        )

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Leave the alignment."""
        alignments.leave(stage, stage.world.alignments[self.alignment], actor)

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        pact = position.own_alignment(self.alignment)
        if pact is None or not pact.secret:
            return None
        return tuple(member for member in pact.members if member != position.actor)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each alignment of the seat."""
        return (cls(alignment.id) for alignment in position.view.alignments if position.actor in alignment.members)

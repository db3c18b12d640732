"""Leave an alliance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage
from counterpoise.sim.rules import alignments
from counterpoise.sim.rules.legality import own_alignment
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class LeaveAlliance(Move):
    """Withdraw from an alliance, guarantee or informal alignment of yours; one between two states ends with it."""

    kind: ClassVar[str] = "leave_alliance"
    title: ClassVar[str] = "Leave an alliance"

    alignment: Annotated[Id, Meta(description="your alignment", extra_json_schema={"x-choices": "alignments"})]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse what is not the actor's own."""
        own_alignment(world, actor, self.alignment, "alignment")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Leave it."""
        alignments.leave(stage, stage.world.alignments[self.alignment], actor)

    @classmethod
    def legal(cls, view: View) -> Iterator[LeaveAlliance]:
        """Yield every alignment of the seat's own."""
        return (cls(a.id) for a in view.alignments if view.own.id in a.members)

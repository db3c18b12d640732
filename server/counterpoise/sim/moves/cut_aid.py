"""Cut aid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.rules import aid_leverage, memory
from counterpoise.sim.types import ActorId, ActorRef, AidKind
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class CutAid(Move, frozen=True):
    """Stop the aid you give to another state.

    The recipient's goodwill falls by the worth of the aid. The loss hurts the recipient more if it depends on the aid and
    receives little of this kind from others.
    """

    kind: ClassVar[str] = "cut_aid"
    title: ClassVar[str] = "Cut aid"
    group: ClassVar[MoveGroup] = "aid"
    RISK: ClassVar[str] = "you lose the goodwill that the aid has bought"

    to: ActorRef
    aid: Annotated[AidKind, Meta(description="money or arms")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse aid that the actor does not give."""
        if position.aid_to(self.to, self.aid) is None:
            return illegal("to", "no_such_aid", self.to, aid=self.aid)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """End the flow."""
        to = ActorId(self.to)
        flow = stage.world.aid[actor, to, self.aid]
        memory.add_goodwill(stage, actor, to, -flow.amount)
        aid_leverage.cut_flow(stage, flow, "cut")

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return None if self.aid == "economic" else (ActorId(self.to),)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each kind of aid the seat gives, to each recipient."""
        return (cls(flow.recipient, flow.kind) for flow in position.view.aid if flow.donor == position.actor)

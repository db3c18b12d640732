"""Cut aid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.rules import aid_leverage, memory
from counterpoise.sim.types import ActorId, ActorRef, AidKind
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class CutAid(Move):
    """Stop the aid you give to another state.

    The recipient forgets as much goodwill as the aid was worth, and is hurt as far as it has come to live on it and nobody
    else gives it the like.
    """

    kind: ClassVar[str] = "cut_aid"
    title: ClassVar[str] = "Cut aid"

    to: ActorRef
    aid: Annotated[AidKind, Meta(description="money or arms")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse aid the actor does not give."""
        if (actor, ActorId(self.to), self.aid) not in world.aid:
            raise illegal("to", f"a state you give {self.aid} aid to", self.to)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """End the flow."""
        to = ActorId(self.to)
        flow = stage.world.aid[actor, to, self.aid]
        memory.add_goodwill(stage, actor, to, -flow.amount)
        aid_leverage.cut_flow(stage, flow, "cut")

    @classmethod
    def legal(cls, view: View) -> Iterator[CutAid]:
        """Yield each flow the seat gives."""
        return (cls(flow.recipient, flow.kind) for flow in view.aid if flow.donor == view.own.id)

"""Send a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, require_other
from counterpoise.sim.types import ActorId, ActorRef, Words
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class Message(Move):
    """Write to another state; only the two of you can read it."""

    kind: ClassVar[str] = "message"
    title: ClassVar[str] = "Send a message"

    to: ActorRef
    text: Annotated[Words, Meta(description="what you write")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse letters to oneself and to states that do not exist."""
        require_other(world, actor, self.to, "to")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Deliver it."""
        to = ActorId(self.to)
        stage.record("message", actor, to, audience=(actor, to), text=self.text)

    @classmethod
    def legal(cls, view: View) -> Iterator[Message]:
        """Yield an example letter to each state."""
        return (cls(other.id, "Let us talk.") for other in view.others)

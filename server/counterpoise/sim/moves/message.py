"""Send a message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, Stage
from counterpoise.sim.rules.legality import refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef, Words
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class Message(Move, frozen=True):
    """Write a message to another state; only the two of you can read it."""

    kind: ClassVar[str] = "message"
    title: ClassVar[str] = "Send a message"

    to: ActorRef
    text: Annotated[Words, Meta(description="what you write")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a message to oneself or to a state that does not exist."""
        return refuse_unless_other(position, self.to, "to")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Deliver the message."""
        to = ActorId(self.to)
        stage.record("message", actor, to, audience=(actor, to), text=self.text)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield an example message to each state."""
        return (cls(other.id, "Let us talk.") for other in position.view.others)

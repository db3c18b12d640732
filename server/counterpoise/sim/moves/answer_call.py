"""Answer an ally's call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import war
from counterpoise.sim.types import ActorId, CallReason, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class AnswerCall(Move, frozen=True):
    """Honour a promise and enter your ally's war, or go back on it.

    Since 1945 states have kept about one such promise in five (Berkemeier & Fuhrmann 2018). Everyone remembers who broke a
    promise. If you do not answer before the deadline, your ministers decide, with the probabilities of states like yours.
    """

    kind: ClassVar[str] = "answer_call"
    title: ClassVar[str] = "Answer an ally's call"
    group: ClassVar[MoveGroup] = "crisis"

    war: Annotated[
        Id,
        Meta(
            description="the war your ally calls you into",
            extra_json_schema={"x-choices": "calls", "x-reason": "ally"},
        ),
    ]
    honour: Annotated[bool, Meta(description="whether you enter the war")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a war into which no ally has called the actor."""
        if position.sides(self.war) is None or not position.is_called("ally", self.war):
            return illegal("war", "no_call_of_ally", self.war)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Enter the war, or break the promise."""
        war.answer_ally(stage, stage.world.wars[self.war], actor, self.honour)

    def answers(self) -> tuple[CallReason, int]:
        """Return the call that this answers."""
        return "ally", self.war

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        if self.honour:
            return None
        call = next((one for one in position.view.calls if (one.reason, one.subject) == ("ally", self.war)), None)
        asker = None if call is None else call.asker
        if asker is None or any(not shared.secret for shared in position.alignments_with(asker)):
            return None
        return (asker,)

    def meaning(self) -> str:
        """Return what the answer means."""
        return (
            "You enter the war on its side." if self.honour else "You stay out. It remembers that you broke your word."
        )

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield yes and no to each call of an ally."""
        for call in position.view.calls:
            if call.reason == "ally":
                yield cls(call.subject, True)
                yield cls(call.subject, False)

"""Answer an offer of peace."""

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


class AnswerPeace(Move, frozen=True):
    """Accept an enemy's offer of peace, or fight on.

    If you do not answer before the deadline, your ministers decide, with the probabilities of states like yours.
    """

    kind: ClassVar[str] = "answer_peace"
    title: ClassVar[str] = "Answer an offer of peace"
    group: ClassVar[MoveGroup] = "crisis"

    war: Annotated[
        Id,
        Meta(
            description="the war an enemy offers to end",
            extra_json_schema={"x-choices": "calls", "x-reason": "peace"},
        ),
    ]
    accept: Annotated[bool, Meta(description="whether you make peace")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a war in which no peace offer waits for the actor's answer."""
        if position.sides(self.war) is None or not position.is_called("peace", self.war):
            return illegal("war", "no_peace_offer", self.war)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Make peace or fight on."""
        war.answer_peace(stage, stage.world.wars[self.war], actor, self.accept)

    def answers(self) -> tuple[CallReason, int]:
        """Return the call that this answers."""
        return "peace", self.war

    def meaning(self) -> str:
        """Return what the answer means."""
        return "The war ends on these terms." if self.accept else "The war goes on."

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield yes and no to each offer that waits."""
        for call in position.view.calls:
            if call.reason == "peace":
                yield cls(call.subject, True)
                yield cls(call.subject, False)

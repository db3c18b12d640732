"""Skip a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.rules import questions
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class SkipQuestion(Move, frozen=True):
    """Do not answer a question that was asked for the debrief.

    It changes nothing in the world and nobody else sees it. A question that you leave alone lapses by itself.
    """

    kind: ClassVar[str] = "skip_question"
    title: ClassVar[str] = "Skip a question"
    group: ClassVar[MoveGroup] = "debrief"
    FOR_DEBRIEF: ClassVar[bool] = True

    question: Annotated[Id, Meta(description="the question", extra_json_schema={"x-choices": "questions"})]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a question that is not open to the actor."""
        if position.has_question(self.question):
            return None
        return illegal("question", "unknown_question", self.question)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Close the question."""
        questions.skip(stage, self.question)

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return ()

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each open question."""
        return (cls(question.id) for question in position.view.questions)

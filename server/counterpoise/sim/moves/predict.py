"""Predict another state's choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import questions
from counterpoise.sim.rules.legality import refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef, AlignmentClass, Share
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class Predict(Move, frozen=True):
    """Note for the debrief what another state will do this window, and how sure you are.

    BAL: it aligns against its greatest threat. BW: it aligns with that threat. HIDE: it leaves the work to others. NEU: it
    stays out. OTHER: it aligns for some other purpose. A prediction changes nothing in the world and nobody else sees it.
    """

    kind: ClassVar[str] = "predict"
    title: ClassVar[str] = "Predict a choice"
    group: ClassVar[MoveGroup] = "debrief"
    FOR_DEBRIEF: ClassVar[bool] = True

    of: ActorRef
    choice: Annotated[AlignmentClass, Meta(description="what it will do about its greatest threat")]
    confidence: Annotated[Share, Meta(description="the probability you give it")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a prediction about oneself or about a state that does not exist."""
        return refuse_unless_other(position, self.of, "of")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Note the prediction."""
        confidence = quantised(self.confidence)
        stage.record("prediction", actor, audience=(actor,), of=self.of, choice=self.choice, confidence=confidence)
        questions.answer(stage, actor, "prediction", ActorId(self.of))

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return ()

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each choice of each state at an even chance and at near certainty."""
        for other in position.view.others:
            for choice in get_args(AlignmentClass):
                yield cls(other.id, choice, 0.5)
                yield cls(other.id, choice, 0.9)

"""Give a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self, get_args

from msgspec import Meta

from counterpoise.sim.move import Move, MoveGroup, Stage
from counterpoise.sim.rules import questions
from counterpoise.sim.types import FREE_TEXT, ActorId
from counterpoise.sim.views.view_position import ViewPosition

Reason = Literal["threat", "power", "ideology", "aid", "pressure", "profit", "habit", "other"]
"""The motives of alignment that the five hypotheses and their rivals name."""


class GiveReason(Move, frozen=True):
    """Note for the debrief why you act as you do, before you know the outcome.

    It changes nothing in the world and nobody else sees it.
    """

    kind: ClassVar[str] = "give_reason"
    title: ClassVar[str] = "Give a reason"
    group: ClassVar[MoveGroup] = "debrief"
    FOR_DEBRIEF: ClassVar[bool] = True

    reason: Annotated[Reason, Meta(description="your main motive")]
    note: Annotated[str, Meta(max_length=500, description="in your own words, if you like", extra=FREE_TEXT)] = ""

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Note the reason."""
        stage.record("reason", actor, audience=(actor,), reason=self.reason, note=self.note)
        questions.answer(stage, actor, "reason")

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return ()

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each reason."""
        return (cls(reason) for reason in get_args(Reason))

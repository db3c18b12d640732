"""Answer a demand tied to aid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import compliance
from counterpoise.sim.types import ActorId, CallReason, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class AnswerCondition(Move, frozen=True):
    """Do what a donor demands for its aid, or refuse.

    You comply at once and in public, and it costs a little legitimacy. The donor watches a promise to stay out of a war for a
    year. You also comply if your other moves do what is demanded. The donor decides what follows a refusal. If you do not
    answer, your ministers decide by how much the loss of the aid would hurt.
    """

    kind: ClassVar[str] = "answer_condition"
    title: ClassVar[str] = "Answer a donor's demand"
    group: ClassVar[MoveGroup] = "aid"

    condition: Annotated[
        Id,
        Meta(
            description="the demand made of you",
            extra_json_schema={"x-choices": "calls", "x-reason": "condition"},
        ),
    ]
    comply: Annotated[bool, Meta(description="whether you comply")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a demand made of another state and a demand already answered."""
        if not position.has_condition(self.condition) or not position.is_called("condition", self.condition):
            return illegal("condition", "no_such_condition", self.condition)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Comply or refuse."""
        compliance.answer(stage, stage.world.conditions[self.condition], self.comply)

    def answers(self) -> tuple[CallReason, int]:
        """Return the call that this answers."""
        return "condition", self.condition

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        asked = next((one for one in position.view.conditions if one.id == self.condition), None)
        if asked is None or (self.comply and asked.demand != "stay_out"):
            return None
        return (asked.donor,)

    def meaning(self) -> str:
        """Return what the answer means."""
        return (
            "You do what is asked, in public, and keep the aid."
            if self.comply
            else "The donor decides what becomes of its aid."
        )

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield yes and no to each demand that waits."""
        for call in position.view.calls:
            if call.reason == "condition":
                yield cls(call.subject, True)
                yield cls(call.subject, False)

"""Answer a demand tied to aid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import compliance
from counterpoise.sim.rules.legality import open_call
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class AnswerCondition(Move):
    """Do what a donor demands for its aid, or refuse.

    To comply is done at once, in public, and costs a little standing at home; a promise to stay out of a war is watched for a
    year. Doing by other moves what is demanded counts as well. What the donor does about a refusal is up to the donor.
    Without an answer your ministers decide, by how much it would hurt to lose the aid.
    """

    kind: ClassVar[str] = "answer_condition"
    title: ClassVar[str] = "Answer a donor's demand"

    condition: Annotated[
        Id,
        Meta(
            description="the demand made of you",
            extra_json_schema={"x-choices": "calls", "x-reason": "condition"},
        ),
    ]
    comply: Annotated[bool, Meta(description="whether you do it")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse demands made of others and those answered already."""
        if self.condition not in world.conditions or open_call(world, actor, "condition", self.condition) is None:
            raise illegal("condition", "a demand that waits for your answer", self.condition)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Give the answer."""
        compliance.answer(stage, stage.world.conditions[self.condition], self.comply)

    @classmethod
    def legal(cls, view: View) -> Iterator[AnswerCondition]:
        """Yield yes and no to each demand that waits."""
        known = [found.id for found in view.conditions]
        for call in view.calls:
            if call.reason == "condition" and call.subject in known:
                yield cls(call.subject, True)
                yield cls(call.subject, False)

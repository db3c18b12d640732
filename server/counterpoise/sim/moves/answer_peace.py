"""Answer an offer of peace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import open_call
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class AnswerPeace(Move):
    """Accept an enemy's offer of peace, or fight on.

    Without an answer before the deadline your ministers decide, at the odds of states like yours.
    """

    kind: ClassVar[str] = "answer_peace"
    title: ClassVar[str] = "Answer an offer of peace"

    war: Annotated[
        Id,
        Meta(
            description="the war an enemy offers to end",
            extra_json_schema={"x-choices": "calls", "x-reason": "peace"},
        ),
    ]
    accept: Annotated[bool, Meta(description="whether you make peace")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse wars in which no offer waits for the actor's answer."""
        if self.war not in world.wars or open_call(world, actor, "peace", self.war) is None:
            raise illegal("war", "a war in which an enemy waits for your answer to its offer", self.war)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Give the answer."""
        war.answer_peace(stage, stage.world.wars[self.war], actor, self.accept)

    @classmethod
    def legal(cls, view: View) -> Iterator[AnswerPeace]:
        """Yield yes and no to each offer that waits."""
        wars = [found.id for found in view.wars]
        for call in view.calls:
            if call.reason == "peace" and call.subject in wars:
                yield cls(call.subject, True)
                yield cls(call.subject, False)

"""Answer an ally's call."""

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
class AnswerCall(Move):
    """Honour a promise and enter your ally's war, or go back on it.

    Since 1945 states have kept about one such promise in five (Berkemeier & Fuhrmann 2018); everyone remembers who did
    not. Without an answer before the deadline your ministers decide, at the odds of states like yours.
    """

    kind: ClassVar[str] = "answer_call"
    title: ClassVar[str] = "Answer an ally's call"

    war: Annotated[
        Id,
        Meta(
            description="the war your ally calls you into",
            extra_json_schema={"x-choices": "calls", "x-reason": "ally"},
        ),
    ]
    honour: Annotated[bool, Meta(description="whether you enter the war")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse wars to which no ally has called the actor."""
        if self.war not in world.wars or open_call(world, actor, "ally", self.war) is None:
            raise illegal("war", "a war into which an ally calls you", self.war)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Enter the war, or leave the ally alone."""
        war.answer_ally(stage, stage.world.wars[self.war], actor, self.honour)

    @classmethod
    def legal(cls, view: View) -> Iterator[AnswerCall]:
        """Yield yes and no to each call of an ally."""
        wars = [found.id for found in view.wars]
        for call in view.calls:
            if call.reason == "ally" and call.subject in wars:
                yield cls(call.subject, True)
                yield cls(call.subject, False)

"""Respond in a crisis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.legality import unknown_crisis
from counterpoise.sim.types import ActorId, CallReason, CrisisResponse, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class RespondCrisis(Move, frozen=True):
    """Stand firm, concede, escalate or offer a compromise in a crisis of yours.

    Neither side sees the other's answer until the stage is over; until then you can change yours. In a standoff an answer
    reopens the crisis: a concession or an accepted compromise ends it, and an escalation continues it.
    """

    kind: ClassVar[str] = "respond_crisis"
    title: ClassVar[str] = "Respond in a crisis"
    group: ClassVar[MoveGroup] = "crisis"
    MEANINGS: ClassVar[dict[CrisisResponse, str]] = {
        "concede": "The other side gets what it wants, and the crisis ends.",
        "compromise": "The crisis ends if the other side does not press on.",
        "stand_firm": "You give nothing and threaten nothing more.",
        "escalate": "The crisis rises by a step. The last step is war.",
    }

    crisis: Annotated[Id, Meta(description="a crisis of yours", extra_json_schema={"x-choices": "crises"})]
    response: Annotated[CrisisResponse, Meta(description="your answer")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse states that are not a party to the crisis, and the answer given already."""
        found = position.crisis(self.crisis)
        if found is None:
            return unknown_crisis("crisis", self.crisis)
        if position.actor not in (found.initiator, found.target):
            return illegal("crisis", "no_side_of_crisis", self.crisis)
        if position.own_response(self.crisis) == self.response:
            return illegal("response", "same_answer", self.response)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Keep the answer until the stage is over; until then only the actor's own log shows it."""
        stage.record("crisis_answered", actor, audience=(actor,), crisis=self.crisis, response=self.response)
        crisis.respond(stage, stage.world.crises[self.crisis], actor, self.response)

    def answers(self) -> tuple[CallReason, int]:
        """Return the call that this answers."""
        return "crisis", self.crisis

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return ()

    def meaning(self) -> str:
        """Return what the answer means."""
        return self.MEANINGS[self.response]

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each answer to each crisis."""
        return (cls(crisis.id, response) for crisis in position.view.crises for response in get_args(CrisisResponse))

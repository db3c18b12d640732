"""Respond in a crisis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, get_args

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.legality import living_crisis
from counterpoise.sim.types import ActorId, CrisisResponse, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class RespondCrisis(Move):
    """Stand firm, concede, escalate or offer a compromise in a crisis you are a side of.

    Both sides answer each stage in the dark; the answers come out when the stage is over, and until then yours can be
    changed. In a standoff an answer reopens the matter: a concession or an offer taken up ends it, an escalation goes on.
    """

    kind: ClassVar[str] = "respond_crisis"
    title: ClassVar[str] = "Respond in a crisis"

    crisis: Annotated[Id, Meta(description="a crisis of yours", extra_json_schema={"x-choices": "crises"})]
    response: Annotated[CrisisResponse, Meta(description="what you do about it")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse bystanders and the answer given already."""
        found = living_crisis(world, self.crisis, "crisis")
        if actor not in (found.initiator, found.target):
            raise illegal("crisis", "a crisis you are a side of", self.crisis)
        if found.responses.get(actor) == self.response:
            raise illegal("response", "another answer than the one you gave already", self.response)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Seal the answer for the stage; only the actor's own log shows it."""
        stage.record("crisis_answered", actor, audience=(actor,), crisis=self.crisis, response=self.response)
        crisis.respond(stage, stage.world.crises[self.crisis], actor, self.response)

    @classmethod
    def legal(cls, view: View) -> Iterator[RespondCrisis]:
        """Yield the answers to each crisis of the seat's but the one it has given."""
        for found in view.crises:
            if view.own.id in (found.initiator, found.target):
                for response in get_args(CrisisResponse):
                    if response != found.own_response:
                        yield cls(found.id, response)

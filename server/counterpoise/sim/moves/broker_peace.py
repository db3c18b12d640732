"""Broker peace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import unknown_war
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class BrokerPeace(Move, frozen=True):
    """Ask the leading states of both sides of a war of others whether they would make peace.

    Neither side has to speak first. One yes is a peace offer to the other side, and two make peace.
    """

    kind: ClassVar[str] = "broker_peace"
    title: ClassVar[str] = "Broker peace"
    group: ClassVar[MoveGroup] = "crisis"
    RISK: ClassVar[str] = "a side may refuse, in public"
    COST: ClassVar[float] = 2.0
    """Treasury spent, in per cent of a year's budget: envoys and conferences."""

    war: Annotated[Id, Meta(description="a war of others", extra_json_schema={"x-choices": "wars"})]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a war the actor fights in and a war in which peace is already discussed."""
        sides = position.sides(self.war)
        if sides is None:
            return unknown_war("war", self.war)
        if position.actor in sides[0] + sides[1]:
            return illegal("war", "own_war", self.war)
        if position.is_peace_discussed(self.war):
            return illegal("war", "peace_talk_under_way", self.war)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Ask both leading states."""
        war.broker(stage, stage.world.wars[self.war], actor)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each war."""
        return (cls(war.id) for war in position.view.wars)

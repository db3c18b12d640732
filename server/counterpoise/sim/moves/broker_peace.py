"""Broker peace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import living_war, require_treasury, spend
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class BrokerPeace(Move):
    """Ask the leading states of both sides of a war of others whether they would make peace.

    Neither has to speak first: a yes to you is an offer to the other, and two of them are a peace.
    """

    kind: ClassVar[str] = "broker_peace"
    title: ClassVar[str] = "Broker peace"
    COST: ClassVar[float] = 2.0
    """Treasury spent, in per cent of a year's budget: envoys and conferences."""

    war: Annotated[Id, Meta(description="a war of others", extra_json_schema={"x-choices": "wars"})]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse belligerents, and wars in which there is talk of peace already."""
        found = living_war(world, self.war, "war")
        if actor in found.parties:
            raise illegal("war", "a war of others", self.war)
        if found.peace_offers or found.brokered_until > world.tick:
            raise illegal("war", "a war in which no talk of peace is under way", self.war)
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Ask them."""
        spend(stage, actor, self.COST)
        war.broker(stage, stage.world.wars[self.war], actor)

    @classmethod
    def legal(cls, view: View) -> Iterator[BrokerPeace]:
        """Yield the wars of others in which nobody talks of peace."""
        if view.own.treasury < cls.COST:
            return
        for found in view.wars:
            if view.own.id not in found.attackers + found.defenders and not found.brokered and not found.offers:
                yield cls(found.id)

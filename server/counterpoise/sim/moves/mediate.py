"""Mediate in a crisis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.legality import living_crisis, require_peace_with, require_treasury, spend
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class Mediate(Move):
    """Go between the two sides of a crisis of others.

    Mediated crises rise less readily and end in agreement more often (Beardsley, Quinn, Biswas & Wilkenfeld 2006); if this
    one does, both sides thank you. Who has taken a side cannot mediate.
    """

    kind: ClassVar[str] = "mediate"
    title: ClassVar[str] = "Mediate in a crisis"
    COST: ClassVar[float] = 1.0
    """Treasury spent, in per cent of a year's budget: envoys and conferences."""

    crisis: Annotated[
        Id, Meta(description="a crisis between two other states", extra_json_schema={"x-choices": "crises"})
    ]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse parties, their supporters and their enemies, and those who mediate already."""
        found = living_crisis(world, self.crisis, "crisis")
        parties = (found.initiator, found.target)
        if actor in (*parties, *found.supporters, *found.mediators):
            raise illegal("crisis", "a crisis of others in which you have no part", self.crisis)
        for party in parties:
            require_peace_with(world, actor, party, "crisis")
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Mediate."""
        spend(stage, actor, self.COST)
        crisis.mediate(stage, stage.world.crises[self.crisis], actor)

    @classmethod
    def legal(cls, view: View) -> Iterator[Mediate]:
        """Yield the crises of others in which the seat has no part."""
        if view.own.treasury < cls.COST:
            return
        enemies = [other.id for other in view.others if other.at_war]
        for found in view.crises:
            parties = (found.initiator, found.target)
            taken = view.own.id in (*parties, *found.supporters, *found.mediators)
            if not taken and not any(party in enemies for party in parties):
                yield cls(found.id)

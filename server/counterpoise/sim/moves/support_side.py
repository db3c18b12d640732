"""Support a side in a crisis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.legality import living_crisis, require_no_tie, require_peace_with, require_treasury, spend
from counterpoise.sim.types import ActorId, ActorRef, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class SupportSide(Move):
    """Put your weight behind one side of a crisis between two other states.

    About one dispute in ten draws in a third state, and those that do are far likelier to end in war (Gibler, Miller &
    Little 2016). A state cannot support a side against a partner of its own, and does not change sides.
    """

    kind: ClassVar[str] = "support_side"
    title: ClassVar[str] = "Support a side"
    COST: ClassVar[float] = 3.0
    """Treasury spent, in per cent of a year's budget: a show of force."""

    crisis: Annotated[
        Id, Meta(description="a crisis between two other states", extra_json_schema={"x-choices": "crises"})
    ]
    side: Annotated[ActorRef, Meta(description="the side you support")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse the parties themselves, those who have taken a side, and a side against a partner."""
        found = living_crisis(world, self.crisis, "crisis")
        parties = (found.initiator, found.target)
        if actor in parties or actor in found.supporters:
            raise illegal("crisis", "a crisis in which you have taken no side", self.crisis)
        if self.side not in parties:
            raise illegal("side", " or ".join(parties), self.side)
        require_peace_with(world, actor, ActorId(self.side), "side")
        opposed = found.target if self.side == found.initiator else found.initiator
        require_no_tie(world, actor, (opposed,), "side")
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Join the side."""
        spend(stage, actor, self.COST)
        crisis.support(stage, stage.world.crises[self.crisis], actor, ActorId(self.side))

    @classmethod
    def legal(cls, view: View) -> Iterator[SupportSide]:
        """Yield each side that may be supported in each crisis of others."""
        if view.own.treasury < cls.COST:
            return
        own = view.own.id
        enemies = [other.id for other in view.others if other.at_war]
        partners = [member for a in view.alignments if own in a.members for member in a.members]
        for found in view.crises:
            if own in (found.initiator, found.target) or own in found.supporters:
                continue
            for side, opposed in ((found.initiator, found.target), (found.target, found.initiator)):
                if side not in enemies and opposed not in partners:
                    yield cls(found.id, side)

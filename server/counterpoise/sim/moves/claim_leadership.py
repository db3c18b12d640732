"""Claim the leadership of a movement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.rules import movements
from counterpoise.sim.rules.legality import require_treasury, spend
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class ClaimLeadership(Move):
    """Claim to lead the states whose regime is of your kind.

    At the head of a movement a regime stands the firmer at home. Where another leads already the claim is a contest of
    power and standing. Kindred regimes that owe nobody obedience are pleased; where the creed knows one leader only, to claim
    the place is to tell the others to follow, and they remember it (Kerr 1971 on Cairo, Damascus and Baghdad).
    """

    kind: ClassVar[str] = "claim_leadership"
    title: ClassVar[str] = "Claim leadership"
    COST: ClassVar[float] = 5.0
    """Treasury spent, in per cent of a year's budget: conferences, radio, subsidies."""

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse the state that leads already, and one alone of its kind."""
        family = world.actors[actor].family
        if world.leaders.get(family) == actor:
            raise illegal("", "a movement that another leads or nobody", "yours already")
        if not movements.other_members(world, actor):
            raise illegal("", "a movement of more than one state", family)
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Make the claim in public."""
        spend(stage, actor, self.COST)
        movements.claim_leadership(stage, actor)

    @classmethod
    def legal(cls, view: View) -> Iterator[ClaimLeadership]:
        """Yield the move to a state with fellows that does not lead."""
        kin = any(other.family == view.own.family for other in view.others)
        if kin and view.own.treasury >= cls.COST and view.leaders.get(view.own.family) != view.own.id:
            yield cls()

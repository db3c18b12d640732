"""Attack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, get_args

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import (
    crisis_between,
    require_no_comradeship,
    require_no_tie,
    require_peace_with,
    require_treasury,
    spend,
)
from counterpoise.sim.types import ActorId, ActorRef, Issue
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class Attack(Move):
    """Go to war with another state: a rival, one you have a crisis with, or one with a claim between you.

    Wars come out of quarrels: a dispute between rivals ends in one nearly three times as often as a dispute between others
    (Gibler, Miller & Little 2016 with the rivalries of Thompson, Sakuwa & Suhas 2021). The allies of the state attacked
    are called to honour their promises.
    """

    kind: ClassVar[str] = "attack"
    title: ClassVar[str] = "Attack"
    COST: ClassVar[float] = 15.0
    """Treasury spent, in per cent of a year's budget: the opening campaign."""

    target: ActorRef
    aim: Annotated[Issue, Meta(description="what you fight for")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse partners, comrades, present enemies, and a state with which there is no quarrel."""
        target = require_other(world, actor, self.target, "target")
        require_peace_with(world, actor, target, "target")
        require_no_tie(world, actor, (target,), "target")
        require_no_comradeship(world, actor, (target,), "target")
        seen, shown = world.dyad(actor, target), world.dyad(target, actor)
        quarrel = seen.rivalry or shown.rivalry or seen.claim is not None or shown.claim is not None
        if not quarrel and crisis_between(world, actor, target) is None:
            raise illegal("target", "a state you have a crisis, a rivalry or a claim with", target)
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Begin the war; those who took a side in the crisis before it fight on that side."""
        spend(stage, actor, self.COST)
        target = ActorId(self.target)
        crisis = crisis_between(stage.world, actor, target)
        sides = crisis.supporters if crisis is not None else {}
        attackers = (actor, *(supporter for supporter, side in sides.items() if side == actor))
        defenders = (target, *(supporter for supporter, side in sides.items() if side == target))
        war.begin(stage, attackers, defenders, self.aim)

    @classmethod
    def legal(cls, view: View) -> Iterator[Attack]:
        """Yield a war for each aim against each state the seat has a quarrel with."""
        if view.own.treasury < cls.COST:
            return
        own = view.own.id
        partners = [member for a in view.alignments if own in a.members for member in a.members]
        for found in view.wars:
            for side in (found.attackers, found.defenders):
                if own in side:
                    partners.extend(side)
        in_crisis = [
            member for c in view.crises for member in (c.initiator, c.target) if own in (c.initiator, c.target)
        ]
        for other in view.others:
            quarrel = other.rivalry or other.claim is not None or other.id in in_crisis
            if quarrel and not other.at_war and other.id not in partners:
                for aim in get_args(Issue):
                    yield cls(other.id, aim)

"""Attack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import refuse_comrade, refuse_enemy, refuse_partner, refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef, Issue
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class Attack(Move, frozen=True):
    """Go to war with another state: a rival, one you have a crisis with, or one with a claim between you.

    Wars grow out of disputes. A dispute between rivals ends in war nearly three times as often as a dispute between other
    states (Gibler, Miller & Little 2016 with the rivalries of Thompson, Sakuwa & Suhas 2021). The game asks the allies of
    the attacked state to honour their promises.
    """

    kind: ClassVar[str] = "attack"
    title: ClassVar[str] = "Attack"
    group: ClassVar[MoveGroup] = "crisis"
    RISK: ClassVar[str] = "a war: losses, lost land, and others that join against you"
    FINAL: ClassVar[bool] = True
    COST: ClassVar[float] = 15.0
    """Treasury spent, in per cent of a year's budget: the opening campaign."""

    target: ActorRef
    aim: Annotated[Issue, Meta(description="what you fight for")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse partners, comrades, present enemies, and a state with which the actor has no dispute."""
        target = self.target
        refusal = (
            refuse_unless_other(position, target, "target")
            or refuse_enemy(position, target, "target")
            or refuse_partner(position, target, "target")
            or refuse_comrade(position, target, "target")
        )
        if refusal is None and not _has_dispute(position, target):
            refusal = illegal("target", "no_cause_for_war", target)
        return refusal

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Begin the war. States that supported a side in the crisis before the war fight on that side."""
        target = ActorId(self.target)
        crisis = stage.world.crisis_between(actor, target)
        sides = crisis.supporters if crisis is not None else {}
        attackers = (actor, *(supporter for supporter, side in sides.items() if side == actor))
        defenders = (target, *(supporter for supporter, side in sides.items() if side == target))
        war.begin(stage, attackers, defenders, self.aim)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield a war for each aim against each rival, each claimant on the seat, and each opponent in a crisis.

        A claim of the seat's own is a legal ground for an attack too, but does not put a state on this list.
        """
        for other in position.view.others:
            if other.rivalry or other.claim is not None or other.id in position.crisis_opponents:
                for aim in get_args(Issue):
                    yield cls(other.id, aim)


def _has_dispute(position: Position, other: str) -> bool:
    own = position.actor
    claim = position.has_claim(other, own) or position.has_claim(own, other)
    return bool(claim) or position.is_rival(other) or other in position.crisis_opponents

"""Guarantee a state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.rules import alignments
from counterpoise.sim.rules.legality import require_peace_with, require_treasury, spend, worst_foes
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class Guarantee(Move):
    """Promise in public to defend another state, which need promise nothing in return.

    A one-sided public promise counts as an alignment (Walt 1987, ch. 1), and breaking it costs the guarantor its name.
    """

    kind: ClassVar[str] = "guarantee"
    title: ClassVar[str] = "Guarantee a state"
    COST: ClassVar[float] = 2.0
    """Treasury spent, in per cent of a year's budget: staff talks, a visiting squadron."""

    to: ActorRef
    against: Annotated[ActorRef | None, Meta(description="the state you protect it from, if you name one")] = None

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse enemies in war and a second guarantee of the same state."""
        to = require_other(world, actor, self.to, "to")
        if self.against is not None and require_other(world, actor, self.against, "against") == to:
            raise illegal("against", "a third state", to)
        require_peace_with(world, actor, to, "to")
        if any(a.commitment == "guarantee" and a.lead == actor for a in world.alignments_between(actor, to)):
            raise illegal("to", "a state you do not guarantee yet", to)
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Give the guarantee; it stands without an answer."""
        spend(stage, actor, self.COST)
        against = None if self.against is None else ActorId(self.against)
        alignments.form(stage, (actor, ActorId(self.to)), "guarantee", against=against, lead=actor)

    @classmethod
    def legal(cls, view: View) -> Iterator[Guarantee]:
        """Yield guarantees against nobody in particular and against each of the worst foes."""
        if view.own.treasury < cls.COST:
            return
        own = view.own.id
        foes = worst_foes(view)
        for other in view.others:
            given = any(
                a.commitment == "guarantee" and a.lead == own and other.id in a.members for a in view.alignments
            )
            if other.at_war or given:
                continue
            yield cls(other.id)
            for foe in foes:
                if foe != other.id:
                    yield cls(other.id, foe)

"""Give aid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, get_args

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.standing import require_peace_with, require_treasury, spend
from counterpoise.sim.types import ActorId, ActorRef, AidKind
from counterpoise.sim.view import View
from counterpoise.sim.world import Aid, World

STEPS = (0.05, 0.15, 0.3)
"""The amounts shown as examples: a token, a serious programme, dependence."""


@dataclass(frozen=True, slots=True)
class GiveAid(Move):
    """Send another state money or arms each year until you cut it; a new amount replaces the old one.

    Aid follows alignment more often than it makes it, and buys leverage only for a donor with a monopoly on something vital
    (Walt 1987, ch. 7). Economic aid is public, military aid is known to the two of you. Aid your treasury can no longer bear
    ends by itself.
    """

    kind: ClassVar[str] = "give_aid"
    title: ClassVar[str] = "Give aid"
    COST: ClassVar[float] = 1.0
    """Treasury spent to set a programme up, in per cent of a year's budget; the yearly payments come on top."""

    to: ActorRef
    aid: Annotated[AidKind, Meta(description="money or arms")]
    amount: Annotated[float, Meta(ge=0.01, le=0.5, description="share of the recipient's budget, each year")]
    condition: Annotated[str, Meta(max_length=200, description="what you expect for it, if anything")] = ""

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse enemies in war and an amount that flows already."""
        to = require_other(world, actor, self.to, "to")
        require_peace_with(world, actor, to, "to")
        flow = world.aid.get((actor, to, self.aid))
        if flow is not None and flow.amount == round(self.amount, 6) and flow.condition == self.condition:
            raise illegal("amount", "another amount or condition than that of the aid you give now", self.amount)
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Set the flow; every month paid is a friendly deed of its own."""
        spend(stage, actor, self.COST)
        world, to, amount = stage.world, ActorId(self.to), round(self.amount, 6)
        world.aid[actor, to, self.aid] = Aid(actor, to, self.aid, amount, world.tick, self.condition)
        audience = None if self.aid == "economic" else (actor, to)
        stage.record("aid_given", actor, to, audience=audience, aid=self.aid, amount=amount)
        if self.condition:
            stage.record("aid_condition", actor, to, audience=(actor, to), aid=self.aid, text=self.condition)

    @classmethod
    def legal(cls, view: View) -> Iterator[GiveAid]:
        """Yield three amounts of each kind for each state at peace with the seat, without conditions."""
        if view.own.treasury < cls.COST:
            return
        flows = [(a.recipient, a.kind, a.amount) for a in view.aid if a.donor == view.own.id]
        for other in view.others:
            if other.at_war:
                continue
            for aid in get_args(AidKind):
                for amount in STEPS:
                    if (other.id, aid, amount) not in flows:
                        yield cls(other.id, aid, amount)

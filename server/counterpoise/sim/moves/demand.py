"""Make a demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, get_args

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.legality import (
    crisis_between,
    require_no_comradeship,
    require_no_tie,
    require_peace_with,
    require_treasury,
    spend,
)
from counterpoise.sim.types import LEVEL_DISPLAY, LEVEL_THREAT, ActorId, ActorRef, Issue, Words
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class Demand(Move):
    """Demand something of another state under threat, which opens a crisis it must answer.

    The other state may concede, offer a compromise, stand firm or escalate. The crisis opens at the level of a threat on
    the scale of the Militarized Interstate Disputes data (Gibler, Miller & Little 2016), or with an ultimatum at that of a
    display of force: then you go to war if the demand is refused, unless you offer terms after all and are seen to have
    bluffed.
    """

    kind: ClassVar[str] = "demand"
    title: ClassVar[str] = "Make a demand"
    COST: ClassVar[float] = 2.0
    """Treasury spent, in per cent of a year's budget: forces put on notice."""
    ULTIMATUM_COST: ClassVar[float] = 15.0
    """The same for an ultimatum: forces ready to march, as many as an attack asks for."""

    of: ActorRef
    aim: Annotated[Issue, Meta(description="what the demand is about")]
    text: Annotated[Words, Meta(description="the demand in your words, shown to everyone")]
    ultimatum: Annotated[bool, Meta(description="whether it is meet it or fight, within days")] = False

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse enemies in war and states with which a crisis is under way."""
        of = require_other(world, actor, self.of, "of")
        require_peace_with(world, actor, of, "of")
        if crisis_between(world, actor, of) is not None:
            raise illegal("of", "a state you have no crisis with", of)
        if self.ultimatum:  # it may end in an attack, and asks for what an attack asks for
            require_no_tie(world, actor, (of,), "of")
            require_no_comradeship(world, actor, (of,), "of")
        require_treasury(world, actor, self._cost())

    def _cost(self) -> float:
        return self.ULTIMATUM_COST if self.ultimatum else self.COST

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Open the crisis."""
        spend(stage, actor, self._cost())
        level = LEVEL_DISPLAY if self.ultimatum else LEVEL_THREAT
        crisis.begin(stage, actor, ActorId(self.of), self.aim, level=level, demand=self.text, ultimatum=self.ultimatum)

    @classmethod
    def legal(cls, view: View) -> Iterator[Demand]:
        """Yield a demand of each kind of each state at peace with the seat."""
        if view.own.treasury < cls.COST:
            return
        own = view.own.id
        busy = [c.target if c.initiator == own else c.initiator for c in view.crises if own in (c.initiator, c.target)]
        fellows = [member for a in view.alignments if own in a.members for member in a.members]
        fellows += [fellow for w in view.wars for side in (w.attackers, w.defenders) if own in side for fellow in side]
        for other in view.others:
            if not other.at_war and other.id not in busy:
                for aim in get_args(Issue):
                    yield cls(other.id, aim, f"Meet our demand over {aim}.")
                    if view.own.treasury >= cls.ULTIMATUM_COST and other.id not in fellows:
                        yield cls(other.id, aim, f"Meet our demand over {aim}, or it is war.", True)

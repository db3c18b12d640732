"""Give aid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, get_args

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.processes import compliance
from counterpoise.sim.rules import aid_leverage
from counterpoise.sim.rules.legality import require_peace_with, require_treasury, spend
from counterpoise.sim.types import FREE_TEXT, ActorId, ActorRef, AidDemand, AidKind
from counterpoise.sim.view import OtherState, View, WarView
from counterpoise.sim.world import Aid, World

STEPS = (0.05, 0.15, 0.3)
"""The amounts shown as examples: a token, a serious programme, dependence."""


@dataclass(frozen=True, slots=True)
class GiveAid(Move):
    """Send another state money or arms each year until you cut it; a new amount replaces the old one.

    Aid follows alignment more often than it makes it, and buys leverage only for a donor with a monopoly on something vital
    (Walt 1987, ch. 7). A ``demand`` asks the recipient for something that can be checked, by a deadline; ``condition`` says
    anything in words. Economic aid is public, military aid and every demand are known to the two of you. Aid your treasury
    can no longer bear ends by itself.
    """

    kind: ClassVar[str] = "give_aid"
    title: ClassVar[str] = "Give aid"
    COST: ClassVar[float] = 1.0
    """Treasury spent to set a programme up, in per cent of a year's budget; the yearly payments come on top."""

    to: ActorRef
    aid: Annotated[AidKind, Meta(description="money or arms")]
    amount: Annotated[float, Meta(ge=0.01, le=0.5, description="share of the recipient's budget, each year")]
    condition: Annotated[
        str, Meta(max_length=200, description="what you expect for it, if anything", extra=FREE_TEXT)
    ] = ""
    demand: Annotated[AidDemand | None, Meta(description="what it must do for the aid, by a deadline")] = None
    about: Annotated[ActorRef | None, Meta(description="the state that the demand is about")] = None

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse enemies in war and an amount that flows already."""
        to = require_other(world, actor, self.to, "to")
        require_peace_with(world, actor, to, "to")
        flow = world.aid.get((actor, to, self.aid))
        same = flow is not None and (flow.amount, flow.condition) == (round(self.amount, 6), self.condition)
        if self.about is not None:
            require_other(world, to, self.about, "about")
        if self.demand is not None:
            self._check_demand(world, actor, to, self.demand)
        elif self.about is not None:
            raise illegal("about", "a demand that goes with it", self.about)
        elif same:
            raise illegal("amount", "another amount or condition than that of the aid you give now", self.amount)
        require_treasury(world, actor, self.COST)

    def _check_demand(self, world: World, actor: ActorId, to: ActorId, demand: AidDemand) -> None:
        about = None if self.about is None else ActorId(self.about)
        if any((c.donor, c.recipient) == (actor, to) for c in world.conditions.values()):
            raise illegal("demand", "nothing more, while your last demand waits for an answer", demand)
        if (about is None) != (demand == "side_with_us"):
            raise illegal("about", "no state" if about is not None else "the state that the demand is about", about)
        if compliance.is_fulfilled(world, actor, to, demand, about):
            raise illegal("demand", "something it has not done already", demand)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Set the flow; every month paid is a friendly deed of its own."""
        spend(stage, actor, self.COST)
        world, to, amount = stage.world, ActorId(self.to), round(self.amount, 6)
        aid_leverage.set_flow(world, Aid(actor, to, self.aid, amount, world.tick, self.condition))
        audience = None if self.aid == "economic" else (actor, to)
        stage.record("aid_given", actor, to, audience=audience, aid=self.aid, amount=amount)
        if self.condition:
            stage.record("aid_condition", actor, to, audience=(actor, to), aid=self.aid, text=self.condition)
        if self.demand is not None:
            about = None if self.about is None else ActorId(self.about)
            compliance.open_condition(stage, world.aid[actor, to, self.aid], self.demand, about)

    @classmethod
    def legal(cls, view: View) -> Iterator[GiveAid]:
        """Yield three amounts of each kind for each state at peace with the seat, and the middle one with what can be asked."""
        if view.own.treasury < cls.COST:
            return
        asked = [condition.recipient for condition in view.conditions if condition.donor == view.own.id]
        flows = [(a.recipient, a.kind, a.amount) for a in view.aid if a.donor == view.own.id]
        for other in view.others:
            if other.at_war:
                continue
            for aid in get_args(AidKind):
                for amount in STEPS:
                    if (other.id, aid, amount) not in flows:
                        yield cls(other.id, aid, amount)
                if other.id not in asked:
                    for demand, about in _askable(view, other):
                        yield cls(other.id, aid, STEPS[1], "", demand, about)


def _askable(view: View, other: OtherState) -> Iterator[tuple[AidDemand, ActorId | None]]:
    """Yield what the seat can see that a recipient has not done for it yet."""
    own = view.own.id
    if not other.aligned:
        yield "side_with_us", None
    if other.stated_intent != "friendly":
        yield "friendly_words", own
    if other.claim is not None:
        yield "drop_claim", own
    partners = [member for a in view.alignments if other.id in a.members for member in a.members]
    enemies = [foe for w in view.wars for foe in enemies_in(w, other.id)]
    for third in view.others:
        if third.id == other.id:
            continue
        if third.id in partners:
            yield "leave_alliance", third.id
        yield ("make_peace" if third.id in enemies else "stay_out"), third.id


def enemies_in(war: WarView, state: ActorId) -> tuple[ActorId, ...]:
    """Return those a state fights against in a war."""
    if state in war.attackers:
        return war.defenders
    return war.attackers if state in war.defenders else ()

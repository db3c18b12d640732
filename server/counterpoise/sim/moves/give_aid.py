"""Give aid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.processes import compliance
from counterpoise.sim.processes.sanctioning import AID_UNDER
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import aid_leverage
from counterpoise.sim.rules.legality import refuse_enemy, refuse_unless_other, refuse_words
from counterpoise.sim.types import FREE_TEXT, ActorId, ActorRef, AidDemand, AidKind, SanctionScope
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view import OtherState
from counterpoise.sim.views.view_position import ViewPosition

SANCTION_ON: dict[AidKind, SanctionScope] = {aid: scope for scope, aid in AID_UNDER.items()}
"""The sanction that forbids each kind of aid."""
EXAMPLE_AMOUNTS = (0.05, 0.15, 0.3)
"""Example amounts: a token, a serious programme, and an amount that leads to dependence."""


class GiveAid(Move, frozen=True):
    """Send another state money or arms each year until you cut the aid; a new amount replaces the old one.

    Aid follows alignment more often than it creates alignment, and gives leverage only to a donor with a monopoly on
    something vital (Walt 1987, ch. 7). A ``demand`` asks the recipient for something that the game can check, by a deadline.
    A ``condition`` is free text. Economic aid is public. Only the two of you know of military aid and of demands. Aid that
    your treasury can no longer pay ends by itself.
    """

    kind: ClassVar[str] = "give_aid"
    title: ClassVar[str] = "Give aid"
    group: ClassVar[MoveGroup] = "aid"
    RISK: ClassVar[str] = "the money is gone even if nothing comes of it"
    PRICE: ClassVar[str] = "the amount, each year"
    COST: ClassVar[float] = 1.0
    """Treasury spent to set up a programme, in per cent of a year's budget; the yearly payments are extra."""

    to: ActorRef
    aid: Annotated[AidKind, Meta(description="money or arms")]
    amount: Annotated[float, Meta(ge=0.01, le=0.5, description="share of the recipient's budget, each year")]
    condition: Annotated[
        str,
        Meta(
            max_length=200,
            description="what you expect in return, if anything",
            extra=FREE_TEXT,
            extra_json_schema={"x-words": "some"},
        ),
    ] = ""
    demand: Annotated[AidDemand | None, Meta(description="what the recipient must do for the aid, by a deadline")] = (
        None
    )
    about: Annotated[ActorRef | None, Meta(description="the state that the demand is about")] = None

    def rule(self, position: Position) -> OrderError | None:
        """Refuse enemies in war, the aid that flows already, a demand that cannot be made now, and words not allowed now."""
        refusal = (
            refuse_unless_other(position, self.to, "to")
            or refuse_enemy(position, self.to, "to")
            or refuse_words(position, self.condition, "condition", to_everyone=False)
        )
        if refusal is None and self.about is not None:
            refusal = self._refuse_about(position, self.about)
        if refusal is None and position.has_sanction(self.to, SANCTION_ON[self.aid]):
            refusal = illegal("to", "own_sanction", self.to)
        if refusal is not None:
            return refusal
        if self.demand is not None:
            return self._refuse_demand(position, self.demand)
        if self.about is not None:
            return illegal("about", "about_without_demand", self.about)
        flow = position.aid_to(self.to, self.aid)
        if flow is not None and (flow.amount, flow.condition) == (quantised(self.amount), self.condition):
            return illegal("amount", "same_aid", self.amount)
        return None

    def _refuse_about(self, position: Position, about: str) -> OrderError | None:
        if about == self.to:
            return illegal("about", "another_state", "your own")
        return None if about == position.actor else refuse_unless_other(position, about, "about")

    def _refuse_demand(self, position: Position, demand: AidDemand) -> OrderError | None:
        if self.to in position.pressed:
            return illegal("demand", "demand_waits", demand)
        if (self.about is None) != (demand == "side_with_us"):
            return illegal("about", "about_needed" if self.about is None else "about_not_needed", self.about)
        if compliance.is_fulfilled(position, self.to, demand, self.about):
            return illegal("demand", "demand_done", demand)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Set the flow and open the demand, if there is one."""
        world, to, amount = stage.world, ActorId(self.to), quantised(self.amount)
        aid_leverage.set_flow(world, Aid(actor, to, self.aid, amount, world.tick, self.condition))
        audience = None if self.aid == "economic" else (actor, to)
        stage.record("aid_given", actor, to, audience=audience, aid=self.aid, amount=amount)
        if self.condition:
            stage.record("aid_condition", actor, to, audience=(actor, to), aid=self.aid, text=self.condition)
        if self.demand is not None:
            about = None if self.about is None else ActorId(self.about)
            compliance.open_condition(stage, world.aid[actor, to, self.aid], self.demand, about)

    def calls_in_private(self) -> bool:
        """Return whether the aid comes with a demand, of which only the two states know."""
        return self.demand is not None

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return None if self.aid == "economic" else (ActorId(self.to),)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield three amounts of each kind for each state, and the middle one with each demand that is not fulfilled yet.

        An amount that flows already is left out whatever its condition.
        """
        for other in position.view.others:
            open_demands = [
                (demand, about)
                for demand, about in _demands(position, other)
                if not compliance.is_fulfilled(position, other.id, demand, about)
            ]
            for aid in get_args(AidKind):
                flow = position.aid_to(other.id, aid)
                for amount in EXAMPLE_AMOUNTS:
                    if flow is None or flow.amount != amount:
                        yield cls(other.id, aid, amount)
                for demand, about in open_demands:
                    yield cls(other.id, aid, EXAMPLE_AMOUNTS[1], "", demand, about)


def _demands(position: ViewPosition, other: OtherState) -> Iterator[tuple[AidDemand, ActorId | None]]:
    """Yield what a donor can ask of a recipient: three things for itself, three about each third state."""
    own = position.actor
    yield "side_with_us", None
    yield "friendly_words", own
    yield "drop_claim", own
    for third in position.view.others:
        if third.id != other.id:
            yield "leave_alliance", third.id
            yield "make_peace", third.id
            yield "stay_out", third.id

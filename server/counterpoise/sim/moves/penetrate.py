"""Penetrate another state's politics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.processes import penetration
from counterpoise.sim.relations.influence import Campaign
from counterpoise.sim.rules.legality import refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef, Means, PenetrationAim
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition

EXAMPLE_EFFORT = 0.5
"""The effort that a list of legal moves offers."""


class Penetrate(Move, frozen=True):
    """Work on another state's politics from within for a year, by the means and for the aim you choose.

    You gain access faster in an open society and with more effort. Access fades without a campaign. A campaign that comes to
    light costs access and goodwill: little if the aim is limited and the means pass for legitimate, much if you meant to
    decide who governs (Walt 1987, ch. 7). Propaganda that you broadcast openly cannot be exposed, but all know of it, and the
    state it is aimed at remembers every month of it. With access you learn of secret treaties and have friends when a regime
    falls.
    """

    kind: ClassVar[str] = "penetrate"
    title: ClassVar[str] = "Penetrate a state"
    group: ClassVar[MoveGroup] = "influence"
    RISK: ClassVar[str] = "if it comes to light, the state turns against you"
    COST: ClassVar[float] = 1.0
    """Treasury spent to set up a campaign, in per cent of a year's budget; a month at full effort costs the same again."""

    target: ActorRef
    means: Annotated[Means, Meta(description="by what means; lobbying and exchange pass for legitimate")]
    aim: Annotated[
        PenetrationAim, Meta(description="a voice in its politics (limited) or the choice of who governs")
    ] = "limited"
    effort: Annotated[
        float, Meta(ge=0.0, le=1.0, description="share of a full programme; 0 ends the present campaign")
    ] = 0.5

    open: Annotated[
        bool, Meta(description="whether you broadcast it openly, for everyone to hear; propaganda only")
    ] = False

    def cost(self) -> float:
        """Return the cost of a campaign; an end to one costs nothing."""
        return 0.0 if quantised(self.effort) == 0.0 else self.COST

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a campaign equal to the one under way, and effort 0 where none is under way."""
        refusal = refuse_unless_other(position, self.target, "target")
        if refusal is not None:
            return refusal
        if self.open and self.means != "propaganda":
            return illegal("open", "not_broadcast", True, means=self.means)
        running = position.campaign_in(self.target)
        if running is None:
            if quantised(self.effort) == 0.0:
                return illegal("effort", "no_campaign", self.effort)
        elif (running.means, running.aim, running.effort, running.open) == (
            self.means,
            self.aim,
            quantised(self.effort),
            self.open,
        ):
            return illegal("effort", "same_campaign", self.effort)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Begin, change or end the campaign; only the actor knows, unless it is open."""
        world, target, effort = stage.world, ActorId(self.target), quantised(self.effort)
        if effort == 0.0:
            penetration.end(stage, world.campaigns[actor, target], "called off")
            return
        lasts = world.tick + penetration.CAMPAIGN_DAYS
        number = stage.next_id(None if self.open else (actor,))
        campaign = Campaign(number, actor, target, self.means, self.aim, effort, world.tick, lasts, self.open)
        penetration.begin(stage, campaign)

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        campaign = position.campaign_in(self.target)
        is_open = campaign.open if self.effort == 0.0 and campaign is not None else self.open
        return None if is_open else ()

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield an end to each campaign that runs, and each means and aim against each state at half effort."""
        for campaign in position.view.campaigns:
            yield cls(campaign.target, campaign.means, campaign.aim, 0.0)
        for other in position.view.others:
            for means in get_args(Means):
                for aim in get_args(PenetrationAim):
                    yield cls(other.id, means, aim, EXAMPLE_EFFORT)
                    if means == "propaganda":
                        yield cls(other.id, means, aim, EXAMPLE_EFFORT, True)

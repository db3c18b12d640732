"""Penetrate another state's politics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, get_args

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.processes import penetration
from counterpoise.sim.rules.legality import require_treasury, spend
from counterpoise.sim.types import ActorId, ActorRef, Means, PenetrationAim
from counterpoise.sim.view import View
from counterpoise.sim.world import Campaign, World

STEP = 0.5
"""The effort shown as an example."""


@dataclass(frozen=True, slots=True)
class Penetrate(Move):
    """Work on another state's politics from within for a year, by the means and for the aim you choose.

    Access comes faster in an open society and to those who do more; it fades when nobody tends it. What comes to light costs
    access and goodwill, little where the aim is limited and the means pass for legitimate, much where you meant to decide
    who governs (Walt 1987, ch. 7). With access you learn of secret treaties and have friends at hand when a regime falls.
    """

    kind: ClassVar[str] = "penetrate"
    title: ClassVar[str] = "Penetrate a state"
    COST: ClassVar[float] = 1.0
    """Treasury spent to set a campaign up, in per cent of a year's budget; a month of it at full effort costs as much."""

    target: ActorRef
    means: Annotated[Means, Meta(description="how; lobbying and exchange pass for legitimate")]
    aim: Annotated[PenetrationAim, Meta(description="to be heard there, or to decide who governs")] = "limited"
    effort: Annotated[
        float, Meta(ge=0.0, le=1.0, description="how much of a full programme; 0 calls the present one off")
    ] = 0.5

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse a campaign that runs already in just this way, and calling off what does not run."""
        target = require_other(world, actor, self.target, "target")
        running = world.campaigns.get((actor, target))
        effort = round(self.effort, 6)
        if effort == 0.0:
            if running is None:
                raise illegal("effort", "more than 0, for you have no campaign there to call off", self.effort)
            return
        if running is not None and (running.means, running.aim, running.effort) == (self.means, self.aim, effort):
            raise illegal("effort", "another campaign than the one you run there now", self.effort)
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Begin, change or call off the campaign; only the actor knows."""
        world, target, effort = stage.world, ActorId(self.target), round(self.effort, 6)
        if effort == 0.0:
            penetration.end(stage, world.campaigns[actor, target], "called off")
            return
        spend(stage, actor, self.COST)
        lasts = world.tick + penetration.CAMPAIGN_DAYS
        campaign = Campaign(stage.next_id((actor,)), actor, target, self.means, self.aim, effort, world.tick, lasts)
        penetration.begin(stage, campaign)

    @classmethod
    def legal(cls, view: View) -> Iterator[Penetrate]:
        """Yield each means and aim against each state at half effort, and an end to each campaign that runs."""
        running = {campaign.target: campaign for campaign in view.campaigns}
        for campaign in view.campaigns:
            yield cls(campaign.target, campaign.means, campaign.aim, 0.0)
        if view.own.treasury < cls.COST:
            return
        for other in view.others:
            held = running.get(other.id)
            for means in get_args(Means):
                for aim in get_args(PenetrationAim):
                    if held is None or (held.means, held.aim, held.effort) != (means, aim, STEP):
                        yield cls(other.id, means, aim, STEP)

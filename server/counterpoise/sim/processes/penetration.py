"""Penetration: access to another state's politics grows with effort and that state's openness, decays, and may be exposed.

``MEANS_EFFECTS`` and the constants below it set what a month of a campaign does. They are chosen within these findings: outside
powers took part in one of nine competitive national elections 1946-2000 and helped their side, the more with a willing partner
inside (Levin 2016); most plots to change a government are exposed and worsen relations (O'Rourke 2018); means that look
legitimate provoke least (Walt 1987, ch. 7). Access does not decide with whom a state aligns.
"""

from __future__ import annotations

from dataclasses import dataclass

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.influence import Campaign
from counterpoise.sim.rules import memory
from counterpoise.sim.rules.conflict.endings import change_legitimacy
from counterpoise.sim.rules.power import clip
from counterpoise.sim.scenario import diffusion
from counterpoise.sim.timing import repeat_monthly, start_monthly
from counterpoise.sim.types import LEVEL_THREAT, ActorId, Means
from counterpoise.sim.world import Dyad, World


@dataclass(frozen=True, slots=True)
class MeansEffect:
    """The effects of a means at full effort.

    ``gain`` is the relative gain of access, ``exposure`` the monthly probability of exposure, ``gravity`` how grave an exposure
    is, in [0, 1].
    """

    gain: float
    exposure: float
    gravity: float
    legitimate: bool


MEANS_EFFECTS: dict[Means, MeansEffect] = {
    "lobbying": MeansEffect(gain=0.6, exposure=0.010, gravity=0.1, legitimate=True),
    "exchange": MeansEffect(gain=0.5, exposure=0.005, gravity=0.05, legitimate=True),
    "propaganda": MeansEffect(gain=0.8, exposure=0.060, gravity=0.3, legitimate=False),
    "bribery": MeansEffect(gain=1.0, exposure=0.020, gravity=0.6, legitimate=False),
    "subversion": MeansEffect(gain=1.2, exposure=0.030, gravity=1.0, legitimate=False),
}
"""Gains and exposures from half to twice these are plausible."""
GAIN = 0.05
"""Access that a month of full effort adds in a wholly open state, from no access (0.02-0.10)."""
CLOSED_STATE_GAIN = 0.15
"""Factor of a wholly closed state on the gain; that of a wholly open state is 1."""
ONE_CENTRE_GAIN, DIFFUSION_GAIN = 0.7, 0.6
"""Factor on the gain in a state where one centre decides (0.4-1), and what is added to it by the diffusion of power (0.2-1).

Where many decide, one willing ear suffices to be heard, while a single centre that refuses shuts the country (Risse-Kappen 1995;
Walt 1987, ch. 2, p. 49). With three centres the factor is 1. Sizes chosen."""
INTRUSIVE_GAIN, INTRUSIVE_EXPOSURE, INTRUSIVE_GRAVITY = 1.3, 2.5, 2.0
"""Factors of an intrusive aim, to decide who governs, relative to a limited aim, to be heard."""
HALF_LIFE_MONTHS = 36.0
"""Months in which access halves without further effort (12-60)."""
ACCESS_MIN = 0.001
"""Access below this is set to 0."""
EXPOSURE_LOSS_MIN, EXPOSURE_LOSS_PER_GRAVITY = 0.10, 0.40
"""Share of the access that an exposure costs: the first, plus the second times the gravity."""
EXPOSURE_LOSS_MAX = 0.9
"""Upper limit of that share."""
REMEMBERED_SUBVERSION = 0.5
"""Subversion that the target of an exposed campaign remembers, times the gravity."""
REMEMBERED_BROADCASTS = REMEMBERED_SUBVERSION / 12
"""Subversion that the target of open propaganda remembers each month, times gravity and effort: a year of broadcasts at full
effort weighs as much as one exposure (chosen). Radio that calls on a people over its government's head is a deed against that
government, and no secret: such was the Voice of the Arabs (Boyd 1975)."""
EXPOSURE_LEGITIMACY = -0.03
"""Change of the target's legitimacy when a campaign is exposed, times the gravity."""
INTRUSIVE_LEGITIMACY = -0.005
"""Change of the target's legitimacy by a month of an intrusive campaign, times effort and access."""
MONTHLY_COST = 1.0
"""Cost of a month at full effort, in per cent of a year's budget."""
CAMPAIGN_DAYS = 365
"""Days for which a campaign runs unless it is renewed."""


def start(stage: Stage) -> None:
    """Start the process."""
    start_monthly(stage, "penetration.run_campaigns")


def begin(stage: Stage, campaign: Campaign) -> None:
    """Start a campaign, or replace the running one between the same two states; open propaganda is known to everyone."""
    stage.world.campaigns[campaign.actor, campaign.target] = campaign
    stage.record(
        "propaganda_broadcast" if campaign.open else "penetration_begun",
        campaign.actor,
        campaign.target,
        audience=None if campaign.open else (campaign.actor,),
        means=campaign.means,
        aim=campaign.aim,
        effort=campaign.effort,
    )


def end(stage: Stage, campaign: Campaign, reason: str) -> None:
    """End a campaign; only the state that runs it sees this, or everyone if it was open."""
    if stage.world.campaigns.pop((campaign.actor, campaign.target), None) is not None:
        audience = None if campaign.open else (campaign.actor,)
        stage.record("penetration_ended", campaign.actor, campaign.target, audience=audience, reason=reason)


def monthly_gain(world: World, campaign: Campaign) -> float:
    """Return the access that a month of a campaign adds."""
    access = world.dyad(campaign.target, campaign.actor).penetration
    openness = CLOSED_STATE_GAIN + (1.0 - CLOSED_STATE_GAIN) * world.actors[campaign.target].openness
    openness *= ONE_CENTRE_GAIN + DIFFUSION_GAIN * diffusion(world.actors[campaign.target].centres)
    aim_factor = INTRUSIVE_GAIN if campaign.aim == "intrusive" else 1.0
    return GAIN * MEANS_EFFECTS[campaign.means].gain * aim_factor * campaign.effort * openness * (1.0 - access)


def exposure_chance(campaign: Campaign) -> float:
    """Return the probability that a campaign is exposed this month; open propaganda has nothing to expose."""
    if campaign.open:
        return 0.0
    aim_factor = INTRUSIVE_EXPOSURE if campaign.aim == "intrusive" else 1.0
    return clip(MEANS_EFFECTS[campaign.means].exposure * aim_factor * campaign.effort)


def gravity(campaign: Campaign) -> float:
    """Return how grave the campaign's exposure is; 2 is a plot against the government."""
    return MEANS_EFFECTS[campaign.means].gravity * (INTRUSIVE_GRAVITY if campaign.aim == "intrusive" else 1.0)


def expose(stage: Stage, campaign: Campaign) -> None:
    """Expose a campaign: the actor loses access, and the target remembers subversion and loses legitimacy."""
    world, weight = stage.world, gravity(campaign)
    actor, target = campaign.actor, campaign.target
    dyad = world.dyad(target, actor)
    left = dyad.penetration * (1.0 - min(EXPOSURE_LOSS_MAX, EXPOSURE_LOSS_MIN + EXPOSURE_LOSS_PER_GRAVITY * weight))
    dyad.penetration = dyad.penetration_known = quantised(left)
    memory.remember_subversion(stage, actor, target, REMEMBERED_SUBVERSION * weight)
    if weight >= 1.0:
        memory.remember_hostile_act(stage, actor, target, LEVEL_THREAT)
    change_legitimacy(world.actors[target], EXPOSURE_LEGITIMACY * weight)
    legitimate = MEANS_EFFECTS[campaign.means].legitimate
    stage.record(
        "penetration_exposed",
        actor,
        target,
        means=campaign.means,
        aim=campaign.aim,
        legitimate=legitimate,
        gravity=weight,
    )
    if not legitimate:
        end(stage, campaign, "exposed")


def expel(stage: Stage, by: ActorId, of: ActorId, kept: float) -> None:
    """Expel another state's known agents.

    Args:
        stage: the simulation.
        by: the state that expels.
        of: the state whose agents they are.
        kept: the share of its known access that ``of`` keeps; access that is not known stays.
    """
    dyad = stage.world.dyad(by, of)
    unknown = max(0.0, dyad.penetration - dyad.penetration_known)
    dyad.penetration = quantised(unknown + kept * dyad.penetration_known)
    dyad.penetration_known = quantised(kept * dyad.penetration_known)
    campaign = stage.world.campaigns.get((of, by))
    if campaign is not None:
        end(stage, campaign, "expelled")


def _run_campaigns(stage: Stage) -> None:
    """Run a month of every campaign, after all access has decayed by a month."""
    world = stage.world
    for dyad in world.dyads.values():
        if dyad.penetration > 0.0:
            _fade(dyad)
    for campaign in list(world.campaigns.values()):
        _month(stage, campaign)
    repeat_monthly(stage, "penetration.run_campaigns")


def _fade(dyad: Dyad) -> None:
    left = 0.5 ** (1.0 / HALF_LIFE_MONTHS)
    dyad.penetration = quantised(dyad.penetration * left)
    dyad.penetration_known = quantised(min(dyad.penetration_known * left, dyad.penetration))
    if dyad.penetration < ACCESS_MIN:
        dyad.penetration = dyad.penetration_known = 0.0
        dyad.penetration_limited = dyad.penetration_legitimate = True


def _month(stage: Stage, campaign: Campaign) -> None:
    """Pay for a month of a campaign, add its access and draw its exposure; without the money nothing happens."""
    world, actor = stage.world, stage.world.actors[campaign.actor]
    cost = MONTHLY_COST * campaign.effort
    if world.tick >= campaign.until:
        end(stage, campaign, "its time is up")
        return
    if cost > actor.treasury:
        return
    actor.treasury = quantised(actor.treasury - cost)
    dyad = world.dyad(campaign.target, campaign.actor)
    dyad.penetration = quantised(clip(dyad.penetration + monthly_gain(world, campaign)))
    dyad.penetration_limited = campaign.aim == "limited"
    dyad.penetration_legitimate = MEANS_EFFECTS[campaign.means].legitimate
    if campaign.aim == "intrusive":
        change_legitimacy(world.actors[campaign.target], INTRUSIVE_LEGITIMACY * campaign.effort * dyad.penetration)
    if campaign.open:
        dyad.penetration_known = dyad.penetration
        memory.remember_subversion(
            stage, campaign.actor, campaign.target, REMEMBERED_BROADCASTS * gravity(campaign) * campaign.effort
        )
        return
    stream = stage.stream(f"penetration/{campaign.actor}-{campaign.target}")
    if not stage.recorded and happens(stream, exposure_chance(campaign)):
        expose(stage, campaign)


STEPS: Steps = {"run_campaigns": _run_campaigns}

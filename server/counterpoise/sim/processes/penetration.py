"""Penetration: access to another state's politics grows with effort and that state's openness, fades, and may be exposed.

``MEANS_EFFECTS`` and the constants below it set what a month of a campaign does. They are chosen within these findings: outside
powers took part in one of nine competitive national elections 1946-2000 and helped their side, the more with a willing partner
inside (Levin 2016); plots to change a government come out in most cases and embitter relations (O'Rourke 2018); means that pass
for legitimate provoke least (Walt 1987, ch. 7). Nothing here tells anyone whom to align with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counterpoise.sim.chance import happens
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.rules import memory
from counterpoise.sim.rules.endings import change_legitimacy
from counterpoise.sim.rules.power import clip
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.timing import at_tick, month_starts
from counterpoise.sim.types import LEVEL_THREAT, ActorId, Means
from counterpoise.sim.world import Campaign, Dyad, World


@dataclass(frozen=True, slots=True)
class MeansEffect:
    """What a means does at full effort: relative gain, monthly chance to be found out, and how grave that is, in [0, 1]."""

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
"""Range of sensible gains and exposures: half to twice these."""
GAIN = 0.05
"""Access a month of full effort adds in a wholly open state without any yet (0.02-0.10)."""
CLOSED_STATE_GAIN = 0.15
"""What a wholly closed state lets through, where a wholly open one lets through 1."""
INTRUSIVE_GAIN, INTRUSIVE_EXPOSURE, INTRUSIVE_GRAVITY = 1.3, 2.5, 2.0
"""What it multiplies to want to decide who governs rather than to be heard."""
HALF_LIFE_MONTHS = 36.0
"""Time in which access halves that nobody tends (12-60)."""
ACCESS_MIN = 0.001
"""Access below this is none."""
EXPOSURE_LOSS_MIN, EXPOSURE_LOSS_PER_GRAVITY = 0.10, 0.40
"""Share of the access that coming to light costs: at least the first, and the second times the gravity on top."""
EXPOSURE_LOSS_MAX = 0.9
REMEMBERED_SUBVERSION = 0.5
"""Remembered subversion of coming to light, times the gravity."""
EXPOSURE_LEGITIMACY = -0.03
"""What it does to the legitimacy of the state penetrated, times the gravity."""
INTRUSIVE_LEGITIMACY = -0.005
"""Legitimacy a month of an intrusive campaign costs its target, times effort and access."""
MONTHLY_COST = 1.0
"""Treasury a month at full effort costs, in per cent of a year's budget."""
CAMPAIGN_DAYS = 365
"""How long a campaign runs unless it is renewed."""


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield the process."""
    yield _run_campaigns(stage)


def begin(stage: Stage, campaign: Campaign) -> None:
    """Start a campaign, or go on with one in another way."""
    stage.world.campaigns[campaign.actor, campaign.target] = campaign
    stage.record(
        "penetration_begun",
        campaign.actor,
        campaign.target,
        audience=(campaign.actor,),
        means=campaign.means,
        aim=campaign.aim,
        effort=campaign.effort,
    )


def end(stage: Stage, campaign: Campaign, reason: str) -> None:
    """End a campaign; only the state that runs it hears of it."""
    if stage.world.campaigns.pop((campaign.actor, campaign.target), None) is not None:
        audience = (campaign.actor,)
        stage.record("penetration_ended", campaign.actor, campaign.target, audience=audience, reason=reason)


def monthly_gain(world: World, campaign: Campaign) -> float:
    """Return the access that a month of a campaign adds."""
    held = world.dyad(campaign.target, campaign.actor).penetration
    door = CLOSED_STATE_GAIN + (1.0 - CLOSED_STATE_GAIN) * world.actors[campaign.target].openness
    push = INTRUSIVE_GAIN if campaign.aim == "intrusive" else 1.0
    return GAIN * MEANS_EFFECTS[campaign.means].gain * push * campaign.effort * door * (1.0 - held)


def exposure_chance(campaign: Campaign) -> float:
    """Return the chance that a campaign comes to light this month."""
    boldness = INTRUSIVE_EXPOSURE if campaign.aim == "intrusive" else 1.0
    return clip(MEANS_EFFECTS[campaign.means].exposure * boldness * campaign.effort)


def gravity(campaign: Campaign) -> float:
    """Return how grave it is when the campaign comes to light; 2 is a plot against the government."""
    return MEANS_EFFECTS[campaign.means].gravity * (INTRUSIVE_GRAVITY if campaign.aim == "intrusive" else 1.0)


def expose(stage: Stage, campaign: Campaign) -> None:
    """Let a campaign come to light: the state penetrated closes doors, remembers it, and looks the weaker for it."""
    world, weight = stage.world, gravity(campaign)
    actor, target = campaign.actor, campaign.target
    dyad = world.dyad(target, actor)
    left = dyad.penetration * (1.0 - min(EXPOSURE_LOSS_MAX, EXPOSURE_LOSS_MIN + EXPOSURE_LOSS_PER_GRAVITY * weight))
    dyad.penetration = dyad.penetration_known = round(left, 6)
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
    """Put out of the country what is known of a state's helpers; a share ``kept`` of the access escapes."""
    dyad = stage.world.dyad(by, of)
    unknown = max(0.0, dyad.penetration - dyad.penetration_known)
    dyad.penetration = round(unknown + kept * dyad.penetration_known, 6)
    dyad.penetration_known = round(kept * dyad.penetration_known, 6)
    campaign = stage.world.campaigns.get((of, by))
    if campaign is not None:
        end(stage, campaign, "expelled")


def _run_campaigns(stage: Stage) -> Process:
    world = stage.world
    for tick in month_starts(world.calendar, world.end):
        yield at_tick(stage, tick)
        for dyad in world.dyads.values():
            if dyad.penetration > 0.0:
                _fade(dyad)
        for campaign in list(world.campaigns.values()):
            _month(stage, campaign)


def _fade(dyad: Dyad) -> None:
    left = 0.5 ** (1.0 / HALF_LIFE_MONTHS)
    dyad.penetration = round(dyad.penetration * left, 6)
    dyad.penetration_known = round(min(dyad.penetration_known * left, dyad.penetration), 6)
    if dyad.penetration < ACCESS_MIN:
        dyad.penetration = dyad.penetration_known = 0.0
        dyad.penetration_limited = dyad.penetration_legitimate = True


def _month(stage: Stage, campaign: Campaign) -> None:
    """Pay for a month, gain its access, and run its risk; a month that cannot be paid is idle."""
    world, actor = stage.world, stage.world.actors[campaign.actor]
    cost = MONTHLY_COST * campaign.effort
    if world.tick >= campaign.until:
        end(stage, campaign, "its time is up")
        return
    if cost > actor.treasury:
        return
    actor.treasury = round(actor.treasury - cost, 6)
    dyad = world.dyad(campaign.target, campaign.actor)
    dyad.penetration = round(clip(dyad.penetration + monthly_gain(world, campaign)), 6)
    dyad.penetration_limited = campaign.aim == "limited"
    dyad.penetration_legitimate = MEANS_EFFECTS[campaign.means].legitimate
    if campaign.aim == "intrusive":
        change_legitimacy(world.actors[campaign.target], INTRUSIVE_LEGITIMACY * campaign.effort * dyad.penetration)
    stream = stage.stream(f"penetration/{campaign.actor}-{campaign.target}")
    if not stage.recorded and happens(stream, exposure_chance(campaign)):
        expose(stage, campaign)

"""The probabilities of a dispute: how silent sides answer, and whether it rises to the next level.

The rates are from GML-MID 2.2.1 (Gibler, Miller & Little 2016) and ICB 14 (Brecher & Wilkenfeld 2000), as compiled in theory 4.3.
Players' answers shift the odds; two silent sides reproduce the published rates.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from random import Random

from counterpoise.sim.numbers.chance import multiply_odds, pick
from counterpoise.sim.relations.conflicts import Crisis
from counterpoise.sim.rules.conflict.restraint import mediation_factor, restraint
from counterpoise.sim.types import (
    LEVEL_CLAIM,
    LEVEL_DISPLAY,
    LEVEL_FORCE,
    LEVEL_THREAT,
    ActorId,
    CrisisResponse,
)
from counterpoise.sim.world import World

RECIPROCATION = 0.515
"""Share of disputes in which the target militarises too (MID)."""
VIOLENT_SHARE = {LEVEL_CLAIM: 0.47, LEVEL_THREAT: 0.47, LEVEL_DISPLAY: 0.36, LEVEL_FORCE: 0.77}
"""Share of military answers that are violent, by the level that triggered them (ICB: non-military, military, violent)."""
TARGET_CONCESSION = {LEVEL_CLAIM: 0.104, LEVEL_THREAT: 0.010, LEVEL_DISPLAY: 0.060, LEVEL_FORCE: 0.180}
"""Share of targets that concede at a stage, among those that do not militarise.

It is smaller at early stages: 3 % of disputes end as threats and 25 % as displays of force (MID), so force was used in most of
the 13.1 % in which the target yields."""
TARGET_COMPROMISE = 0.22
"""Share of targets that offer a compromise at a stage, among those that do not militarise.

22.2 % of crisis actors end in compromise (ICB)."""
INITIATOR_CONCESSION = {LEVEL_CLAIM: 0.031, LEVEL_THREAT: 0.003, LEVEL_DISPLAY: 0.012, LEVEL_FORCE: 0.036}
"""Share of initiators that concede at a stage: 6.6 % of disputes, those defeated in war included."""
INITIATOR_ESCALATION, INITIATOR_COMPROMISE = 0.35, 0.10
"""Chosen to match the stage rates."""

THREAT_RISE = 0.98
"""Probability that a threat is carried out although nobody escalates; with the answers above 0.97 overall (MID)."""
DISPLAY_RISE_BY_PERIOD = ((1914, 0.36), (1946, 0.68), (1990, 0.80))
"""Probability, before each of these years, that a display of force is followed by its use although nobody escalates.

``LATEST_DISPLAY_RISE`` holds after the last year. With the answers above the overall values are 0.60, 0.74, 0.82 and 0.63: the
shares of MID's disputes of 1816-1913, of all years, of 1946-89 and of 1990-2010 that reached a display and went on to the use of
force or war."""
LATEST_DISPLAY_RISE = 0.41
CLAIM_RISE, RIVALS_CLAIM_RISE = 0.25, 0.60
"""Probability that a claim is followed by a threat (chosen: archives miss demands that were met without militarisation)."""
WAR_IF_BOTH_STAND_FIRM = 0.020
"""Calibrated: with the answers above and the odds below, 0.09 to 0.13 of the disputes of the Middle East 1955-79 become wars.

MID has 0.09. Games of the four historical scenarios have too few wars rather than too many, so this is the upper end."""
ESCALATE_ODDS, COMPROMISE_ODDS = 4.0, 0.3
"""Factors on the odds of the next level, for each side that escalates or offers a compromise."""
RIVALS_ODDS, TERRITORY_ODDS, REGIME_ODDS, JOINED_ODDS, NUCLEAR_ODDS = 3.0, 3.1, 8.5, 2.5, 0.35
BOTH_NUCLEAR_ODDS = 0.02
"""Factor on the odds of war where both sides have nuclear arms: states that can destroy each other dare less (Rauchhaus 2009).

One of 64 disputes of such pairs in 1946-2010 counts as a war, and 30 of 695 between states without such arms (MID)."""
FAR_ODDS = 0.5
"""Factor on the odds of war between two states without a common border, neither of them a great power.

5 of 155 such disputes became wars, and 43 of 687 between neighbours (MID 1816-2010, CoW contiguity)."""
ISSUE_ODDS = {"territory": TERRITORY_ODDS, "regime": REGIME_ODDS, "policy": 1.0}
NORM_FROM = 1946
"""The year from which war is outlawed: the Charter of the United Nations was signed in 1945."""
LAWFUL_WAR_ODDS = 2.2
"""Factor on the odds of war while war was a lawful means of policy and conquest was recognised.

From then on a norm guards the borders and the existence of states (Zacher 2001; Fazal 2007; Hathaway & Shapiro 2017). With
rivalry, issue and the target's allies held constant, disputes before 1914 had 2.5 times the odds of those since 1946, and
those of 1914-45 2.1 times (MID 2.2.1, s.e. of the log 0.29 and 0.27): the two do not differ."""


def default_response(stream: Random, crisis: Crisis, actor: ActorId) -> CrisisResponse:
    """Draw the answer of a side whose seat is silent."""
    if actor == crisis.initiator:
        concedes = INITIATOR_CONCESSION[crisis.level]
        return pick(
            stream,
            (
                ("escalate", INITIATOR_ESCALATION),
                ("compromise", INITIATOR_COMPROMISE),
                ("concede", concedes),
                ("stand_firm", 1 - INITIATOR_ESCALATION - INITIATOR_COMPROMISE - concedes),
            ),
        )
    violent = VIOLENT_SHARE[crisis.level]
    quiet, concedes = 1.0 - RECIPROCATION, TARGET_CONCESSION[crisis.level]
    return pick(
        stream,
        (
            ("escalate", RECIPROCATION * violent),
            ("concede", quiet * concedes),
            ("compromise", quiet * TARGET_COMPROMISE),
            ("stand_firm", RECIPROCATION * (1 - violent) + quiet * (1 - concedes - TARGET_COMPROMISE)),
        ),
    )


def rise_probability(world: World, crisis: Crisis, answers: Iterable[CrisisResponse]) -> float:
    """Return the probability that a crisis rises a level now, given both sides' answers; neither side concedes."""
    given = tuple(answers)
    if crisis.level < LEVEL_FORCE and "escalate" in given:
        return 1.0
    odds = mediation_factor(world, crisis)
    odds *= prod({"escalate": ESCALATE_ODDS, "compromise": COMPROMISE_ODDS}.get(answer, 1.0) for answer in given)
    if crisis.level == LEVEL_FORCE:
        return multiply_odds(WAR_IF_BOTH_STAND_FIRM, odds * war_odds(world, crisis))
    if crisis.level == LEVEL_CLAIM:
        rivals = world.dyad(crisis.target, crisis.initiator).rivalry
        return multiply_odds(RIVALS_CLAIM_RISE if rivals else CLAIM_RISE, odds)
    rises = (
        THREAT_RISE
        if crisis.level == LEVEL_THREAT
        else _value_for_year(world, DISPLAY_RISE_BY_PERIOD, LATEST_DISPLAY_RISE)
    )
    return multiply_odds(rises, odds)


def war_odds(world: World, crisis: Crisis) -> float:
    """Return the factor of this dispute's circumstances on the odds of war.

    It uses the raw odds ratios of the published rows. Where several apply, each counts with half its exponent, because they
    overlap.
    """
    a, b = crisis.initiator, crisis.target
    raw = [RIVALS_ODDS] if world.dyad(b, a).rivalry else []
    if crisis.aim != "policy":
        raw.append(ISSUE_ODDS[crisis.aim])
    exponent = 0.5 if len(raw) > 1 else 1.0
    odds = float(prod(ratio**exponent for ratio in raw)) * norm_odds(world) * restraint(world, crisis)
    if crisis.supporters:
        odds *= JOINED_ODDS
    if _is_far_apart(world, a, b):
        odds *= FAR_ODDS
    if world.actors[a].nuclear and world.actors[b].nuclear:
        return odds * BOTH_NUCLEAR_ODDS
    return odds * NUCLEAR_ODDS if _has_nuclear_protection(world, b) else odds


def _is_far_apart(world: World, a: ActorId, b: ActorId) -> bool:
    """Tell whether two states have no common border, by land or water, and neither is an outside power."""
    return world.dyad(b, a).contiguity == 0 and "outside" not in (world.actors[a].role, world.actors[b].role)


def norm_odds(world: World) -> float:
    """Return the factor of the law of the time on the odds of war: 1 since war is outlawed."""
    return _value_for_year(world, ((NORM_FROM, LAWFUL_WAR_ODDS),), 1.0)


def _value_for_year(world: World, periods: tuple[tuple[int, float], ...], latest: float) -> float:
    """Return the value for the world's present year.

    Args:
        world: the model.
        periods: pairs of a year and the value that holds before it, in order.
        latest: the value after the last of these years.
    """
    year = world.calendar.date_of(world.tick).year
    return next((value for before, value in periods if year < before), latest)


def _has_nuclear_protection(world: World, target: ActorId) -> bool:
    """Tell whether the target, or a state that promised to fight for it, has nuclear arms."""
    if world.actors[target].nuclear:
        return True
    return any(
        world.actors[member].nuclear
        for alignment in world.alignments_of(target)
        if alignment.commitment in ("defence", "guarantee", "union")
        for member in alignment.members
    )

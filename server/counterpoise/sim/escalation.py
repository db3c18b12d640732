"""The chances of a dispute: who answers how when nobody speaks for it, and whether it rises to the next level.

Rates from GML-MID 2.2.1 (Gibler, Miller & Little 2016) and ICB 14 (Brecher & Wilkenfeld 2000), as compiled in theory 4.3.
What players answer shifts the odds; two silent sides reproduce the published rates.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from random import Random

from counterpoise.sim.chance import pick, with_odds_times
from counterpoise.sim.types import (
    LEVEL_CLAIM,
    LEVEL_DISPLAY,
    LEVEL_FORCE,
    LEVEL_THREAT,
    ActorId,
    CrisisResponse,
)
from counterpoise.sim.world import Crisis, World

RECIPROCATION = 0.515
"""Share of disputes in which the target militarises too (MID)."""
VIOLENT_SHARE = {LEVEL_CLAIM: 0.47, LEVEL_THREAT: 0.47, LEVEL_DISPLAY: 0.36, LEVEL_FORCE: 0.77}
"""Share of violent ones among military answers, by what triggered them (ICB: non-military, military, violent)."""
CONCEDES, COMPROMISES = 0.104, 0.22
"""Of targets that do not militarise, those that give in and those that offer terms, at each stage.

Over the 2.5 stages of an average dispute the first gives the 13.1 % in which the target yields; 22.2 % of crisis actors end
in compromise (ICB)."""
INITIATORS_ANSWER: tuple[tuple[CrisisResponse, float], ...] = (
    ("escalate", 0.35),
    ("compromise", 0.10),
    ("concede", 0.031),
    ("stand_firm", 0.519),
)
"""An initiator yields in 6.6 % of disputes, over the same stages; the rest is chosen to match the stage rates."""

RISES_UNLESS_RAISED = {LEVEL_THREAT: 0.98, LEVEL_DISPLAY: 0.66}
"""Chance that a dispute rises although nobody escalates: with the answers above, 0.90 and 0.72 over all (theory 4.3)."""
CLAIM_RISES, RIVALS_CLAIM_RISES = 0.25, 0.60
"""Chance that a claim is followed by a threat (chosen: archives miss demands met without militarisation)."""
WAR_IF_BOTH_STAND_FIRM = 0.028
"""Calibrated: with the answers above and the odds below, 0.09 of the disputes of the Middle East 1955-79 become wars."""
ESCALATE_ODDS, COMPROMISE_ODDS = 4.0, 0.3
"""What each side that escalates, or offers terms, does to the odds of the next level."""
MEDIATED_ODDS = 0.6
"""What mediation does to the odds of the next level (chosen; 0.4-0.8)."""
RIVALS_ODDS, TERRITORY_ODDS, REGIME_ODDS, JOINED_ODDS, NUCLEAR_ODDS = 3.0, 3.1, 8.5, 2.5, 0.35
ISSUE_ODDS = {"territory": TERRITORY_ODDS, "regime": REGIME_ODDS, "policy": 1.0}
PERIODS = ((1914, 3.5), (1946, 1.0), (1990, 0.66))
"""Odds of war before these years; ``LATEST_PERIOD`` after the last."""
LATEST_PERIOD = 0.36


def default_response(stream: Random, crisis: Crisis, actor: ActorId) -> CrisisResponse:
    """Draw what a side does when its seat says nothing."""
    if actor == crisis.initiator:
        return pick(stream, INITIATORS_ANSWER)
    violent = VIOLENT_SHARE[crisis.level]
    quiet = 1.0 - RECIPROCATION
    return pick(
        stream,
        (
            ("escalate", RECIPROCATION * violent),
            ("concede", quiet * CONCEDES),
            ("compromise", quiet * COMPROMISES),
            ("stand_firm", RECIPROCATION * (1 - violent) + quiet * (1 - CONCEDES - COMPROMISES)),
        ),
    )


def rise_probability(world: World, crisis: Crisis, answers: Iterable[CrisisResponse]) -> float:
    """Return the chance that a crisis goes up a level now, given both sides' answers, none of which concedes."""
    said = tuple(answers)
    if crisis.level < LEVEL_FORCE and "escalate" in said:
        return 1.0
    tone = MEDIATED_ODDS if crisis.mediators else 1.0
    tone *= prod({"escalate": ESCALATE_ODDS, "compromise": COMPROMISE_ODDS}.get(answer, 1.0) for answer in said)
    if crisis.level == LEVEL_FORCE:
        return with_odds_times(WAR_IF_BOTH_STAND_FIRM, tone * war_odds(world, crisis))
    if crisis.level == LEVEL_CLAIM:
        rivals = world.dyad(crisis.target, crisis.initiator).rivalry
        return with_odds_times(RIVALS_CLAIM_RISES if rivals else CLAIM_RISES, tone)
    return with_odds_times(RISES_UNLESS_RAISED[crisis.level], tone)


def war_odds(world: World, crisis: Crisis) -> float:
    """Return what this dispute's circumstances do to the odds of war.

    Raw odds ratios of the published rows; where several apply each counts with half its exponent, because they overlap.
    """
    a, b = crisis.initiator, crisis.target
    raw = [RIVALS_ODDS] if world.dyad(b, a).rivalry else []
    if crisis.aim != "policy":
        raw.append(ISSUE_ODDS[crisis.aim])
    exponent = 0.5 if len(raw) > 1 else 1.0
    odds = float(prod(ratio**exponent for ratio in raw)) * period_odds(world)
    if crisis.supporters:
        odds *= JOINED_ODDS
    return odds * NUCLEAR_ODDS if _nuclear_shield(world, b) else odds


def period_odds(world: World) -> float:
    """Return the odds of war of the present era relative to 1914-45."""
    year = world.calendar.date_of(world.tick).year
    return next((odds for before, odds in PERIODS if year < before), LATEST_PERIOD)


def _nuclear_shield(world: World, target: ActorId) -> bool:
    """Tell whether the target, or a state pledged to fight for it, has nuclear arms."""
    if world.actors[target].nuclear:
        return True
    return any(
        world.actors[member].nuclear
        for alignment in world.alignments_of(target)
        if alignment.commitment in ("defence", "guarantee", "union")
        for member in alignment.members
    )

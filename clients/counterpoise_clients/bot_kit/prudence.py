"""Prudence: what a war would bring, and which states a state can reach.

A seat attacks only if it expects to win (Bueno de Mesquita 1981), counts the allies of its target (Leeds 2003), and fears nuclear
arms (Waltz 1981; Rauchhaus 2009).
"""

from __future__ import annotations

from math import exp

from counterpoise.sim.numbers.chance import multiply_odds
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.conflict.restraint import HOPELESS_CHANCE
from counterpoise.sim.rules.conflict.war_odds import (
    DEFENDERS_ADVANTAGE,
    INITIATOR_LOG_ODDS,
    OFFENCE_BONUS,
    contest_probability,
)
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import WarView
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment

RELIABILITY = 0.4
"""The share of the power of its target's allies that an attacker expects to meet: that of the defence pacts that are kept."""
INTERVENTION = 0.4
"""The share of the power of its other rivals in reach that an attacker expects to meet (chosen)."""
REACH_MIN = 0.10
"""The reach below which two states are too far from each other for a promise to be worth much."""
REACH_FULL = 0.25
"""The reach from which distance no longer makes a state hesitate to offer an alliance."""


def attack_chance(assessment: Assessment, target: ActorId) -> float:
    """Return the seat's own estimate of its chance of winning if it attacks a state with that state's known allies.

    The seat's other rivals in reach may step in too.
    """
    own, other = assessment.view.own, assessment.others[target]
    ours = own.power * own.technology * assessment.reach_of_own_force(target) * (1.0 + OFFENCE_BONUS * own.offense)
    helpers = [
        member
        for alignment in assessment.alignments_of(target)
        if alignment.commitment in MILITARY_COMMITMENTS and alignment.lead != target
        for member in alignment.members
        if member not in (target, assessment.me)
    ]
    rivals = [
        known.id
        for known in assessment.view.others
        if known.rivalry
        and known.id != target
        and known.id not in (*helpers, *assessment.alignments_by_partner)
        and known.reach >= REACH_FULL
    ]
    help_expected = RELIABILITY * assessment.total_power(dict.fromkeys(helpers))
    help_expected += INTERVENTION * assessment.total_power(rivals)
    theirs = DEFENDERS_ADVANTAGE * (other.power + help_expected)
    return quantised(multiply_odds(contest_probability(ours, theirs), exp(INITIATOR_LOG_ODDS)))


def chance_with(assessment: Assessment, war: WarView, side: tuple[ActorId, ...]) -> float:
    """Return the chance that a side wins a war once the seat has joined it."""
    chance = war.win_chance if side[0] in war.attackers else 1.0 - war.win_chance
    strength = assessment.total_power(side)
    added = assessment.view.own.power * max((assessment.reach_of_own_force(member) for member in side), default=0.0)
    factor = (strength + added) / strength if strength > 0.0 else 2.0
    return quantised(multiply_odds(min(0.999, max(0.001, chance)), factor))


def is_hopeless(assessment: Assessment, war: WarView, side: tuple[ActorId, ...]) -> bool:
    """Return whether a side would lose a war almost for certain even with the seat."""
    return chance_with(assessment, war, side) < HOPELESS_CHANCE


def nuclear_caution(assessment: Assessment, enemy: ActorId) -> float:
    """Return the factor of an enemy's nuclear arms, or those of its protectors, on what the seat dares, in (0, 1]."""
    if enemy not in assessment.others:
        return 1.0
    own = assessment.view.own.nuclear
    if assessment.others[enemy].nuclear:
        return 0.05 if own else 0.2
    protected = any(
        member in assessment.others and assessment.others[member].nuclear
        for alignment in assessment.alignments_of(enemy)
        if alignment.commitment in ("defence", "guarantee", "union")
        for member in alignment.members
    )
    return 0.4 if protected else 1.0


def reach_factor(assessment: Assessment, state: ActorId) -> float:
    """Return the factor of distance on the seat's interest in an alliance with a state, in [0.02, 1]."""
    reach = assessment.reach(state)
    if reach < REACH_MIN:
        return 0.02
    return min(1.0, reach / REACH_FULL)

"""What a seat wants, as its view shows it, and which ties would bring it nearer."""

from __future__ import annotations

from dataclasses import replace

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.commitments import BINDING, DEEP, burden_of
from counterpoise.sim.scenario import Objective
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise_clients.bot_kit import prudence
from counterpoise_clients.bot_kit.assessment import Assessment

BURDEN_MAX = 4.0
"""The burden of ties, in partners bound by defence, from which a state seeks no more of them: they cost more than they add."""
COLD = -0.1
"""The affinity below which a state is no partner that the seat would ask (chosen)."""
COUNTERWEIGHT = 0.5
"""The share of the weight of an ``outweigh`` goal that each possible partner counts, as no partner is named (chosen)."""


def objectives_among_known(view: View) -> tuple[Objective, ...]:
    """Return the seat's objectives about states that exist now; what is about none of them is left out."""
    known = [other.id for other in view.others]
    kept = []
    for goal in view.own.objectives:
        left = tuple([state for state in goal.states if state in known])
        if left or not goal.states:
            kept.append(goal if left == goal.states else replace(goal, states=left))
    return tuple(kept)


def wanted_partners(assessment: Assessment) -> dict[ActorId, float]:
    """Return the states that the seat's objectives ask it to bind to itself, each with the weight of those objectives.

    States with a deep tie to the seat, its enemies, states out of reach and unwelcome ones are left out.
    """
    enemies = assessment.own_enemies
    found: dict[ActorId, float] = {}
    for goal in objectives_among_known(assessment.view):
        for state, weight in _asked_for(assessment, goal).items():
            other = assessment.others[state]
            reachable = assessment.reach(state) >= prudence.REACH_MIN
            if state in enemies or other.at_war or not reachable or assessment.affinity(state) < COLD:
                continue
            if depth(assessment, state) < DEEP:
                found[state] = quantised(found.get(state, 0.0) + weight)
    return found


def _asked_for(assessment: Assessment, goal: Objective) -> dict[ActorId, float]:
    """Return the states that serve an objective once they are bound to the seat, each with its weight."""
    named = goal.states or tuple(assessment.others)
    if goal.kind == "allies":
        return dict.fromkeys(named, goal.weight)
    if goal.kind == "protector":
        stronger = [state for state in named if assessment.others[state].power > assessment.view.own.power]
        return dict.fromkeys(stronger, goal.weight)
    if goal.kind == "outweigh":
        return dict.fromkeys([s for s in assessment.others if s not in named], COUNTERWEIGHT * goal.weight)
    return {}


def can_bear_partner(assessment: Assessment) -> bool:
    """Return whether the seat's ties leave room for one more: commitments beyond a state's means weaken it (Snyder 1991)."""
    return burden_of(depth(assessment, state) for state in assessment.alignments_by_partner) < BURDEN_MAX


def depth(assessment: Assessment, state: ActorId) -> float:
    """Return the binding of the seat's deepest tie with a state, from 0 to 1."""
    return max((BINDING[tie.commitment] for tie in assessment.alignments_by_partner.get(state, ())), default=0.0)

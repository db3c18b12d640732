"""How far a seat doubts the word of a state: whoever signs with everybody, or has not kept its word, is not believed."""

from __future__ import annotations

from typing import Any

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import commitments
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise_clients.bot_kit.assessment import Assessment

PAPER = tuple(commitment for commitment, binding in commitments.BINDING.items() if binding <= commitments.PAPER)
"""Commitments that promise no force, no base and no arms."""
PAPER_AT_EASE = 0.25
"""The share of all other states with whom a state may be bound by paper only before the others doubt it (chosen)."""
PAPER_DOUBT, BREACH_DOUBT, PRESSING_DOUBT = 4.0, 0.3, 0.3
"""What the share beyond that, each broken promise more than kept ones, and each offer after a refusal add (chosen)."""
PRESSING_WINDOWS = 4
"""The windows for which an offer that the seat refused is remembered as pressing: a state asks once in each (chosen)."""
DOUBT_MAX = 1.5
DISBELIEF = 0.5
"""The doubt from which a state is offered nothing (chosen)."""


def doubt(assessment: Assessment, state: ActorId) -> float:
    """Return how far the seat doubts a state's word, from 0, on the scale of ``Assessment.affinity``.

    A reputation for broken promises costs a state partners (Gibler 2008; Crescenzi, Kathman, Kleinberg & Wood 2012).
    """
    known = assessment.doubts.get(state)
    if known is None:
        known = assessment.doubts[state] = _doubt(assessment, state)
    return known


def _doubt(assessment: Assessment, state: ActorId) -> float:
    bound: dict[ActorId, bool] = {}
    for pact in assessment.alignments_of(state):
        for member in pact.members:
            bound[member] = bound.get(member, False) or pact.commitment not in PAPER
    paper = len([member for member, firm in bound.items() if member != state and not firm])
    excess = max(0.0, paper / max(1, len(assessment.others)) - PAPER_AT_EASE)
    other = assessment.others[state]
    refused = [incident for incident in assessment.refusals if _pressed(assessment, incident, state)]
    pressing = min(2, max(0, len(refused) - 1))
    breaches = min(3, max(0, other.reneged - other.honoured))
    return quantised(min(DOUBT_MAX, PAPER_DOUBT * excess + BREACH_DOUBT * breaches + PRESSING_DOUBT * pressing))


def _pressed(assessment: Assessment, incident: dict[str, Any], state: ActorId) -> bool:
    """Tell whether an incident is a refusal by the seat of an offer that a state made lately."""
    recent = assessment.view.tick - incident["tick"] <= pressing_days(assessment.view)
    return recent and tuple(incident["actors"]) == (assessment.me, state)


def pressing_days(view: View) -> int:
    """Return the days for which an offer that was refused is remembered."""
    return PRESSING_WINDOWS * view.tick // view.window if view.window > 0 else 0

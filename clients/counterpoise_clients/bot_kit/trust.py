"""How far a seat doubts the word of a state: whoever signs with everybody, or has not kept its word, is not believed."""

from __future__ import annotations

from counterpoise.sim.types import ActorId, Commitment
from counterpoise_clients.bot_kit.assessment import DIGITS, Assessment

PAPER: tuple[Commitment, ...] = ("consultation", "neutrality", "nonaggression")
"""Commitments that promise no force, no base and no arms."""
PAPER_AT_EASE = 0.3
"""The share of all other states with whom a state may be bound by paper only before the others doubt it (chosen)."""
PAPER_DOUBT, BREACH_DOUBT = 2.0, 0.3
"""What the share beyond that, and each broken promise more than kept ones, add to the doubt (chosen)."""
DOUBT_MAX = 1.5
DISBELIEF = 0.6
"""The doubt from which a state is offered nothing (chosen)."""


def doubt(assessment: Assessment, state: ActorId) -> float:
    """Return how far the seat doubts a state's word, from 0, on the scale of ``Assessment.affinity``.

    A reputation for broken promises costs a state partners (Gibler 2008; Crescenzi, Kathman, Kleinberg & Wood 2012).
    """
    bound: dict[ActorId, bool] = {}
    for pact in assessment.view.alignments:
        if state in pact.members:
            for member in pact.members:
                bound[member] = bound.get(member, False) or pact.commitment not in PAPER
    paper = len([member for member, firm in bound.items() if member != state and not firm])
    excess = max(0.0, paper / max(1, len(assessment.others)) - PAPER_AT_EASE)
    other = assessment.others[state]
    breaches = min(3, max(0, other.reneged - other.honoured))
    return round(min(DOUBT_MAX, PAPER_DOUBT * excess + BREACH_DOUBT * breaches), DIGITS)

"""Proposals that wait for an answer: how each is opened, withdrawn and described."""

from __future__ import annotations

from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import whole_number
from counterpoise.sim.relations.pacts import Proposal
from counterpoise.sim.rules import expired_calls
from counterpoise.sim.world import Audience

ANSWER_DAYS_MIN, ANSWER_DAYS_MAX = 14, 60
"""Bounds of the days for which a proposal or a vote stands (theory 4.7, the window of an alliance negotiation)."""


def answer_days(stage: Stage, stream: str) -> int:
    """Draw for how many days a proposal or a vote stands; in a recorded world, the longest time."""
    if stage.recorded:
        return ANSWER_DAYS_MAX
    return whole_number(stage.stream(stream), ANSWER_DAYS_MIN, ANSWER_DAYS_MAX)


def open_proposal(stage: Stage, proposal: Proposal) -> None:
    """Add a proposal and call the state that it is made to; it lapses at its deadline."""
    stage.world.proposals[proposal.id] = proposal
    stage.call(proposal.to, "proposal", proposal.id, proposal.deadline, proposal.proposer)
    stage.start_at(proposal.deadline, "negotiation.expire", proposal.id)


def withdraw(stage: Stage, proposal: Proposal, reason: str) -> bool:
    """Withdraw a proposal that is not answered; ``reason`` is a few words for the log.

    Returns:
        Whether the proposal was still open.
    """
    if stage.world.proposals.pop(proposal.id, None) is None:
        return False
    expired_calls.close_with_default(stage, proposal.to, "proposal", proposal.id, default="no answer")
    stage.record(
        "alliance_lapsed",
        proposal.proposer,
        proposal.to,
        audience=audience_of(stage, proposal),
        reason=reason,
        **terms(proposal),
    )
    return True


def audience_of(stage: Stage, proposal: Proposal) -> Audience:
    """Return who may know of a proposal: its two sides, and with them all who negotiate the treaty or share the pact."""
    sides = (proposal.proposer, proposal.to)
    if proposal.treaty is not None and proposal.treaty in stage.world.treaties:
        return stage.world.treaties[proposal.treaty].parties
    if proposal.alignment is not None:
        members = stage.world.alignments[proposal.alignment].members
        return (*members, *(side for side in sides if side not in members))
    return sides


def terms(proposal: Proposal) -> dict[str, object]:
    """Return the terms of a proposal for the log."""
    return {
        "proposal": proposal.id,
        "commitment": proposal.commitment,
        "against": proposal.against,
        "secret": proposal.secret,
        "years": proposal.years,
        "name": proposal.name,
        "alignment": proposal.alignment,
    }

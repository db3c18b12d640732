"""Negotiation: a proposal stands until it is answered, withdrawn or past its deadline."""

from __future__ import annotations

from counterpoise.sim.chance import whole_number
from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules import alignments, expired_calls
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.world import Proposal

ANSWER_DAYS_MIN, ANSWER_DAYS_MAX = 14, 60
"""Bounds of the days for which a proposal stands (theory 4.7, the window of an alliance negotiation)."""
LED_BY_PROPOSER: tuple[Commitment, ...] = ("guarantee", "arms")
"""Commitments that the proposer gives to the other side, and so leads."""


def propose(
    stage: Stage,
    proposer: ActorId,
    to: ActorId,
    commitment: Commitment,
    against: ActorId | None,
    secret: bool,
    years: float | None = None,
) -> Proposal:
    """Propose an alliance to another state and call it to answer."""
    world = stage.world
    days = ANSWER_DAYS_MAX
    if not stage.recorded:
        days = whole_number(stage.stream(f"negotiation/{proposer}-{to}"), ANSWER_DAYS_MIN, ANSWER_DAYS_MAX)
    proposal = Proposal(
        stage.next_id((proposer, to)),
        proposer,
        to,
        commitment,
        against,
        secret,
        world.tick,
        world.tick + days,
        years,
    )
    world.proposals[proposal.id] = proposal
    stage.record("alliance_proposed", proposer, to, audience=(proposer, to), **_terms(proposal))
    stage.call(to, "proposal", proposal.id, proposal.deadline, proposer)
    stage.start_at(proposal.deadline, "negotiation.expire", proposal.id)
    return proposal


def answer(stage: Stage, proposal: Proposal, accept: bool) -> None:
    """Answer a proposal: form the alignment, or refuse. States at war with each other form none."""
    world = stage.world
    if world.proposals.pop(proposal.id, None) is None:
        return
    a, b = proposal.proposer, proposal.to
    if accept and not world.at_war(a, b) and world.actors[a].active and world.actors[b].active:
        alignments.form(
            stage,
            (a, b),
            proposal.commitment,
            against=proposal.against,
            secret=proposal.secret,
            lead=a if proposal.commitment in LED_BY_PROPOSER else None,
            years=proposal.years,
        )
    else:
        stage.record("alliance_refused", b, a, audience=(a, b), **_terms(proposal))
    stage.close_call(b, "proposal", proposal.id)


def withdraw(stage: Stage, proposal: Proposal, reason: str) -> None:
    """Withdraw a proposal that is not answered; ``reason`` is a few words for the log."""
    if stage.world.proposals.pop(proposal.id, None) is None:
        return
    a, b = proposal.proposer, proposal.to
    expired_calls.close_with_default(stage, b, "proposal", proposal.id, default="no answer")
    stage.record("alliance_lapsed", a, b, audience=(a, b), reason=reason, **_terms(proposal))


def _expire(stage: Stage, proposal_id: int) -> None:
    proposal = stage.world.proposals.get(proposal_id)
    if proposal is not None:
        withdraw(stage, proposal, reason="no answer in time")


def _terms(proposal: Proposal) -> dict[str, object]:
    return {
        "proposal": proposal.id,
        "commitment": proposal.commitment,
        "against": proposal.against,
        "secret": proposal.secret,
        "years": proposal.years,
    }


STEPS: Steps = {"expire": _expire}

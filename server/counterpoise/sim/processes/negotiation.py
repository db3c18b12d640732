"""Negotiation: a proposal stands until it is answered, withdrawn or past its deadline."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.processes import accession, founding
from counterpoise.sim.relations.pacts import Proposal
from counterpoise.sim.rules import alignments, proposals
from counterpoise.sim.types import ActorId, Commitment

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
    days = proposals.answer_days(stage, f"negotiation/{proposer}-{to}")
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
    stage.record("alliance_proposed", proposer, to, audience=(proposer, to), **proposals.terms(proposal))
    proposals.open_proposal(stage, proposal)
    return proposal


def answer(stage: Stage, proposal: Proposal, accept: bool) -> None:
    """Answer a proposal: form the alignment, sign the treaty, join the pact, or refuse."""
    world = stage.world
    if proposal.id not in world.proposals:
        return
    a, b = proposal.proposer, proposal.to
    world.dyad(a, b).refused = None if accept else world.tick
    if proposal.treaty is not None:
        founding.answer(stage, proposal, accept)
    elif proposal.alignment is not None:
        accession.answer(stage, proposal, accept)
    elif accept and not world.at_war(a, b) and world.actors[a].active and world.actors[b].active:
        del world.proposals[proposal.id]
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
        del world.proposals[proposal.id]
        stage.record("alliance_refused", b, a, audience=(a, b), **proposals.terms(proposal))
    stage.close_call(b, "proposal", proposal.id)


def withdraw(stage: Stage, proposal: Proposal, reason: str) -> None:
    """Withdraw a proposal that is not answered; ``reason`` is a few words for the log."""
    if proposals.withdraw(stage, proposal, reason) and proposal.treaty is not None:
        founding.conclude_if_answered(stage, proposal.treaty)


def _expire(stage: Stage, proposal_id: int) -> None:
    proposal = stage.world.proposals.get(proposal_id)
    if proposal is not None:
        withdraw(stage, proposal, reason="no answer in time")


STEPS: Steps = {"expire": _expire}

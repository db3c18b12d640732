"""What is open between a seat and others: proposals, votes, demands, campaigns and calls, as its view shows them."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoise.sim.types import CALL_DEFAULTS, ActorId
from counterpoise.sim.views.view import (
    CallView,
    CampaignView,
    ConditionView,
    MembershipVoteView,
    ProposalView,
    QuestionView,
)
from counterpoise.sim.world import World


def proposals_of(world: World, actor: ActorId) -> Iterator[ProposalView]:
    """Yield the proposals the seat made or received, and the invitations to pacts of its own."""
    for p in world.proposals.values():
        members = world.alignments[p.alignment].members if p.alignment is not None else ()
        if actor not in (p.proposer, p.to, *members):
            continue
        treaty = world.treaties[p.treaty] if p.treaty is not None else None
        bound = treaty.parties if treaty is not None else members
        yield ProposalView(
            p.id,
            p.proposer,
            p.to,
            p.commitment,
            p.against,
            p.secret,
            p.deadline,
            p.years,
            p.name,
            p.alignment,
            treaty is not None,
            tuple(state for state in bound if state not in (p.proposer, p.to)),
            treaty.needed if treaty is not None else 0,
        )


def membership_votes_of(world: World, actor: ActorId) -> Iterator[MembershipVoteView]:
    """Yield the votes of the seat's pacts, but not those on its own expulsion, and its own applications."""
    for v in world.membership_votes.values():
        if v.seen_by(actor, world.alignments[v.alignment].members):
            consented = actor in v.consented
            yield MembershipVoteView(v.id, v.alignment, v.question, v.state, v.asker, v.deadline, consented)


def conditions_of(world: World, actor: ActorId) -> Iterator[ConditionView]:
    """Yield the demands tied to aid that the seat gives or receives."""
    for c in world.conditions.values():
        if actor in (c.donor, c.recipient):
            yield ConditionView(c.id, c.donor, c.recipient, c.aid, c.demand, c.about, c.deadline, c.promised)


def campaigns_of(world: World, actor: ActorId) -> Iterator[CampaignView]:
    """Yield the seat's own campaigns only."""
    for c in world.campaigns.values():
        if c.actor == actor:
            yield CampaignView(c.target, c.means, c.aim, c.effort, c.until, c.open)


def calls_of(world: World, actor: ActorId) -> Iterator[CallView]:
    """Yield the calls that the seat must answer."""
    for call in world.calls.values():
        if call.actor == actor:
            yield CallView(call.id, call.reason, call.subject, call.deadline, call.asker, CALL_DEFAULTS[call.reason])


def questions_of(world: World, actor: ActorId) -> Iterator[QuestionView]:
    """Yield the open questions to the seat."""
    for q in world.questions.values():
        if q.seat == actor:
            yield QuestionView(q.id, q.ask, q.about, q.words, q.opened, q.closes)

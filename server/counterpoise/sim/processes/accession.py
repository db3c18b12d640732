"""Accession: a pact of states takes in another, or expels a member, if all the other members consent.

Most treaties that are open to others demand unanimity: the North Atlantic Treaty (1949, art. 10) lets its parties invite a state
"by unanimous agreement", and so did the Warsaw Treaty (1955, art. 9) with the agreement of its members. Under the general law of
treaties a state accedes if the parties have agreed that it may, and expresses its consent itself (Vienna Convention on the Law of
Treaties 1969, arts. 11 and 15). The other parties can end a treaty in their relations with one of them by unanimous agreement
(art. 60, after a material breach); the Arab League excludes a member by a vote of all the others (Pact of the League 1945,
art. 18). Silence is no consent.

A member moves that a state be invited; if the others consent, the state gets an invitation and accedes if it accepts. A state
can ask to be admitted; if all members consent, it has joined. The members see a vote; outsiders do not.
"""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.relations.pacts import Alignment, MembershipVote, Proposal
from counterpoise.sim.rules import alignments, expired_calls, membership_votes, proposals
from counterpoise.sim.types import ActorId, MembershipQuestion
from counterpoise.sim.world import World


def open_vote(
    stage: Stage, alignment: Alignment, question: MembershipQuestion, state: ActorId, asker: ActorId
) -> MembershipVote:
    """Ask the other members of a pact whether to invite, admit or expel a state."""
    world, members = stage.world, "-".join(alignment.members)
    days = proposals.answer_days(stage, f"membership/{members}/{question}/{state}")
    vote = MembershipVote(0, alignment.id, question, state, asker, world.tick, world.tick + days)
    audience = membership_votes.audience_of(alignment, vote)
    vote.id = stage.next_id(audience)
    world.membership_votes[vote.id] = vote
    others = membership_votes.voters(alignment, vote)
    stage.record(
        "membership_vote_opened",
        asker,
        *(() if state == asker else (state,)),
        audience=audience,
        **membership_votes.details(alignment, vote),
    )
    for voter in others:
        stage.call(voter, "membership", vote.id, vote.deadline, asker)
    stage.start_at(vote.deadline, "accession.expire", vote.id)
    return vote


def cast(stage: Stage, vote: MembershipVote, voter: ActorId, consent: bool) -> None:
    """Count one member's vote: a refusal ends the matter, and the last consent carries it."""
    world = stage.world
    if vote.id not in world.membership_votes:
        return
    alignment = world.alignments[vote.alignment]
    if not consent:
        _refuse(stage, alignment, vote, (voter,), by="answer")
    else:
        vote.consented += (voter,)
        stage.record(
            "membership_consented", voter, vote.state, audience=(voter,), **membership_votes.details(alignment, vote)
        )
        _carry_if_unanimous(stage, alignment, vote)
    stage.close_call(voter, "membership", vote.id)


def answer(stage: Stage, proposal: Proposal, accept: bool) -> None:
    """Let an invited state join the pact, or refuse."""
    world, state = stage.world, proposal.to
    assert proposal.alignment is not None
    alignment = world.alignments[proposal.alignment]
    audience = proposals.audience_of(stage, proposal)
    del world.proposals[proposal.id]
    if accept and can_join(world, alignment, state):
        alignments.join(stage, alignment, state)
    else:
        stage.record("alliance_refused", state, proposal.proposer, audience=audience, **proposals.terms(proposal))


def can_join(world: World, alignment: Alignment, state: ActorId) -> bool:
    """Tell whether a state can be a member of a pact: it exists, is no member and fights no member."""
    if alignment.ended or state in alignment.members or not world.actors[state].active:
        return False
    return not any(world.at_war(state, member) for member in alignment.members)


def _carry_if_unanimous(stage: Stage, alignment: Alignment, vote: MembershipVote) -> bool:
    """Carry a vote if every other member has consented, and tell whether it was carried."""
    if any(voter not in vote.consented for voter in membership_votes.voters(alignment, vote)):
        return False
    world = stage.world
    del world.membership_votes[vote.id]
    if vote.question == "expel":
        alignments.expel(stage, alignment, vote.state)
    elif not can_join(world, alignment, vote.state):
        world.membership_votes[vote.id] = vote
        membership_votes.void(stage, vote, "a member is at war with the state")
    elif vote.question == "admit":
        alignments.join(stage, alignment, vote.state)
    else:
        _invite(stage, alignment, vote)
    return True


def _invite(stage: Stage, alignment: Alignment, vote: MembershipVote) -> None:
    """Invite a state on the members' behalf; a secret pact thereby becomes known to it."""
    world, state = stage.world, vote.state
    if any(open_.alignment == alignment.id and open_.to == state for open_ in world.proposals.values()):
        return
    if alignment.secret and state not in alignment.known_to:
        alignment.known_to += (state,)
    audience = (*alignment.members, state)
    days = proposals.answer_days(stage, f"invitation/{'-'.join(alignment.members)}/{state}")
    proposal = Proposal(
        stage.next_id(audience),
        vote.asker,
        state,
        alignment.commitment,
        alignment.against,
        alignment.secret,
        world.tick,
        world.tick + days,
        name=alignment.name,
        alignment=alignment.id,
    )
    stage.record("alliance_proposed", vote.asker, state, audience=audience, **proposals.terms(proposal))
    proposals.open_proposal(stage, proposal)


def _refuse(stage: Stage, alignment: Alignment, vote: MembershipVote, objectors: tuple[ActorId, ...], by: str) -> None:
    """End a vote that some members did not consent to; ``by`` is ``answer``, or ``default`` for silence."""
    del stage.world.membership_votes[vote.id]
    stage.record(
        "membership_refused",
        *objectors,
        vote.state,
        audience=membership_votes.audience_of(alignment, vote),
        by=by,
        **membership_votes.details(alignment, vote),
    )
    expired_calls.close_calls_about(stage, vote.id, ("membership",))


def _expire(stage: Stage, vote_id: int) -> None:
    """Close a vote at its deadline: it fails unless all who are members now have consented."""
    vote = stage.world.membership_votes.get(vote_id)
    if vote is None:
        return
    alignment = stage.world.alignments[vote.alignment]
    if _carry_if_unanimous(stage, alignment, vote):
        return
    silent = tuple(voter for voter in membership_votes.voters(alignment, vote) if voter not in vote.consented)
    for voter in silent:
        expired_calls.close_with_default(stage, voter, "membership", vote.id, default="no consent")
    _refuse(stage, alignment, vote, silent, by="default")


STEPS: Steps = {"expire": _expire}

"""Votes on a pact's members: who votes, and how a vote is closed without a result."""

from __future__ import annotations

from counterpoise.sim.move import Stage
from counterpoise.sim.relations.pacts import Alignment, MembershipVote
from counterpoise.sim.rules import expired_calls
from counterpoise.sim.types import ActorId

EXPELLING_MEMBERS_MIN = 3
"""The smallest pact that can expel a member: a pact of two ends if one member leaves it."""


def voters(alignment: Alignment, vote: MembershipVote) -> tuple[ActorId, ...]:
    """Return the members whose consent a vote needs: all but the member that moved it and the state it is about."""
    return tuple(member for member in alignment.members if member not in (vote.asker, vote.state))


def audience_of(alignment: Alignment, vote: MembershipVote) -> tuple[ActorId, ...]:
    """Return who may know of a vote: the members, not the one to be expelled, and a state that asked to be admitted."""
    known = dict.fromkeys((*alignment.members, vote.state))
    return tuple(state for state in known if vote.seen_by(state, alignment.members))


def details(alignment: Alignment, vote: MembershipVote) -> dict[str, object]:
    """Return what the log says of a vote."""
    return {
        "vote": vote.id,
        "question": vote.question,
        "alignment": alignment.id,
        "commitment": alignment.commitment,
        "name": alignment.name,
    }


def void(stage: Stage, vote: MembershipVote, reason: str) -> None:
    """End a vote that has lost its object; ``reason`` is a few words for the log."""
    if stage.world.membership_votes.pop(vote.id, None) is None:
        return
    expired_calls.close_calls_about(stage, vote.id, ("membership",))
    alignment = stage.world.alignments[vote.alignment]
    stage.record(
        "membership_vote_void",
        vote.asker,
        *(() if vote.state == vote.asker else (vote.state,)),
        audience=audience_of(alignment, vote),
        reason=reason,
        **details(alignment, vote),
    )


def void_senseless(stage: Stage, alignment: Alignment) -> None:
    """End the votes of a pact that have lost their object since its members changed, and close the calls of former members."""
    for vote in [vote for vote in stage.world.membership_votes.values() if vote.alignment == alignment.id]:
        is_member = vote.state in alignment.members
        if alignment.ended:
            void(stage, vote, "the pact has ended")
        elif vote.question == "expel" and (not is_member or len(alignment.members) < EXPELLING_MEMBERS_MIN):
            void(stage, vote, "the state is a member no longer" if not is_member else "two members are left")
        elif vote.question != "expel" and is_member:
            void(stage, vote, "the state is a member now")
        elif vote.question != "admit" and vote.asker not in alignment.members:
            void(stage, vote, "the state that moved the vote has left")
        else:
            for call in [call for call in stage.world.calls.values() if call.subject == vote.id]:
                if call.actor not in alignment.members:
                    stage.close_call(call.actor, "membership", vote.id)


def void_about(stage: Stage, state: ActorId) -> None:
    """End the votes that a state moved or that are about it, because it is gone."""
    for vote in [vote for vote in stage.world.membership_votes.values() if state in (vote.asker, vote.state)]:
        void(stage, vote, "a state is gone")

"""Pacts of three and more: which to widen, join or found, whom to let in, and how much a pact is worth to a seat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from random import Random
from typing import get_args

from counterpoise.sim.move import Move
from counterpoise.sim.moves.ask_to_join_pact import AskToJoinPact
from counterpoise.sim.moves.found_pact import FoundPact, Promise
from counterpoise.sim.moves.invite_to_pact import InviteToPact
from counterpoise.sim.moves.propose_alliance import Offer
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.legality import allowed_words
from counterpoise.sim.rules.pact_legality import is_open
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AlignmentView, MembershipVoteView, ProposalView
from counterpoise_clients.bot_kit import enmities
from counterpoise_clients.bot_kit.assessment import Assessment

PACT_SHARE = 0.5
"""The chance that a state which could use a pact of many for its offer does so, and does not offer a pact of two.

Most alliances have two members, but the pacts of many have most of the members (ATOP; Leeds, Ritter, Mitchell & Long 2002)."""
FOUNDERS_MIN, FOUNDERS_MAX = 2, 3
"""How many states a founder invites."""
COMMON_THREAT_WEIGHT, ENMITY_WEIGHT, CAPTIVE_PENALTY = 0.8, 0.3, 0.5
"""Weights of a vote on a new member: the threat that the pact names, the state's enmity with it, and that the state is bound to
an enemy of the voter (chosen)."""


def members_of(proposal: ProposalView) -> tuple[ActorId, ...]:
    """Return the states that a proposal would make partners of the state that it is made to."""
    return (proposal.proposer, *proposal.parties)


def mean_affinity(assessment: Assessment, states: Iterable[ActorId]) -> float:
    """Return the mean affinity to the states that exist; 0 if none does."""
    found = [assessment.affinity(state) for state in states if state in assessment.others]
    return quantised(fsum(found) / len(found)) if found else 0.0


def fights_a_member(assessment: Assessment, members: Iterable[ActorId]) -> bool:
    """Return whether the seat is at war with one of the states."""
    return any(assessment.others[member].at_war for member in members if member in assessment.others)


def pact_move(
    stream: Random, assessment: Assessment, to: ActorId, commitment: Offer, against: ActorId | None
) -> Move | None:
    """Return the invitation of a state to a pact of the seat, or the request to join a pact of that state, if one fits.

    A pact fits if it makes the same promise and names the same threat as the offer that the seat would make.
    """
    fitting = [pact for pact in assessment.view.alignments if _fits(assessment, pact, to, commitment, against)]
    if not fitting or not happens(stream, PACT_SHARE):
        return None
    largest = max(fitting, key=lambda pact: (len(pact.members), -pact.id))
    return InviteToPact(largest.id, to) if assessment.me in largest.members else AskToJoinPact(largest.id)


def _fits(assessment: Assessment, pact: AlignmentView, to: ActorId, commitment: Offer, against: ActorId | None) -> bool:
    """Return whether the seat can bring a state into a pact of its own, or join a pact of that state."""
    if (pact.commitment, pact.against) != (commitment, against) or pact.secret or not is_open(pact):
        return False
    mine, theirs = assessment.me in pact.members, to in pact.members
    if mine == theirs or (not mine and pact.against is None):
        return False
    view = assessment.view
    newcomer = to if mine else assessment.me
    if any(vote.alignment == pact.id and vote.state == newcomer for vote in view.membership_votes):
        return False
    if any(proposal.alignment == pact.id and proposal.to == newcomer for proposal in view.proposals):
        return False
    return not any(
        (newcomer in sides[0] and member in sides[1]) or (newcomer in sides[1] and member in sides[0])
        for war in view.wars
        for sides in [(war.attackers, war.defenders)]
        for member in pact.members
    )


def found_pact(
    assessment: Assessment, helpers: Sequence[ActorId], commitment: Offer, against: ActorId | None
) -> FoundPact | None:
    """Return a pact of the seat with the best helpers, if there are enough; ``helpers`` is sorted, the best first."""
    view = assessment.view
    open_offers = [proposal.to for proposal in view.proposals if proposal.proposer == assessment.me]
    if any(proposal.treaty and proposal.proposer == assessment.me for proposal in view.proposals):
        return None
    invited: list[ActorId] = []
    for state in helpers:
        foes = [
            foe for war in view.wars for side in (war.attackers, war.defenders) if state not in side for foe in side
        ]
        fights = any(state in war.attackers + war.defenders for war in view.wars) and any(k in foes for k in invited)
        if state not in open_offers and not fights and len(invited) < FOUNDERS_MAX:
            invited.append(state)
    if len(invited) < FOUNDERS_MIN or commitment not in get_args(Promise):
        return None
    promise: Promise = commitment  # type: ignore[assignment]  # the line above checks it
    name = allowed_words(view.talk, f"{view.own.name} Pact", to_everyone=False)
    return FoundPact(tuple(invited), promise, name, FOUNDERS_MIN, against)


def consents_to_member(
    assessment: Assessment, vote: MembershipVoteView, openness: float, loyalty: float, stream: Random
) -> bool:
    """Draw whether to consent in a vote on a pact's members.

    A new member is welcome by affinity and by the threat that the pact names; a member is expelled by a lack of affinity, and
    loyal states expel nobody lightly.

    Args:
        assessment: the seat's assessment of its view.
        vote: the vote.
        openness: the state's tendency to accept proposals, in [0, 1].
        loyalty: the state's tendency to honour alliances, in [0, 1].
        stream: the source of random draws.
    """
    state = vote.state
    pact = next((pact for pact in assessment.view.alignments if pact.id == vote.alignment), None)
    if pact is None or state not in assessment.others:
        return False
    affinity = assessment.affinity(state)
    if vote.question == "expel":
        return _bounded(stream, 0.2 - affinity - 0.3 * loyalty)
    if assessment.others[state].at_war or state == assessment.top_threat:
        return False
    worth = affinity
    if pact.against is not None and pact.against in assessment.others:
        worth += COMMON_THREAT_WEIGHT * assessment.threats[pact.against]
        worth += ENMITY_WEIGHT * enmities.enmity_with(assessment, state, pact.against)
    if enmities.is_allied_with_enemy(assessment, state, assessment.own_enemies):
        worth -= CAPTIVE_PENALTY
    return _bounded(stream, 0.4 + 0.5 * openness + worth)


def _bounded(stream: Random, probability: float) -> bool:
    return happens(stream, min(0.95, max(0.02, probability)))

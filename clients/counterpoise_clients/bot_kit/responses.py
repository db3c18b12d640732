"""Responses to the calls of a seat: crises, demands, proposals, conditions on aid, allies' calls and offers of peace.

A ``Temperament`` holds the tendencies of a state. Each bot has one; it can also respond to some calls in its own way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum
from random import Random

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.answer_peace import AnswerPeace
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.types import (
    LEVEL_CLAIM,
    LEVEL_DISPLAY,
    LEVEL_FORCE,
    LEVEL_THREAT,
    ActorId,
    CrisisResponse,
)
from counterpoise.sim.views.view import CallView, ConditionView, CrisisView, ProposalView, WarView
from counterpoise_clients.bot_kit import enmities, pacts, prudence, trust, wants
from counterpoise_clients.bot_kit.answers import answers_to_questions
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment, enemies_in

COMMITMENT_COSTS = {
    "defence": 0.30,
    "offence": 0.55,
    "neutrality": 0.10,
    "nonaggression": 0.05,
    "consultation": 0.10,
    "basing": 0.30,
    "arms": 0.05,
    "joint_operation": 0.40,
    "union": 0.90,
}
"""The loss of freedom by commitment, on the scale of ``Assessment.affinity``."""
LIGHT_COST = 0.10
"""The cost up to which a commitment obliges nobody to fight."""
EMPTY_OFFER = 0.3
"""What a seat holds against paper that names no threat, from a state that shares no enemy: it asks for something (chosen)."""
CONCEDE_FACTORS = {LEVEL_CLAIM: 1.0, LEVEL_THREAT: 0.15, LEVEL_DISPLAY: 0.5, LEVEL_FORCE: 1.35}
"""Factors on the weight of conceding, by crisis level: few of MID's disputes end before a display of force."""
COMPROMISE_FACTORS = {LEVEL_CLAIM: 1.0, LEVEL_THREAT: 0.2, LEVEL_DISPLAY: 0.4, LEVEL_FORCE: 1.0}
"""Factors on the weight of a compromise, by crisis level."""
INITIATOR_CONCEDE_FACTOR = 0.76
"""The factor on the weight of conceding for the state that began the crisis: it yields half as often as its target (MID)."""
FRIENDS_ESCALATION_DROP = 0.8
"""The drop in the weight of escalating between the closest friends.

Similar regimes and allies seldom fight (Russett & Oneal 2001)."""
LOYALTY_WEIGHT = 1.4
"""The weight of loyalty in honouring a call: the loyal come and the faithless stay away (chosen)."""
HOPELESS_FACTOR = 0.4
"""The factor on honouring a call into a war that would be lost all the same, and on escalating against a far stronger state."""
WANTED_WORTH = 0.3
"""What it adds to an offer that binds, if the seat's objectives want a member as a partner (chosen)."""
BURDENSOME_PARTNERS = 5
"""The number of partners up to which each makes a state less willing to take another."""
HOPELESS_SHARE = 0.10
"""The power share in a crisis below which a war would be hopeless."""
WAR_WEARINESS_DAYS = 540
"""The duration of a war, a year and a half, after which war weariness is complete."""


@dataclass(frozen=True, slots=True)
class Temperament:
    """A state's tendencies when it responds to calls, each in [0, 1] except ``bandwagoning``.

    Args:
        resolve: holds out against pressure.
        escalation: escalates crises.
        compromise: offers terms in crises and accepts peace.
        loyalty: honours alliances.
        openness: accepts proposals.
        bandwagoning: in [-1, 1], the effect of a proposer's threat on accepting its proposal; negative for a state that
            balances, positive for one that bandwagons.
    """

    resolve: float
    escalation: float
    compromise: float
    loyalty: float
    openness: float
    bandwagoning: float


def _happens_bounded(stream: Random, probability: float) -> bool:
    """Draw as ``happens`` does, with the probability kept between 0.02 and 0.95."""
    return happens(stream, min(0.95, max(0.02, probability)))


def responses_to_calls(
    assessment: Assessment,
    temperament: Temperament,
    stream: Random,
    own_response: Callable[[CallView], Move | None] | None = None,
) -> list[Move]:
    """Return a response to each call of the view, in the order of the calls, and an answer to each question for the debrief.

    Args:
        assessment: the seat's assessment of its view.
        temperament: the state's tendencies.
        stream: the source of random draws.
        own_response: returns the bot's own response to a call, or ``None`` to use the temperament's.
    """
    responses = (
        (own_response(call) if own_response is not None else None)
        or response_to_call(assessment, call, temperament, stream)
        for call in assessment.view.calls
    )
    moves = [_without_enemies(assessment, move) for move in responses if move is not None]
    return [*moves, *answers_to_questions(assessment, temperament.bandwagoning)]


def _without_enemies(assessment: Assessment, move: Move) -> Move:
    """Return a response, with a refusal in place of a yes to a pact in which the seat would have an enemy in war as a partner."""
    if isinstance(move, AnswerProposal) and move.accept:
        for proposal in assessment.view.proposals:
            if proposal.id == move.proposal and pacts.fights_a_member(assessment, pacts.members_of(proposal)):
                return AnswerProposal(proposal.id, False)
    return move


def response_to_call(assessment: Assessment, call: CallView, temperament: Temperament, stream: Random) -> Move | None:
    """Return the response to one call; ``None`` if the view no longer shows the call's subject."""
    view = assessment.view
    if call.reason in ("crisis", "demand"):
        for crisis in view.crises:
            if crisis.id == call.subject and crisis.own_response is None:
                return RespondCrisis(crisis.id, crisis_response(assessment, crisis, temperament, stream))
    elif call.reason == "proposal":
        for proposal in view.proposals:
            if proposal.id == call.subject and proposal.to == assessment.me:
                return AnswerProposal(proposal.id, accepts_proposal(assessment, proposal, temperament, stream))
    elif call.reason == "membership":
        for vote in view.membership_votes:
            if vote.id == call.subject:
                consent = pacts.consents_to_member(assessment, vote, temperament.openness, temperament.loyalty, stream)
                return VoteOnMember(vote.id, consent)
    elif call.reason == "condition":
        for condition in view.conditions:
            if condition.id == call.subject:
                return AnswerCondition(condition.id, meets_condition(assessment, condition, temperament, stream))
    else:
        for war in view.wars:
            if war.id == call.subject:
                if call.reason == "peace":
                    return AnswerPeace(war.id, accepts_peace(assessment, war, temperament, stream))
                return AnswerCall(war.id, honours_call(assessment, war, call.asker, temperament, stream))
    return None


def crisis_response(
    assessment: Assessment, crisis: CrisisView, temperament: Temperament, stream: Random
) -> CrisisResponse:
    """Draw a response to a crisis.

    Strong states stand firm, weak states concede after a display of force, and escalation grows with power. Escalation
    is rarer at the level of force. Friends escalate less and compromise more.
    """
    own_share = assessment.crisis_power_share(crisis)
    opponent = crisis.target if crisis.initiator == assessment.me else crisis.initiator
    friendliness = assessment.friendliness(opponent)
    force_factor = 0.9 if crisis.level >= LEVEL_FORCE else 1.0
    if crisis.level >= LEVEL_DISPLAY:
        force_factor *= prudence.nuclear_caution(assessment, opponent) ** 0.5
    if own_share < HOPELESS_SHARE:
        force_factor *= HOPELESS_FACTOR
    territory_factor = 1.3 if crisis.aim != "policy" and crisis.target == assessment.me else 1.0
    concede_factor = CONCEDE_FACTORS[crisis.level] * (
        INITIATOR_CONCEDE_FACTOR if crisis.initiator == assessment.me else 1.0
    )
    weights: list[tuple[CrisisResponse, float]] = [
        ("stand_firm", territory_factor * temperament.resolve * (0.3 + own_share)),
        (
            "escalate",
            2.06 * temperament.escalation * own_share * force_factor * (1.0 - FRIENDS_ESCALATION_DROP * friendliness),
        ),
        ("compromise", 0.31 * temperament.compromise * COMPROMISE_FACTORS[crisis.level] * (1.0 + friendliness)),
        ("concede", 0.25 * concede_factor * (1.0 - temperament.resolve) * (1.0 - own_share) ** 2),
    ]
    drawn = stream.random() * fsum(option_weight for _, option_weight in weights)
    for response, option_weight in weights:
        drawn -= option_weight
        if round(drawn, 9) < 0:
            return response
    return "compromise"


def accepts_proposal(assessment: Assessment, proposal: ProposalView, temperament: Temperament, stream: Random) -> bool:
    """Draw whether to accept a proposal, from the partners' affinity, the common threat, the cost and the partners' threat.

    A pact of many is judged by the mean affinity to its members, and by the gravest threat and the greatest power among them.
    """
    proposer, against = proposal.proposer, proposal.against
    state = assessment.others.get(proposer)
    members = [member for member in pacts.members_of(proposal) if member in assessment.others]
    if state is None or pacts.fights_a_member(assessment, members):
        return False
    bound = [
        member
        for member in members
        if any(tie.commitment == proposal.commitment for tie in assessment.alignments_by_partner.get(member, ()))
    ]
    if len(bound) == len(members):
        return False  # the seat already has this commitment with all of them
    threat = max(assessment.threats[member] for member in members)
    cost = COMMITMENT_COSTS.get(proposal.commitment, 0.2)
    affinity = pacts.mean_affinity(assessment, members)
    if cost <= LIGHT_COST:
        affinity *= 0.3  # a state can promise its enemy not to fight
    worth = affinity - cost + temperament.bandwagoning * threat
    top = assessment.top_threat
    if against is not None and against in assessment.others:
        worth += 0.8 * assessment.threats[against] - (0.7 if against in assessment.alignments_by_partner else 0.0)
        worth -= 0.3 * max(0.0, assessment.affinity(against))
    elif top is not None and top not in members:
        worth += 0.3 * assessment.threats[top]
    if top is not None and top not in members and any(assessment.are_aligned(member, top) for member in members):
        worth -= 0.3
    worth += _worth_of_enmities(assessment, proposal) - trust.doubt(assessment, proposer)
    if proposal.commitment not in trust.PAPER:
        wanted = wants.wanted_partners(assessment)
        worth += WANTED_WORTH if any(member in wanted for member in members) else 0.0
    share = min(assessment.power_share_against(member) for member in members)
    worth += 0.6 * max(0.0, share - 0.5)  # a weaker partner brings influence
    worth -= 0.06 * min(BURDENSOME_PARTNERS, len(assessment.alignments_by_partner))
    return _happens_bounded(stream, temperament.openness + worth)


def _worth_of_enmities(assessment: Assessment, proposal: ProposalView) -> float:
    """Return what common enemies add to a proposal's worth, less the price of the proposer's ties to enemies and its distance."""
    proposer, firm = proposal.proposer, proposal.commitment in MILITARY_COMMITMENTS
    worth = 0.0
    common = enmities.common_enemies(assessment, proposer)
    if not common and proposal.against is None and COMMITMENT_COSTS.get(proposal.commitment, 0.2) <= LIGHT_COST:
        worth -= EMPTY_OFFER
    if common and proposal.against is None:
        worth += 0.15 + 0.3 * max(assessment.threats.get(enemy, 0.0) for enemy in common)
    elif proposal.against in common:
        worth += 0.1
    if assessment.others[proposer].power >= enmities.PATRON_RATIO * assessment.view.own.power:
        behind = [p for enemy in assessment.own_enemies for p in enmities.patrons_of(assessment, enemy)]
        worth += 0.3 if any(patron in assessment.rivals_of(proposer) for patron in behind) else 0.0
    if enmities.is_allied_with_enemy(assessment, proposer, assessment.own_enemies):
        worth -= 0.5 if firm else 0.2
    if enmities.is_enemy_of_partner(assessment, proposer):
        worth -= 0.5 if firm else 0.2
    if assessment.reach(proposer) < prudence.REACH_MIN:
        worth -= 0.6 if firm else 0.2
    return worth


def honours_call(
    assessment: Assessment, war: WarView, asker: ActorId | None, temperament: Temperament, stream: Random
) -> bool:
    """Draw whether to honour an ally's call: loyalty, the enemy's threat and the chance to win raise the probability.

    A state never fights a partner.
    """
    side = asker if asker is not None else war.defenders[0]
    enemies = enemies_in(war, side) or war.attackers
    chance = war.win_chance if side in war.attackers else 1.0 - war.win_chance
    threat = max((assessment.threats.get(enemy, 0.0) for enemy in enemies), default=0.0)
    if any(enemy in assessment.alignments_by_partner for enemy in enemies):
        return False
    readiness = LOYALTY_WEIGHT * temperament.loyalty + 0.4 * (threat - 0.4) + 0.4 * (chance - 0.5)
    if any(enemy in assessment.others and assessment.others[enemy].nuclear for enemy in enemies):
        readiness *= min(prudence.nuclear_caution(assessment, enemy) for enemy in enemies)
    if prudence.is_hopeless(assessment, war, war.attackers if side in war.attackers else war.defenders):
        readiness *= HOPELESS_FACTOR
    return _happens_bounded(stream, readiness)


def meets_condition(assessment: Assessment, condition: ConditionView, temperament: Temperament, stream: Random) -> bool:
    """Draw whether to meet a donor's condition: dependence on its aid raises the probability, reluctance lowers it."""
    flows = [flow for flow in assessment.view.aid if flow.recipient == assessment.me and flow.kind == condition.aid]
    total = fsum(flow.amount for flow in flows)
    given = fsum(flow.amount for flow in flows if flow.donor == condition.donor)
    dependence = min(1.0, 3.0 * given) * (given / total if total > 0.0 else 0.0)
    reluctance = _reluctance(assessment, condition)
    bandwagoning = 0.2 * temperament.bandwagoning * assessment.threats.get(condition.donor, 0.0)
    probability = 0.35 + 0.5 * dependence - 0.4 * reluctance + bandwagoning - 0.2 * (temperament.resolve - 0.5)
    return _happens_bounded(stream, probability)


def _reluctance(assessment: Assessment, condition: ConditionView) -> float:
    """Return the seat's reluctance to meet a condition, about 0 to 1.5."""
    about = condition.about
    if condition.demand == "side_with_us":
        known = condition.donor in assessment.others
        return 0.3 + 0.5 * max(0.0, -assessment.affinity(condition.donor)) if known else 0.3
    if about is None or about not in assessment.others:
        return 0.3
    reluctance = abs(assessment.affinity(about))
    top = assessment.top_threat
    if condition.demand == "leave_alliance" and top is not None and about != top:
        alignments = assessment.alignments_by_partner.get(about, ())
        if any(alignment.commitment in MILITARY_COMMITMENTS for alignment in alignments):
            reluctance += assessment.threats[top]  # a helper against the gravest threat is the last to be dropped
    return reluctance


def accepts_peace(assessment: Assessment, war: WarView, temperament: Temperament, stream: Random) -> bool:
    """Draw whether to accept peace: a losing war and a long war raise the probability; four wars in five are decided (CoW)."""
    weariness = min(1.0, (assessment.view.tick - war.since) / WAR_WEARINESS_DAYS)
    losing = 1.0 - assessment.own_win_chance(war)
    return happens(stream, 0.02 + 0.10 * losing + 0.10 * weariness + 0.05 * temperament.compromise)

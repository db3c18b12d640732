"""Answers to whatever a seat is asked: crises and demands, proposals, calls of allies, offers of peace.

A ``Temperament`` says what kind of state answers; a bot has one and may answer some calls in its own way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum
from random import Random

from counterpoise.sim.chance import happens
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.answer_peace import AnswerPeace
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.types import (
    LEVEL_CLAIM,
    LEVEL_DISPLAY,
    LEVEL_FORCE,
    LEVEL_THREAT,
    ActorId,
    CrisisResponse,
)
from counterpoise.sim.view import CallView, ConditionView, CrisisView, ProposalView, WarView
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
"""What a commitment costs in freedom, on the scale of ``Assessment.affinity``."""
LIGHT_COST = 0.10
"""The price up to which a commitment binds nobody to fight."""
CONCEDE_FACTORS = {LEVEL_CLAIM: 1.0, LEVEL_THREAT: 0.15, LEVEL_DISPLAY: 0.5, LEVEL_FORCE: 1.35}
"""How ready to concede states are by the level of a crisis: few of MID's disputes end before arms have been shown."""
COMPROMISE_FACTORS = {LEVEL_CLAIM: 1.0, LEVEL_THREAT: 0.2, LEVEL_DISPLAY: 0.4, LEVEL_FORCE: 1.0}
"""The same for offers of terms."""
INITIATOR_CONCEDE_FACTOR = 0.7
"""How ready the state that began it is to concede, beside its target: it yields half as often (MID)."""
FRIENDS_ESCALATION_DROP = 0.8
"""How much less ready friends are to escalate, at the warmest: like regimes and allies fight seldom (Russett & Oneal 2001)."""
WAR_WEARINESS_DAYS = 540
"""After a year and a half of war everyone is weary."""


@dataclass(frozen=True, slots=True)
class Temperament:
    """How a state answers; all in [0, 1] unless said otherwise.

    ``resolve`` holds against pressure, ``escalation`` escalates, ``compromise`` meets half-way, ``loyalty`` keeps promises,
    ``openness`` accepts offers. ``bandwagoning`` in [-1, 1] is what fear of a proposer does to the wish to join it: negative
    for those who balance, positive for those who bandwagon.
    """

    resolve: float
    escalation: float
    compromise: float
    loyalty: float
    openness: float
    bandwagoning: float


def responses_to_calls(
    assessment: Assessment,
    temperament: Temperament,
    stream: Random,
    own: Callable[[CallView], Move | None] | None = None,
) -> list[Move]:
    """Return an answer to every call of the view, in its order.

    Args:
        outlook: the seat's judgement.
        temper: what kind of state answers.
        stream: where its moods come from.
        own: a bot's own answer to a call; where it has none, ``None``, the temper answers.
    """
    found = (
        (own(call) if own is not None else None) or response_to_call(assessment, call, temperament, stream)
        for call in assessment.view.calls
    )
    return [move for move in found if move is not None]


def response_to_call(assessment: Assessment, call: CallView, temperament: Temperament, stream: Random) -> Move | None:
    """Return the answer to one call; ``None`` if its subject is gone from the view."""
    view = assessment.view
    if call.reason in ("crisis", "demand"):
        for crisis in view.crises:
            if crisis.id == call.subject and crisis.own_response is None:
                return RespondCrisis(crisis.id, crisis_response(assessment, crisis, temperament, stream))
    elif call.reason == "proposal":
        for proposal in view.proposals:
            if proposal.id == call.subject and proposal.to == assessment.me:
                return AnswerProposal(proposal.id, accepts_proposal(assessment, proposal, temperament, stream))
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
    """Draw a response: the strong stand firm, the weak give way once arms are shown, the daring escalate, fewer at the brink.

    Friends go to the brink with each other less often, and meet half-way more.
    """
    weight = assessment.crisis_power_share(crisis)
    warmth = assessment.friendliness(crisis.target if crisis.initiator == assessment.me else crisis.initiator)
    brink = 0.9 if crisis.level >= LEVEL_FORCE else 1.0
    vital = 1.3 if crisis.aim != "policy" and crisis.target == assessment.me else 1.0
    yielding = CONCEDE_FACTORS[crisis.level] * (INITIATOR_CONCEDE_FACTOR if crisis.initiator == assessment.me else 1.0)
    weights: list[tuple[CrisisResponse, float]] = [
        ("stand_firm", vital * temperament.resolve * (0.3 + weight)),
        ("escalate", 2.0 * temperament.escalation * weight * brink * (1.0 - FRIENDS_ESCALATION_DROP * warmth)),
        ("compromise", 0.3 * temperament.compromise * COMPROMISE_FACTORS[crisis.level] * (1.0 + warmth)),
        ("concede", 0.25 * yielding * (1.0 - temperament.resolve) * (1.0 - weight) ** 2),
    ]
    drawn = stream.random() * fsum(part for _, part in weights)
    for response, part in weights:
        drawn -= part
        if round(drawn, 9) < 0:
            return response
    return "compromise"


def accepts_proposal(assessment: Assessment, proposal: ProposalView, temperament: Temperament, stream: Random) -> bool:
    """Weigh an offer: the partner, the common threat, the price, and what fear of the partner counsels."""
    proposer, against = proposal.proposer, proposal.against
    state = assessment.others.get(proposer)
    if state is None or state.at_war:
        return False
    if any(found.commitment == proposal.commitment for found in assessment.alignments_by_partner.get(proposer, ())):
        return False  # that promise has been made already
    fear = assessment.threats[proposer]
    price = COMMITMENT_COSTS.get(proposal.commitment, 0.2)
    liking = assessment.affinity(proposer) * (
        0.3 if price <= LIGHT_COST else 1.0
    )  # one can promise an enemy not to fight
    worth = liking - price + temperament.bandwagoning * fear
    if against is not None and against in assessment.others:
        worth += 0.8 * assessment.threats[against] - (0.7 if against in assessment.alignments_by_partner else 0.0)
        worth -= 0.3 * max(0.0, assessment.affinity(against))
    elif assessment.top_threat is not None and assessment.top_threat != proposer:
        worth += 0.3 * assessment.threats[assessment.top_threat]
    if (
        assessment.top_threat is not None
        and assessment.top_threat != proposer
        and assessment.are_aligned(proposer, assessment.top_threat)
    ):
        worth -= 0.3
    worth += 0.6 * max(0.0, assessment.power_share_against(proposer) - 0.5)  # a client is influence
    worth -= 0.06 * len(assessment.alignments_by_partner)
    return happens(stream, min(0.95, max(0.02, temperament.openness + worth)))


def honours_call(
    assessment: Assessment, war: WarView, asker: ActorId | None, temperament: Temperament, stream: Random
) -> bool:
    """Keep a promise or not: loyalty, fear of the enemy and a fair chance speak for it, friendship with the enemy against."""
    side = asker if asker is not None else war.defenders[0]
    enemies = enemies_in(war, side) or war.attackers
    chance = war.win_chance if side in war.attackers else 1.0 - war.win_chance
    fear = max((assessment.threats.get(enemy, 0.0) for enemy in enemies), default=0.0)
    if any(enemy in assessment.alignments_by_partner for enemy in enemies):
        return False
    return happens(stream, min(0.95, max(0.02, temperament.loyalty + 0.4 * (fear - 0.4) + 0.4 * (chance - 0.5))))


def meets_condition(assessment: Assessment, condition: ConditionView, temperament: Temperament, stream: Random) -> bool:
    """Do what a donor asks the more readily the more one lives on its aid, and the less one minds doing it."""
    flows = [flow for flow in assessment.view.aid if flow.recipient == assessment.me and flow.kind == condition.aid]
    total = fsum(flow.amount for flow in flows)
    given = fsum(flow.amount for flow in flows if flow.donor == condition.donor)
    need = min(1.0, 3.0 * given) * (given / total if total > 0.0 else 0.0)
    minds = _reluctance(assessment, condition)
    bandwagoning = 0.2 * temperament.bandwagoning * assessment.threats.get(condition.donor, 0.0)
    return happens(
        stream, min(0.95, max(0.02, 0.35 + 0.5 * need - 0.4 * minds + bandwagoning - 0.2 * (temperament.resolve - 0.5)))
    )


def _reluctance(assessment: Assessment, condition: ConditionView) -> float:
    """Return how much it goes against the grain to do what is asked, about 0 to 1.5."""
    about = condition.about
    if condition.demand == "side_with_us":
        return (
            0.3 + 0.5 * max(0.0, -assessment.affinity(condition.donor)) if condition.donor in assessment.others else 0.3
        )
    if about is None or about not in assessment.others:
        return 0.3
    minds = abs(assessment.affinity(about))
    if condition.demand == "leave_alliance" and assessment.top_threat is not None:
        against_the_threat = [
            tie for tie in assessment.alignments_by_partner.get(about, ()) if tie.commitment in MILITARY_COMMITMENTS
        ]
        if about != assessment.top_threat and against_the_threat:
            minds += assessment.threats[
                assessment.top_threat
            ]  # whoever helps against the gravest threat is given up last
    return minds


def accepts_peace(assessment: Assessment, war: WarView, temperament: Temperament, stream: Random) -> bool:
    """Take peace the more readily the worse the war goes and the longer it has lasted; four wars in five are decided (CoW)."""
    weariness = min(1.0, (assessment.view.tick - war.since) / WAR_WEARINESS_DAYS)
    losing = 1.0 - assessment.own_win_chance(war)
    return happens(stream, 0.02 + 0.10 * losing + 0.10 * weariness + 0.05 * temperament.compromise)

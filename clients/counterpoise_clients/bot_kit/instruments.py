"""Further moves when a window opens: campaigns in other states, conditional aid, ultimatums, mediation.

Every strategy can use ``initiatives``; these functions belong to particular strategies. Each adds one kind of move to an
``MoveList`` if the move is legal for the seat, and otherwise nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from counterpoise.sim.moves.broker_peace import BrokerPeace
from counterpoise.sim.moves.claim_leadership import ClaimLeadership
from counterpoise.sim.moves.cut_aid import CutAid
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.expel import Expel
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.mediate import Mediate
from counterpoise.sim.moves.message import Message
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.types import ActorId, AidDemand, AidKind, Means, PenetrationAim
from counterpoise.sim.views.view import CampaignView, ConditionView, CrisisView, View
from counterpoise_clients.bot_kit import prudence
from counterpoise_clients.bot_kit.assessment import Assessment, enemies_in
from counterpoise_clients.bot_kit.initiatives import AID_PROGRAMMES_MAX, MoveList, is_sanctioned, spoken_demand

CAMPAIGNS_MAX = 3
"""The number of campaigns that a state runs at once."""
ULTIMATUM_CHANCE = 0.35
"""The chance of winning from which a state threatens war: whoever means it must be able to fight."""
KNOWN_PENETRATION_MIN = 0.02
"""The known penetration of the seat's politics from which it expels the other state's agents."""
REFUSAL_MEMORY_DAYS = 200
"""The age up to which a refusal counts: slightly more than the longest window of the bundled scenarios."""


def expel_agents(move_list: MoveList, is_unwelcome: Callable[[ActorId], bool]) -> None:
    """Expel the agents of each unwelcome state whose penetration of the seat's politics is known."""
    for other in move_list.assessment.view.others:
        if other.penetration >= KNOWN_PENETRATION_MIN and is_unwelcome(other.id):
            move_list.add(Expel(other.id))


def penetration_by(assessment: Assessment, state: ActorId) -> float:
    """Return a state's known penetration of the seat's politics, in [0, 1]."""
    return assessment.others[state].penetration if state in assessment.others else 0.0


def start_campaign(
    move_list: MoveList, target: ActorId, means: Means, aim: PenetrationAim, effort: float = 0.5
) -> None:
    """Begin a campaign in a state, unless one runs there, the seat runs too many, or it cannot pay the first months."""
    running = move_list.assessment.view.campaigns
    if len(running) >= CAMPAIGNS_MAX or any(campaign.target == target for campaign in running):
        return
    if move_list.can_afford(Penetrate.COST + 4 * effort):
        move_list.add(Penetrate(target, means, aim, effort), Penetrate.COST)


def renew_campaign(move_list: MoveList, campaign: CampaignView, effort: float) -> None:
    """Run a campaign for another year at another effort, by the same means and for the same aim."""
    if move_list.can_afford(Penetrate.COST + 4 * effort):
        renewed = Penetrate(campaign.target, campaign.means, campaign.aim, effort, campaign.open)
        move_list.add(renewed, Penetrate.COST)


def give_conditional_aid(
    move_list: MoveList, to: ActorId, kind: AidKind, amount: float, demand: AidDemand, about: ActorId | None = None
) -> None:
    """Give or continue aid on a condition that the recipient does not meet yet."""
    assessment = move_list.assessment
    view = assessment.view
    if assessment.others[to].at_war or is_sanctioned(move_list, to) or not can_ask(assessment, to, demand, about):
        return
    if any((condition.donor, condition.recipient) == (assessment.me, to) for condition in view.conditions):
        return
    own = [(flow.recipient, flow.kind) for flow in view.aid if flow.donor == assessment.me]
    if (len(own) < AID_PROGRAMMES_MAX or (to, kind) in own) and move_list.can_afford(GiveAid.COST):
        move_list.add(GiveAid(to, kind, amount, "", demand, about), GiveAid.COST)


def can_ask(assessment: Assessment, of: ActorId, demand: AidDemand, about: ActorId | None) -> bool:
    """Return whether the seat can demand something of a state: as far as it knows, the state has not done it."""
    view, other = assessment.view, assessment.others[of]
    if demand == "side_with_us":
        return about is None and of not in assessment.alignments_by_partner
    if about is None or about == of:
        return False
    if demand == "leave_alliance":
        return assessment.are_aligned(of, about)
    if demand == "drop_claim":
        return about == assessment.me and other.claim is not None
    if demand == "friendly_words":
        return about == assessment.me and other.stated_intent != "friendly"
    fighting = any(about in enemies_in(war, of) for war in view.wars)
    return fighting if demand == "make_peace" else not fighting


def recent_refusals(view: View) -> list[tuple[ActorId, ActorId]]:
    """Return donor and recipient of each recently refused condition that the seat knows of."""
    return [
        (ActorId(incident["actors"][0]), ActorId(incident["actors"][1]))
        for incident in view.incidents
        if incident["kind"] == "compliance_refused" and view.tick - incident["tick"] <= REFUSAL_MEMORY_DAYS
    ]


def cut_aid_after_refusals(move_list: MoveList) -> None:
    """Cut the aid to recipients that refused its condition: after an empty threat nobody believes the next one."""
    assessment = move_list.assessment
    refusing = [recipient for donor, recipient in recent_refusals(assessment.view) if donor == assessment.me]
    for flow in assessment.view.aid:
        if flow.donor == assessment.me and flow.recipient in refusing and flow.recipient in assessment.others:
            cut = CutAid(flow.recipient, flow.kind)
            if cut not in move_list.moves:
                move_list.add(cut)


def largest_donor(assessment: Assessment) -> ActorId | None:
    """Return the state that gives the seat most aid; ``None`` if no state gives any."""
    given: dict[ActorId, float] = {}
    for flow in assessment.view.aid:
        if flow.recipient == assessment.me and flow.donor in assessment.others:
            given[flow.donor] = round(given.get(flow.donor, 0.0) + flow.amount, 6)
    return max(given, key=lambda donor: (given[donor], donor)) if given else None


def demand_claim(move_list: MoveList, of: ActorId, text: str) -> None:
    """Demand the seat's claim, or a change of policy, from a state, even if the state is in a crisis with others."""
    assessment = move_list.assessment
    if can_open_crisis(assessment, of) and move_list.can_afford(Demand.COST):
        move_list.add(spoken_demand(assessment, of, assessment.others[of].claimed, text), Demand.COST)


def issue_ultimatum(move_list: MoveList, of: ActorId, text: str) -> None:
    """Demand the seat's claim, or a change of policy, with an ultimatum, if the seat can fight the state and may win."""
    assessment = move_list.assessment
    dares = (
        prudence.attack_chance(assessment, of) >= ULTIMATUM_CHANCE and prudence.nuclear_caution(assessment, of) >= 0.5
    )
    if (
        dares
        and can_open_crisis(assessment, of)
        and can_fight(assessment, of)
        and move_list.can_afford(Demand.ULTIMATUM_COST)
    ):
        ultimatum = spoken_demand(assessment, of, assessment.others[of].claimed, text, ultimatum=True)
        move_list.add(ultimatum, Demand.ULTIMATUM_COST)


def can_open_crisis(assessment: Assessment, of: ActorId) -> bool:
    """Return whether the seat can open a crisis with a state: the two are neither in a crisis with each other nor at war."""
    if assessment.others[of].at_war:
        return False
    return not any({assessment.me, of} == {crisis.initiator, crisis.target} for crisis in assessment.view.crises)


def can_fight(assessment: Assessment, target: ActorId) -> bool:
    """Return whether the seat can fight a state: the two are not aligned and not on one side of a war."""
    return target not in assessment.alignments_by_partner and target not in assessment.war_allies()


def is_distracted(assessment: Assessment, state: ActorId) -> bool:
    """Return whether a state is in a war, or in a crisis with a state other than the seat."""
    if any(state in war.attackers + war.defenders for war in assessment.view.wars):
        return True
    return any(
        state in (crisis.initiator, crisis.target) and assessment.me not in (crisis.initiator, crisis.target)
        for crisis in assessment.view.crises
    )


def offer_mediation(move_list: MoveList, crisis: CrisisView) -> None:
    """Offer mediation in a crisis between other states, if the seat has no part in it."""
    assessment = move_list.assessment
    parties = (crisis.initiator, crisis.target)
    if assessment.me in (*parties, *crisis.supporters, *crisis.mediators):
        return
    if any(party not in assessment.others or assessment.others[party].at_war for party in parties):
        return
    if move_list.can_afford(Mediate.COST):
        move_list.add(Mediate(crisis.id), Mediate.COST)


def broker_peace(move_list: MoveList) -> None:
    """Propose peace talks in the first war between other states that has none."""
    for war in move_list.assessment.view.wars:
        if move_list.assessment.me in war.attackers + war.defenders or war.brokered or war.offers:
            continue
        if move_list.can_afford(BrokerPeace.COST):
            move_list.add(BrokerPeace(war.id), BrokerPeace.COST)
        return


def claim_leadership(move_list: MoveList) -> None:
    """Claim the leadership of the seat's regime family, if it has other members and the seat does not lead it."""
    view = move_list.assessment.view
    kin = any(other.family == view.own.family for other in view.others)
    if kin and view.leaders.get(view.own.family) != view.own.id and move_list.can_afford(ClaimLeadership.COST):
        move_list.add(ClaimLeadership(), ClaimLeadership.COST)


def send_message(move_list: MoveList, to: ActorId, text: str) -> None:
    """Send a message to a state."""
    move_list.add(Message((to,), text))


def condition_by_id(view: View, subject: int) -> ConditionView | None:
    """Return the condition that a call is about; ``None`` if the view does not show it."""
    return next((condition for condition in view.conditions if condition.id == subject), None)

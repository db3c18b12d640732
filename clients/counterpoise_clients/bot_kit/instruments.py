"""The other instruments a seat may use when a window opens: work from within, aid on conditions, ultimatums, good offices.

Beside ``initiative``, whose functions any state may call, these belong to strategies that imply them. Each adds one kind of
move to an ``Agenda`` if it is legal for the seat, and nothing otherwise.
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
from counterpoise.sim.view import ConditionView, CrisisView, View
from counterpoise_clients.bot_kit.assessment import Assessment, enemies_in
from counterpoise_clients.bot_kit.initiatives import AID_PROGRAMMES_MAX, Agenda

CAMPAIGNS_MAX = 3
"""Campaigns a state runs at once."""
KNOWN_PENETRATION_MIN = 0.02
"""The hold on one's politics below which nobody makes a scandal of it."""
REFUSAL_MEMORY_DAYS = 200
"""How long a refusal rankles: a little more than the longest window of the bundled scenarios."""


def expel_agents(agenda: Agenda, unwelcome: Callable[[ActorId], bool]) -> None:
    """Expel those whose hold on one's politics has come to light and is ``unwelcome``."""
    for other in agenda.assessment.view.others:
        if other.penetration >= KNOWN_PENETRATION_MIN and unwelcome(other.id):
            agenda.add(Expel(other.id))


def penetration_by(assessment: Assessment, state: ActorId) -> float:
    """Return how strong a state's known hold on the seat's politics is, in [0, 1]."""
    return assessment.others[state].penetration if state in assessment.others else 0.0


def start_campaign(agenda: Agenda, target: ActorId, means: Means, aim: PenetrationAim, effort: float = 0.5) -> None:
    """Begin to work on a state's politics, unless one does already, does enough of it, or cannot pay the first months."""
    running = agenda.assessment.view.campaigns
    if len(running) >= CAMPAIGNS_MAX or any(found.target == target for found in running):
        return
    if agenda.can_afford(Penetrate.COST + 4 * effort):
        agenda.add(Penetrate(target, means, aim, effort), Penetrate.COST)


def give_conditional_aid(
    agenda: Agenda, to: ActorId, kind: AidKind, amount: float, demand: AidDemand, about: ActorId | None = None
) -> None:
    """Give aid, or go on giving it, and ask something for it that the recipient has not done yet."""
    assessment = agenda.assessment
    view = assessment.view
    if assessment.others[to].at_war or not can_ask(assessment, to, demand, about):
        return
    if any((found.donor, found.recipient) == (assessment.me, to) for found in view.conditions):
        return
    own = [(flow.recipient, flow.kind) for flow in view.aid if flow.donor == assessment.me]
    if (len(own) < AID_PROGRAMMES_MAX or (to, kind) in own) and agenda.can_afford(GiveAid.COST):
        agenda.add(GiveAid(to, kind, amount, "", demand, about), GiveAid.COST)


def can_ask(assessment: Assessment, of: ActorId, demand: AidDemand, about: ActorId | None) -> bool:
    """Tell whether a state can be asked for something: as far as one sees it has not done it."""
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
    """Return the donors and recipients of the demands that were refused of late, as far as the seat knows."""
    return [
        (ActorId(found["actors"][0]), ActorId(found["actors"][1]))
        for found in view.incidents
        if found["kind"] == "compliance_refused" and view.tick - found["tick"] <= REFUSAL_MEMORY_DAYS
    ]


def cut_aid_after_refusals(agenda: Agenda) -> None:
    """Cut the aid to those who refused what was asked for it: a threat that is not carried out is the last one believed."""
    assessment = agenda.assessment
    refusing = [recipient for donor, recipient in recent_refusals(assessment.view) if donor == assessment.me]
    for flow in assessment.view.aid:
        if flow.donor == assessment.me and flow.recipient in refusing and flow.recipient in assessment.others:
            cut = CutAid(flow.recipient, flow.kind)
            if cut not in agenda.moves:
                agenda.add(cut)


def largest_donor(assessment: Assessment) -> ActorId | None:
    """Return who gives the seat most aid, if anyone does."""
    given: dict[ActorId, float] = {}
    for flow in assessment.view.aid:
        if flow.recipient == assessment.me and flow.donor in assessment.others:
            given[flow.donor] = round(given.get(flow.donor, 0.0) + flow.amount, 6)
    return max(given, key=lambda donor: (given[donor], donor)) if given else None


def demand_claim(agenda: Agenda, of: ActorId, text: str) -> None:
    """Demand what one claims or wants of a state, whether it is in trouble with others or not."""
    assessment = agenda.assessment
    if can_open_crisis(assessment, of) and agenda.can_afford(Demand.COST):
        agenda.add(Demand(of, assessment.others[of].claimed or "policy", text), Demand.COST)


def issue_ultimatum(agenda: Agenda, of: ActorId, text: str) -> None:
    """Demand what one claims or wants of a state on pain of war, if there is nothing that forbids a war with it."""
    assessment = agenda.assessment
    if can_open_crisis(assessment, of) and can_fight(assessment, of) and agenda.can_afford(Demand.ULTIMATUM_COST):
        agenda.add(Demand(of, assessment.others[of].claimed or "policy", text, True), Demand.ULTIMATUM_COST)


def can_open_crisis(assessment: Assessment, of: ActorId) -> bool:
    """Tell whether a crisis can be begun with a state: neither of the two is in one with the other, or at war."""
    if assessment.others[of].at_war:
        return False
    return not any({assessment.me, of} == {found.initiator, found.target} for found in assessment.view.crises)


def can_fight(assessment: Assessment, target: ActorId) -> bool:
    """Tell whether one is free to fight a state: not aligned with it, and not its comrade in a war."""
    return target not in assessment.alignments_by_partner and target not in assessment.war_allies()


def is_distracted(assessment: Assessment, state: ActorId) -> bool:
    """Tell whether a state has its hands full with others: in a war, or in a crisis with somebody else."""
    if any(state in war.attackers + war.defenders for war in assessment.view.wars):
        return True
    return any(
        state in (found.initiator, found.target) and assessment.me not in (found.initiator, found.target)
        for found in assessment.view.crises
    )


def offer_mediation(agenda: Agenda, found: CrisisView) -> None:
    """Go between the sides of a crisis of others, if one has no part in it."""
    assessment = agenda.assessment
    parties = (found.initiator, found.target)
    if assessment.me in (*parties, *found.supporters, *found.mediators):
        return
    if any(party not in assessment.others or assessment.others[party].at_war for party in parties):
        return
    if agenda.can_afford(Mediate.COST):
        agenda.add(Mediate(found.id), Mediate.COST)


def broker_peace(agenda: Agenda) -> None:
    """Ask the sides of the first war of others in which nobody talks whether they would make peace."""
    for war in agenda.assessment.view.wars:
        if agenda.assessment.me in war.attackers + war.defenders or war.brokered or war.offers:
            continue
        if agenda.can_afford(BrokerPeace.COST):
            agenda.add(BrokerPeace(war.id), BrokerPeace.COST)
        return


def claim_leadership(agenda: Agenda) -> None:
    """Claim to lead the states of one's own kind, where there are any and one does not lead them yet."""
    view = agenda.assessment.view
    kin = any(other.family == view.own.family for other in view.others)
    if kin and view.leaders.get(view.own.family) != view.own.id and agenda.can_afford(ClaimLeadership.COST):
        agenda.add(ClaimLeadership(), ClaimLeadership.COST)


def send_message(agenda: Agenda, to: ActorId, text: str) -> None:
    """Send a state a letter."""
    agenda.add(Message(to, text))


def condition_by_id(view: View, subject: int) -> ConditionView | None:
    """Return the demand a call is about."""
    return next((found for found in view.conditions if found.id == subject), None)

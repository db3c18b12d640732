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
from counterpoise_clients.bot_kit.assessment import Outlook, enemies_in
from counterpoise_clients.bot_kit.initiatives import MOST_FLOWS, Agenda

MOST_CAMPAIGNS = 3
"""Campaigns a state runs at once."""
FOUND = 0.02
"""The hold on one's politics below which nobody makes a scandal of it."""
RECENT_DAYS = 200
"""How long a refusal rankles: a little more than the longest window of the bundled scenarios."""


def expel_found(agenda: Agenda, unwelcome: Callable[[ActorId], bool]) -> None:
    """Expel those whose hold on one's politics has come to light and is ``unwelcome``."""
    for other in agenda.outlook.view.others:
        if other.penetration >= FOUND and unwelcome(other.id):
            agenda.add(Expel(other.id))


def hold_of(outlook: Outlook, state: ActorId) -> float:
    """Return how strong a state's known hold on the seat's politics is, in [0, 1]."""
    return outlook.others[state].penetration if state in outlook.others else 0.0


def campaign(agenda: Agenda, target: ActorId, means: Means, aim: PenetrationAim, effort: float = 0.5) -> None:
    """Begin to work on a state's politics, unless one does already, does enough of it, or cannot pay the first months."""
    running = agenda.outlook.view.campaigns
    if len(running) >= MOST_CAMPAIGNS or any(found.target == target for found in running):
        return
    if agenda.affords(Penetrate.COST + 4 * effort):
        agenda.add(Penetrate(target, means, aim, effort), Penetrate.COST)


def aid_on_condition(
    agenda: Agenda, to: ActorId, kind: AidKind, amount: float, demand: AidDemand, about: ActorId | None = None
) -> None:
    """Give aid, or go on giving it, and ask something for it that the recipient has not done yet."""
    outlook = agenda.outlook
    view = outlook.view
    if outlook.others[to].at_war or not askable(outlook, to, demand, about):
        return
    if any((found.donor, found.recipient) == (outlook.me, to) for found in view.conditions):
        return
    own = [(flow.recipient, flow.kind) for flow in view.aid if flow.donor == outlook.me]
    if (len(own) < MOST_FLOWS or (to, kind) in own) and agenda.affords(GiveAid.COST):
        agenda.add(GiveAid(to, kind, amount, "", demand, about), GiveAid.COST)


def askable(outlook: Outlook, of: ActorId, demand: AidDemand, about: ActorId | None) -> bool:
    """Tell whether a state can be asked for something: as far as one sees it has not done it."""
    view, other = outlook.view, outlook.others[of]
    if demand == "side_with_us":
        return about is None and of not in outlook.ties
    if about is None or about == of:
        return False
    if demand == "leave_alliance":
        return outlook.bound(of, about)
    if demand == "drop_claim":
        return about == outlook.me and other.claim is not None
    if demand == "friendly_words":
        return about == outlook.me and other.stated_intent != "friendly"
    fighting = any(about in enemies_in(war, of) for war in view.wars)
    return fighting if demand == "make_peace" else not fighting


def refusals(view: View) -> list[tuple[ActorId, ActorId]]:
    """Return the donors and recipients of the demands that were refused of late, as far as the seat knows."""
    return [
        (ActorId(found["actors"][0]), ActorId(found["actors"][1]))
        for found in view.incidents
        if found["kind"] == "compliance_refused" and view.tick - found["tick"] <= RECENT_DAYS
    ]


def punish_refusals(agenda: Agenda) -> None:
    """Cut the aid to those who refused what was asked for it: a threat that is not carried out is the last one believed."""
    outlook = agenda.outlook
    refusing = [recipient for donor, recipient in refusals(outlook.view) if donor == outlook.me]
    for flow in outlook.view.aid:
        if flow.donor == outlook.me and flow.recipient in refusing and flow.recipient in outlook.others:
            cut = CutAid(flow.recipient, flow.kind)
            if cut not in agenda.moves:
                agenda.add(cut)


def paymaster(outlook: Outlook) -> ActorId | None:
    """Return who gives the seat most aid, if anyone does."""
    given: dict[ActorId, float] = {}
    for flow in outlook.view.aid:
        if flow.recipient == outlook.me and flow.donor in outlook.others:
            given[flow.donor] = round(given.get(flow.donor, 0.0) + flow.amount, 6)
    return max(given, key=lambda donor: (given[donor], donor)) if given else None


def press(agenda: Agenda, of: ActorId, text: str) -> None:
    """Demand what one claims or wants of a state, whether it is in trouble with others or not."""
    outlook = agenda.outlook
    if can_press(outlook, of) and agenda.affords(Demand.COST):
        agenda.add(Demand(of, outlook.others[of].claimed or "policy", text), Demand.COST)


def ultimatum(agenda: Agenda, of: ActorId, text: str) -> None:
    """Demand what one claims or wants of a state on pain of war, if there is nothing that forbids a war with it."""
    outlook = agenda.outlook
    if can_press(outlook, of) and can_fight(outlook, of) and agenda.affords(Demand.ULTIMATUM_COST):
        agenda.add(Demand(of, outlook.others[of].claimed or "policy", text, True), Demand.ULTIMATUM_COST)


def can_press(outlook: Outlook, of: ActorId) -> bool:
    """Tell whether a crisis can be begun with a state: neither of the two is in one with the other, or at war."""
    if outlook.others[of].at_war:
        return False
    return not any({outlook.me, of} == {found.initiator, found.target} for found in outlook.view.crises)


def can_fight(outlook: Outlook, target: ActorId) -> bool:
    """Tell whether one is free to fight a state: not aligned with it, and not its comrade in a war."""
    return target not in outlook.ties and target not in outlook.comrades()


def busy(outlook: Outlook, state: ActorId) -> bool:
    """Tell whether a state has its hands full with others: in a war, or in a crisis with somebody else."""
    if any(state in war.attackers + war.defenders for war in outlook.view.wars):
        return True
    return any(
        state in (found.initiator, found.target) and outlook.me not in (found.initiator, found.target)
        for found in outlook.view.crises
    )


def mediate(agenda: Agenda, found: CrisisView) -> None:
    """Go between the sides of a crisis of others, if one has no part in it."""
    outlook = agenda.outlook
    parties = (found.initiator, found.target)
    if outlook.me in (*parties, *found.supporters, *found.mediators):
        return
    if any(party not in outlook.others or outlook.others[party].at_war for party in parties):
        return
    if agenda.affords(Mediate.COST):
        agenda.add(Mediate(found.id), Mediate.COST)


def broker(agenda: Agenda) -> None:
    """Ask the sides of the first war of others in which nobody talks whether they would make peace."""
    for war in agenda.outlook.view.wars:
        if agenda.outlook.me in war.attackers + war.defenders or war.brokered or war.offers:
            continue
        if agenda.affords(BrokerPeace.COST):
            agenda.add(BrokerPeace(war.id), BrokerPeace.COST)
        return


def claim_leadership(agenda: Agenda) -> None:
    """Claim to lead the states of one's own kind, where there are any and one does not lead them yet."""
    view = agenda.outlook.view
    kin = any(other.family == view.own.family for other in view.others)
    if kin and view.leaders.get(view.own.family) != view.own.id and agenda.affords(ClaimLeadership.COST):
        agenda.add(ClaimLeadership(), ClaimLeadership.COST)


def write(agenda: Agenda, to: ActorId, text: str) -> None:
    """Send a state a letter."""
    agenda.add(Message(to, text))


def condition_called(view: View, subject: int) -> ConditionView | None:
    """Return the demand a call is about."""
    return next((found for found in view.conditions if found.id == subject), None)

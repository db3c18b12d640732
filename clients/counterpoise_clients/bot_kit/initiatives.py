"""What a seat begins by itself when a window opens: offers, guarantees, aid, statements, arms, partings, peace.

An ``Agenda`` gathers the moves of one stop of the clock and keeps them within the treasury. The functions below each may
add one kind of move; a bot's strategy is which of them it calls, towards whom and how often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from counterpoise.sim.calendar import DAYS_PER_YEAR
from counterpoise.sim.move import Move
from counterpoise.sim.moves.accommodate import Accommodate
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.cut_aid import CutAid
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.guarantee import Guarantee
from counterpoise.sim.moves.join_war import JoinWar
from counterpoise.sim.moves.leave_alliance import LeaveAlliance
from counterpoise.sim.moves.mobilize import Mobilize
from counterpoise.sim.moves.offer_peace import OfferPeace
from counterpoise.sim.moves.propose_alliance import Offer, ProposeAlliance
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.moves.support_side import SupportSide
from counterpoise.sim.types import LEVEL_DISPLAY, ActorId, AidKind, Intent
from counterpoise.sim.view import AlignmentView, WarView
from counterpoise_clients.bot_kit.assessment import DIGITS, Outlook
from counterpoise_clients.bot_kit.responses import WEARY_DAYS, Temper, happens

RESERVE = 20.0
"""Treasury a prudent state keeps, in per cent of a year's budget."""
EAGERNESS = 0.35
"""The chance that an offer thought of is made: pacts to fight are made by 6 to 8 % of the world's states a year, and by 10 % of
the Middle East's in 1955-79 (ATOP).

It is the same for every bot and every partner, so it says how often states align and not with whom."""
HELD_TOGETHER = 0.4
"""What a grave danger that partners share multiplies the chance of parting by (chosen)."""
MOST_FLOWS = 4
"""Aid programmes a state runs at once."""


@dataclass(slots=True)
class Agenda:
    """The moves of one stop of the clock, within the treasury."""

    outlook: Outlook
    stream: Random
    moves: list[Move] = field(default_factory=list)
    spent: float = 0.0

    def add(self, move: Move, cost: float = 0.0) -> None:
        """Add a move if the treasury can bear it."""
        if cost == 0.0 or self.outlook.view.own.treasury - self.spent >= cost:
            self.spent += cost
            self.moves.append(move)

    def affords(self, cost: float, reserve: float = RESERVE) -> bool:
        """Tell whether a cost leaves the reserve untouched."""
        return self.outlook.view.own.treasury - self.spent >= cost + reserve

    def chance(self, probability: float) -> bool:
        """Tell whether something of this probability happens."""
        return happens(self.stream, probability)

    def best(
        self, states: Iterable[ActorId], worth: Callable[[ActorId], float], *, noise: float = 0.3
    ) -> ActorId | None:
        """Return the state of greatest worth, or ``None``; noise keeps a bot from asking the same one for ever."""
        scored = [(round(worth(state) + noise * self.stream.random(), DIGITS), state) for state in states]
        return max(scored, key=lambda pair: pair[0])[1] if scored else None


def propose(
    agenda: Agenda, to: ActorId, commitment: Offer, *, against: ActorId | None = None, secret: bool = False
) -> None:
    """Offer an alliance, unless one is on the table, the promise exists already, or there is war between the two."""
    outlook = agenda.outlook
    state = outlook.others.get(to)
    if (
        state is None
        or state.at_war
        or any(found.proposer == outlook.me and found.to == to for found in outlook.view.proposals)
    ):
        return
    if any(found.commitment == commitment for found in outlook.ties.get(to, ())):
        return
    if not agenda.chance(EAGERNESS):
        return
    named = against if against in outlook.others and against != to else None
    agenda.add(ProposeAlliance(to, commitment, named, secret))


def helpers_against(agenda: Agenda, threat: ActorId) -> list[ActorId]:
    """Return who might stand with the seat against a threat: not its partner, not an enemy, not pledged already."""
    outlook = agenda.outlook
    pledged = [
        partner
        for partner, ties in outlook.ties.items()
        if any(found.commitment in ("defence", "offence") for found in ties)
    ]
    return [
        other.id
        for other in outlook.view.others
        if other.id != threat
        and not other.at_war
        and other.id not in pledged
        and not outlook.bound(other.id, threat)
        and outlook.liking(other.id) > -0.5
    ]


def help_worth(outlook: Outlook, state: ActorId, threat: ActorId) -> float:
    """Return what a state is worth as a helper: near strength, common enmity, kinship; less what it threatens itself."""
    other, feared = outlook.others[state], outlook.others[threat]
    strength = min(1.0, other.power / feared.power) if feared.power > 0.0 else 1.0
    enmity = 0.5 if outlook.opposes(state, threat) else 0.0
    return round(strength * other.proximity + enmity + 0.8 * outlook.liking(state) - 0.5 * outlook.fear[state], DIGITS)


def part(agenda: Agenda, rate: Callable[[AlignmentView], float]) -> None:
    """Leave alignments by chance; ``rate`` gives the chance of leaving each this window."""
    for alignment in agenda.outlook.view.alignments:
        if agenda.outlook.me in alignment.members and agenda.chance(rate(alignment)):
            agenda.add(LeaveAlliance(alignment.id))


def parting_rate(outlook: Outlook, alignment: AlignmentView) -> float:
    """Return an ordinary state's chance of leaving an alignment in a quarter.

    It is small, and larger where the enemy it names is feared no more, where a partner has become the gravest threat or
    has let one down; and smaller by far while a grave threat stands that the partners have no ties with. Alignments of the
    Middle East in 1955-79 lasted three years in the median (theory 4.6), those of blocs for decades.
    """
    partners = [member for member in alignment.members if member in outlook.others]
    # What a game begins with counts as made on its first day: nobody breaks with the past before having looked about.
    age = (outlook.view.tick - max(alignment.since, 0)) / DAYS_PER_YEAR
    if age < 1.0 or not partners:
        return 0.0
    rate = 0.025 if len(partners) == 1 else 0.004
    if alignment.against in outlook.others and outlook.fear[alignment.against] < outlook.floor:
        rate += 0.10
    if outlook.top in partners and outlook.fear[outlook.top] > 0.35:
        rate += 0.06
    if any(outlook.others[partner].broken_promises > 0.5 for partner in partners):
        rate += 0.10
    if any(outlook.others[partner].rivalry for partner in partners):
        rate += 0.05
    return rate * HELD_TOGETHER if outlook.faces_with(partners) else rate


def keep_house(agenda: Agenda, temper: Temper) -> None:
    """Do what any state does: offer peace when a war goes ill, call up reserves in a crisis, cut aid to enemies."""
    outlook = agenda.outlook
    for war in outlook.view.wars:
        if outlook.me in war.attackers + war.defenders and outlook.me not in war.offers:
            weariness = min(1.0, (outlook.view.tick - war.since) / WEARY_DAYS)
            if agenda.chance(0.005 + 0.05 * (1.0 - outlook.war_chance(war)) * (0.5 + weariness)):
                agenda.add(OfferPeace(war.id))
    for crisis in outlook.view.crises:
        if (
            outlook.me in (crisis.initiator, crisis.target)
            and crisis.level >= LEVEL_DISPLAY
            and not outlook.view.own.mobilized
        ):
            if agenda.affords(Mobilize.COST) and agenda.chance(0.5 * temper.resolve):
                agenda.add(Mobilize(), Mobilize.COST)
            break
    for flow in outlook.view.aid:
        if flow.donor == outlook.me and flow.recipient in outlook.others:
            state = outlook.others[flow.recipient]
            if state.at_war or (outlook.liking(flow.recipient) < -0.4 and agenda.chance(0.3)):
                agenda.add(CutAid(flow.recipient, flow.kind))


def arm_against(agenda: Agenda, threat: ActorId, *, rate: float) -> None:
    """Balance by one's own means (Waltz 1979, p. 118): arm the more, the less covered one is."""
    effort = 0.5 if agenda.outlook.cover(threat) < 0.5 else 0.25
    if agenda.chance(rate * agenda.outlook.fear[threat]) and agenda.affords(Arm.COST * effort):
        agenda.add(Arm(effort), Arm.COST * effort)


def aid(agenda: Agenda, to: ActorId, kind: AidKind, amount: float) -> None:
    """Begin an aid programme, if there is none of its kind and the seat does not run too many."""
    outlook = agenda.outlook
    own = [(flow.recipient, flow.kind) for flow in outlook.view.aid if flow.donor == outlook.me]
    if (
        len(own) < MOST_FLOWS
        and (to, kind) not in own
        and not outlook.others[to].at_war
        and agenda.affords(GiveAid.COST)
    ):
        agenda.add(GiveAid(to, kind, amount), GiveAid.COST)


def guarantee(agenda: Agenda, to: ActorId, against: ActorId | None) -> None:
    """Give a guarantee, unless one stands or there is war between the two."""
    outlook = agenda.outlook
    given = any(found.commitment == "guarantee" and found.lead == outlook.me for found in outlook.ties.get(to, ()))
    if not given and not outlook.others[to].at_war and agenda.affords(Guarantee.COST):
        agenda.add(Guarantee(to, against if against != to else None), Guarantee.COST)


def speak(agenda: Agenda, about: ActorId, intent: Intent) -> None:
    """Say what one intends, if it is news."""
    agenda.add(StateIntent(about, intent))


def accommodate(agenda: Agenda, to: ActorId) -> None:
    """Concede something to a state, and with it the first alignment against it."""
    outlook = agenda.outlook
    if outlook.others[to].at_war or outlook.view.own.legitimacy < Accommodate.LEGITIMACY_COST + 0.1:
        return
    against = [found.id for found in outlook.view.alignments if outlook.me in found.members and found.against == to]
    agenda.add(Accommodate(to, against[0] if against else None))


def demand(agenda: Agenda, of: ActorId, text: str) -> None:
    """Open a crisis over what stands between the two, unless there is one or a war already."""
    outlook = agenda.outlook
    state = outlook.others[of]
    parties = [party for crisis in outlook.view.crises for party in (crisis.initiator, crisis.target)]
    if not state.at_war and of not in parties and outlook.me not in parties and agenda.affords(Demand.COST):
        agenda.add(Demand(of, state.claim or "policy", text), Demand.COST)


def support_against(agenda: Agenda, threat: ActorId, *, rate: float) -> None:
    """Stand by whoever is in a crisis with a threat."""
    outlook = agenda.outlook
    for crisis in outlook.view.crises:
        parties = (crisis.initiator, crisis.target)
        if threat not in parties or outlook.me in parties or outlook.me in crisis.supporters or threat in outlook.ties:
            continue
        side = crisis.target if crisis.initiator == threat else crisis.initiator
        welcome = side in outlook.others and not outlook.others[side].at_war and outlook.liking(side) > 0.0
        if welcome and agenda.affords(SupportSide.COST) and agenda.chance(rate):
            agenda.add(SupportSide(crisis.id, side), SupportSide.COST)


def may_join(outlook: Outlook, war: WarView, side: tuple[ActorId, ...], foes: tuple[ActorId, ...]) -> bool:
    """Tell whether a bystander may enter a war on a side: uncalled, at peace with all in it, no partner or comrade against it."""
    if outlook.me in (*war.attackers, *war.defenders):
        return False
    if any(call.reason == "ally" and call.subject == war.id for call in outlook.view.calls):
        return False
    comrades = outlook.comrades()
    if any(party in outlook.others and outlook.others[party].at_war for party in (*side, *foes)):
        return False
    return not any(foe in outlook.ties or foe in comrades for foe in foes)


def join_war(agenda: Agenda, war: WarView, side: tuple[ActorId, ...], foes: tuple[ActorId, ...]) -> None:
    """Enter a war on a side, if one may and can pay."""
    if may_join(agenda.outlook, war, side, foes) and agenda.affords(JoinWar.COST):
        agenda.add(JoinWar(war.id, side[0]), JoinWar.COST)

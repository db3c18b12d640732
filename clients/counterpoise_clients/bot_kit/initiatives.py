"""Moves that any seat can begin when a window opens: offers, guarantees, aid, statements, arms, exits, peace.

A ``MoveList`` collects the moves of one stop of the clock and keeps them within the treasury. Each function below can add
one kind of move to it. A bot's strategy is the choice of functions, their targets and their frequency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from counterpoise.sim.clock.calendar import DAYS_PER_YEAR
from counterpoise.sim.move import Move
from counterpoise.sim.moves.accommodate import Accommodate
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.cut_aid import CutAid
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.found_pact import FoundPact
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.guarantee import Guarantee
from counterpoise.sim.moves.join_war import JoinWar
from counterpoise.sim.moves.leave_alliance import LeaveAlliance
from counterpoise.sim.moves.mobilize import Mobilize
from counterpoise.sim.moves.offer_peace import OfferPeace
from counterpoise.sim.moves.propose_alliance import Offer, ProposeAlliance
from counterpoise.sim.moves.sanction import Sanction
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.moves.support_side import SupportSide
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.legality import allowed_words
from counterpoise.sim.types import LEVEL_DISPLAY, ActorId, AidKind, Intent, Issue
from counterpoise.sim.views.view import AlignmentView, CrisisView, WarView
from counterpoise_clients.bot_kit import enmities, pacts, prudence, trust
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment
from counterpoise_clients.bot_kit.responses import WAR_WEARINESS_DAYS, Temperament

TREASURY_RESERVE = 20.0
"""The treasury that a prudent state keeps, in per cent of a year's budget."""
OFFER_CHANCE = 0.265
"""The chance that a considered offer is made, in a quarter of a year; longer windows have a higher chance.

In a year 6 to 8 % of the world's states, and 10 % of the Middle East's in 1955-79, sign a pact to fight (ATOP). The chance
is the same for every bot and every partner: it sets how often states align, not with which states."""
SHARED_THREAT_FACTOR = 0.4
"""The factor on the chance of leaving an alignment while its members share a grave threat (chosen)."""
RIVALS_PACT = 0.2
"""The factor on the chance of an offer that would oblige the seat to fight for a rival."""
COMMON_ENEMY_FACTOR = 0.75
"""The same while two members have an enemy in common: alliances against a threat last while it does (Bennett 1997; chosen)."""
SATELLITE_FACTOR = 0.2
"""The same between a state and a much weaker neighbour of its own kind of regime (Morrow 1991; chosen)."""
DISBELIEF_LEAVE_CHANCE = 0.4
"""The chance of leaving a pact with a state whose word is not believed (chosen)."""
REFUSAL_PENALTY = 0.3
"""What a refusal within the last year takes from a state's value as a helper: the seat asks others first."""
AID_PROGRAMMES_MAX = 4
"""The number of aid programmes that a state runs at once."""


@dataclass(slots=True)
class MoveList:
    """The moves of one stop of the clock, kept within the treasury."""

    assessment: Assessment
    stream: Random
    moves: list[Move] = field(default_factory=list)
    spent: float = 0.0

    def add(self, move: Move, cost: float = 0.0) -> None:
        """Add a move if the treasury covers its cost."""
        if cost == 0.0 or self.assessment.view.own.treasury - self.spent >= cost:
            self.spent += cost
            self.moves.append(move)

    def can_afford(self, cost: float, reserve: float = TREASURY_RESERVE) -> bool:
        """Return whether the treasury covers a cost and keeps the reserve."""
        return self.assessment.view.own.treasury - self.spent >= cost + reserve

    def happens(self, probability: float) -> bool:
        """Draw from the list's stream; return whether an event of this probability happens."""
        return happens(self.stream, probability)

    def happens_in_window(self, probability: float) -> bool:
        """Draw whether an event with this probability in a quarter of a year happens in a window, which may be longer."""
        return self._happens_in(probability, self.assessment.window_quarters * self.assessment.pace)

    def happens_at_pace(self, probability: float) -> bool:
        """Draw whether an event with this probability in a window of a long game happens; in a short game it is likelier.

        States take sides by such draws. What starts quarrels or ends pacts is drawn with ``happens``.
        """
        return self._happens_in(probability, self.assessment.pace)

    def _happens_in(self, probability: float, times: float) -> bool:
        return self.happens(quantised(1.0 - (1.0 - min(1.0, max(0.0, probability))) ** times))

    def best_of(
        self, states: Iterable[ActorId], worth: Callable[[ActorId], float], *, noise: float = 0.3
    ) -> ActorId | None:
        """Return the state with the greatest worth; ``None`` if there are no states.

        The noise is added to each worth, so that a bot does not ask the same state for ever.
        """
        scored = [(quantised(worth(state) + noise * self.stream.random()), state) for state in states]
        return max(scored, key=lambda pair: pair[0])[1] if scored else None


def offer_alliance(
    move_list: MoveList, to: ActorId, commitment: Offer, *, against: ActorId | None = None, secret: bool = False
) -> None:
    """Offer an alliance by chance, unless an offer is open, the commitment exists, or the two states are at war.

    Offers to states out of reach are rare, and nobody promises to fight for an ally of its enemies or an enemy of its allies, or
    offers anything to a state whose word it does not believe.
    """
    assessment = move_list.assessment
    state = assessment.others.get(to)
    if (
        state is None
        or state.at_war
        or any(proposal.proposer == assessment.me and proposal.to == to for proposal in assessment.view.proposals)
    ):
        return
    if any(alignment.commitment == commitment for alignment in assessment.alignments_by_partner.get(to, ())):
        return
    if not move_list.happens_in_window(OFFER_CHANCE * prudence.reach_factor(assessment, to)):
        return
    if trust.doubt(assessment, to) >= trust.DISBELIEF:
        return
    firm = commitment in MILITARY_COMMITMENTS
    if firm and state.rivalry and not move_list.happens(RIVALS_PACT):
        return
    if firm and enmities.is_allied_with_enemy(assessment, to, assessment.own_enemies):
        return
    if firm and enmities.is_enemy_of_partner(assessment, to):
        return
    named = against if against in assessment.others and against != to else None
    of_many = None if secret else pacts.pact_move(move_list.stream, assessment, to, commitment, named)
    move_list.add(of_many or ProposeAlliance(to, commitment, named, secret))


def offer_pact(move_list: MoveList, helpers: list[ActorId], commitment: Offer, against: ActorId) -> bool:
    """Found a pact with several helpers against a threat by chance, and return whether it was proposed."""
    assessment = move_list.assessment
    ranked = sorted(helpers, key=lambda state: (-helper_value(assessment, state, against), state))
    pact = pacts.found_pact(assessment, ranked, commitment, against)
    if pact is None or not move_list.can_afford(FoundPact.COST) or not move_list.happens(OFFER_CHANCE):
        return False
    move_list.add(pact, FoundPact.COST)
    return True


def potential_helpers(assessment: Assessment, threat: ActorId) -> list[ActorId]:
    """Return the states that could help against a threat: at peace, in reach, not pledged, not its partner, not disliked."""
    pledged = [
        partner
        for partner, alignments in assessment.alignments_by_partner.items()
        if any(alignment.commitment in ("defence", "offence") for alignment in alignments)
    ]
    return [
        other.id
        for other in assessment.view.others
        if other.id != threat
        and not other.at_war
        and other.id not in pledged
        and not assessment.are_aligned(other.id, threat)
        and assessment.affinity(other.id) > -0.5
        and assessment.reach(other.id) >= prudence.REACH_MIN
    ]


def helper_value(assessment: Assessment, state: ActorId, threat: ActorId) -> float:
    """Return a state's value as a helper against a threat: nearby strength, common enmity and affinity minus its own threat."""
    helper, enemy = assessment.others[state], assessment.others[threat]
    strength = min(1.0, helper.power / enemy.power) if enemy.power > 0.0 else 1.0
    enmity = 0.6 * enmities.enmity_with(assessment, state, threat)
    return quantised(
        strength * assessment.reach(state)
        + enmity
        + 0.8 * assessment.affinity(state)
        - 0.5 * assessment.threats[state]
        - (REFUSAL_PENALTY if helper.refused else 0.0)
        - trust.doubt(assessment, state)
    )


def leave_alignments(move_list: MoveList, chance_of: Callable[[AlignmentView], float]) -> None:
    """Leave each of the seat's alignments with the chance that ``chance_of`` returns."""
    for alignment in move_list.assessment.view.alignments:
        if move_list.assessment.me in alignment.members and move_list.happens(chance_of(alignment)):
            move_list.add(LeaveAlliance(alignment.id))


def leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
    """Return an ordinary state's chance of leaving an alignment in a quarter.

    The chance is small, except for a pact with one state whose word the seat does not believe. It is larger if the named
    enemy no longer threatens, or if a partner has become the gravest threat, is a rival, is bound to an enemy or has broken
    promises. It is much smaller while the members share a grave threat or an enemy, and between a state and its satellite. In
    the Middle East in 1955-79 the median alignment lasted three years (theory 4.6), while blocs last for decades.
    """
    partners = [member for member in alignment.members if member in assessment.others]
    if len(partners) == 1 and trust.doubt(assessment, partners[0]) >= trust.DISBELIEF:
        return DISBELIEF_LEAVE_CHANCE
    # Alignments of the opening count as made on the first day, so that no state leaves them in the first year.
    age = (assessment.view.tick - max(alignment.since, 0)) / DAYS_PER_YEAR
    if age < 1.0 or not partners:
        return 0.0
    rate = 0.032 if len(partners) == 1 else 0.004
    if alignment.against in assessment.others and assessment.threats[alignment.against] < assessment.threat_floor:
        rate += 0.10
    if assessment.top_threat in partners and assessment.threats[assessment.top_threat] > 0.35:
        rate += 0.06
    if any(assessment.others[partner].broken_promises > 0.5 for partner in partners):
        rate += 0.10
    if any(assessment.others[partner].rivalry for partner in partners):
        rate += 0.05
    if any(_stands_with_enemy(assessment, partner) for partner in partners):
        rate += 0.06
    if enmities.is_satellite_tie(assessment, alignment):
        rate *= SATELLITE_FACTOR
    if any(enmities.common_enemies(assessment, partner) for partner in partners):
        rate *= COMMON_ENEMY_FACTOR
    return rate * SHARED_THREAT_FACTOR if assessment.has_shared_threat(partners) else rate


def _stands_with_enemy(assessment: Assessment, partner: ActorId) -> bool:
    rivals = [other.id for other in assessment.view.others if other.rivalry and other.id != partner]
    return enmities.is_allied_with_enemy(assessment, partner, rivals)


def do_routine_tasks(move_list: MoveList, temperament: Temperament) -> None:
    """Do what every state does: offer peace in a losing war, mobilize in a crisis, cut aid to enemies."""
    assessment = move_list.assessment
    for war in assessment.view.wars:
        if assessment.me in war.attackers + war.defenders and assessment.me not in war.offers:
            weariness = min(1.0, (assessment.view.tick - war.since) / WAR_WEARINESS_DAYS)
            if move_list.happens(0.005 + 0.05 * (1.0 - assessment.own_win_chance(war)) * (0.5 + weariness)):
                move_list.add(OfferPeace(war.id))
    for crisis in assessment.view.crises:
        if (
            assessment.me in (crisis.initiator, crisis.target)
            and crisis.level >= LEVEL_DISPLAY
            and not assessment.view.own.mobilized
        ):
            if move_list.can_afford(Mobilize.COST) and move_list.happens(0.6 * temperament.resolve):
                move_list.add(Mobilize(), Mobilize.COST)
            break
    for flow in assessment.view.aid:
        if flow.donor == assessment.me and flow.recipient in assessment.others:
            state = assessment.others[flow.recipient]
            if state.at_war or (assessment.affinity(flow.recipient) < -0.4 and move_list.happens(0.3)):
                move_list.add(CutAid(flow.recipient, flow.kind))


def arm_against(move_list: MoveList, threat: ActorId, *, rate: float) -> None:
    """Arm against a threat (internal balancing, Waltz 1979, p. 118), more so if the allied power share is below one half."""
    effort = 0.5 if move_list.assessment.allied_power_share(threat) < 0.5 else 0.25
    if move_list.happens(rate * move_list.assessment.threats[threat]) and move_list.can_afford(Arm.COST * effort):
        move_list.add(Arm(effort), Arm.COST * effort)


def give_aid(move_list: MoveList, to: ActorId, kind: AidKind, amount: float) -> None:
    """Begin an aid programme, unless the recipient has one of this kind, is out of reach, or the seat runs too many."""
    assessment = move_list.assessment
    own = [(flow.recipient, flow.kind) for flow in assessment.view.aid if flow.donor == assessment.me]
    if (
        len(own) < AID_PROGRAMMES_MAX
        and (to, kind) not in own
        and not assessment.others[to].at_war
        and not is_sanctioned(move_list, to)
        and assessment.reach(to) >= prudence.REACH_MIN
        and move_list.can_afford(GiveAid.COST)
    ):
        move_list.add(GiveAid(to, kind, amount), GiveAid.COST)


def is_sanctioned(move_list: MoveList, state: ActorId) -> bool:
    """Return whether the seat has a sanction against a state in force, or imposes one now: aid would be refused."""
    me = move_list.assessment.me
    in_force = any((measure.sender, measure.target) == (me, state) for measure in move_list.assessment.view.sanctions)
    return in_force or any(isinstance(move, Sanction) and move.against == state for move in move_list.moves)


def give_guarantee(move_list: MoveList, to: ActorId, against: ActorId | None) -> None:
    """Give a guarantee, unless one exists, the two states are at war or too far from each other."""
    assessment = move_list.assessment
    given = any(
        alignment.commitment == "guarantee" and alignment.lead == assessment.me
        for alignment in assessment.alignments_by_partner.get(to, ())
    )
    reachable = assessment.reach(to) >= prudence.REACH_MIN
    if reachable and not given and not assessment.others[to].at_war and move_list.can_afford(Guarantee.COST):
        move_list.add(Guarantee(to, against if against != to else None), Guarantee.COST)


def state_intent(move_list: MoveList, about: ActorId, intent: Intent) -> None:
    """State an intent towards a state."""
    move_list.add(StateIntent(about, intent))


def accommodate(move_list: MoveList, to: ActorId) -> None:
    """Accommodate a state and drop the seat's first alignment against it."""
    assessment = move_list.assessment
    if assessment.others[to].at_war or assessment.view.own.legitimacy < Accommodate.LEGITIMACY_COST + 0.1:
        return
    against = [
        alignment.id
        for alignment in assessment.view.alignments
        if assessment.me in alignment.members and alignment.against == to
    ]
    move_list.add(Accommodate(to, against[0] if against else None))


def demand_settlement(move_list: MoveList, of: ActorId, text: str) -> None:
    """Open a crisis with a state, unless either of the two is in a crisis or they are at war."""
    assessment = move_list.assessment
    state = assessment.others[of]
    parties = [party for crisis in assessment.view.crises for party in (crisis.initiator, crisis.target)]
    if not state.at_war and of not in parties and assessment.me not in parties and move_list.can_afford(Demand.COST):
        move_list.add(spoken_demand(assessment, of, state.claim, text), Demand.COST)


def spoken_demand(
    assessment: Assessment, of: ActorId, aim: Issue | None, text: str, *, ultimatum: bool = False
) -> Demand:
    """Return a demand, over policy without an aim, in words where the level of talk allows them."""
    words = allowed_words(assessment.view.talk, text, to_everyone=True)
    return Demand(of, aim or "policy", words, ultimatum)


def support_against(move_list: MoveList, threat: ActorId, *, rate: float) -> None:
    """Support, by chance, the states that are in a crisis with a threat."""
    assessment = move_list.assessment
    for crisis in assessment.view.crises:
        parties = (crisis.initiator, crisis.target)
        if (
            threat not in parties
            or assessment.me in parties
            or assessment.me in crisis.supporters
            or threat in assessment.alignments_by_partner
        ):
            continue
        side = crisis.target if crisis.initiator == threat else crisis.initiator
        if side in assessment.others and assessment.affinity(side) > 0.0:
            support(move_list, crisis, side, rate=rate)


def support(move_list: MoveList, crisis: CrisisView, side: ActorId, *, rate: float) -> None:
    """Support a side of a crisis by chance, unless the two are at war or the seat has supported a side in this list already."""
    given = any(isinstance(move, SupportSide) and move.crisis == crisis.id for move in move_list.moves)
    free = side in move_list.assessment.others and not move_list.assessment.others[side].at_war and not given
    if free and move_list.can_afford(SupportSide.COST) and move_list.happens_in_window(rate):
        move_list.add(SupportSide(crisis.id, side), SupportSide.COST)


def can_join_war(assessment: Assessment, war: WarView, side: tuple[ActorId, ...], foes: tuple[ActorId, ...]) -> bool:
    """Return whether the seat can join a war on a side.

    It can if it is a bystander, is not called as an ally, is at peace with all belligerents, and neither a partner nor
    a war ally would be its enemy.
    """
    if assessment.me in (*war.attackers, *war.defenders):
        return False
    if any(call.reason == "ally" and call.subject == war.id for call in assessment.view.calls):
        return False
    comrades = assessment.war_allies()
    if any(party in assessment.others and assessment.others[party].at_war for party in (*side, *foes)):
        return False
    return not any(foe in assessment.alignments_by_partner or foe in comrades for foe in foes)


def join_war(move_list: MoveList, war: WarView, side: tuple[ActorId, ...], foes: tuple[ActorId, ...]) -> None:
    """Join a war on a side, if that is legal, the seat can afford it, and it is neither hopeless nor against nuclear arms."""
    assessment = move_list.assessment
    if prudence.is_hopeless(assessment, war, side):
        return
    if not move_list.happens(min(prudence.nuclear_caution(assessment, foe) for foe in foes)):
        return
    if can_join_war(move_list.assessment, war, side, foes) and move_list.can_afford(JoinWar.COST):
        move_list.add(JoinWar(war.id, side[0]), JoinWar.COST)

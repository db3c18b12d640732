"""The planner: tries its plans in simulations before it acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import ClassVar

from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.move import Move
from counterpoise.sim.moves.accommodate import Accommodate
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.claim_leadership import ClaimLeadership
from counterpoise.sim.moves.expel import Expel
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.govern import Govern
from counterpoise.sim.moves.guarantee import Guarantee
from counterpoise.sim.moves.leave_alliance import LeaveAlliance
from counterpoise.sim.moves.mobilize import Mobilize
from counterpoise.sim.moves.offer_peace import OfferPeace
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.set_posture import SetPosture
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import CallView, View
from counterpoise_clients.bot_kit import ambitions, initiatives, kinship, leverage, patronage
from counterpoise_clients.bot_kit.answers import answers_to_questions
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.lookahead import Lookahead
from counterpoise_clients.bot_kit.responses import Temperament, response_to_call
from counterpoise_clients.bot_kit.trust import pressing_days

AHEAD_DAYS = 548
"""The days it looks ahead: a year and a half contains two counts of the score, regardless of the date it starts on."""
FUTURES = 4
"""The runs for a set of plans when a window opens; all sets use the same seeds."""
SCREENING_FUTURES = 2
"""The runs for each plan alone, before the plans that look best are tried together."""
CRISIS_FUTURES = 10
"""The runs for each response to a call: a crisis depends on chance more than a treaty does."""
PLANS_MAX = 30
"""The plans tried when a window opens, so that there are at most (PLANS_MAX + 2) x FUTURES runs."""
SETS_MAX = (PLANS_MAX * (FUTURES - SCREENING_FUTURES)) // FUTURES
"""The sets of plans tried together: as many as the limit of runs leaves after the screening."""
CALLS_MAX = 2
"""The calls at one stop for which it tries responses; it responds to further calls by its temperament."""
REPEATS_MAX = 3
"""How often it tries to reform or to arm in one window: what is left of the treasury does nothing for the score."""
CANDIDATES_MAX = 7
"""The states to which it considers offering an alliance in one window."""
GAIN_MIN = 0.02
"""The gain in score, in points, below which it drops a plan."""
MOVE_SUBJECTS = ("alignment", "crisis", "against", "target", "state")
"""The fields that tell what a move is about, if it is not made to a state."""
RESPONSE_FIELDS = {
    "crisis": ("respond_crisis", "crisis"),
    "demand": ("respond_crisis", "crisis"),
    "proposal": ("answer_proposal", "proposal"),
    "ally": ("answer_call", "war"),
    "peace": ("answer_peace", "war"),
    "condition": ("answer_condition", "condition"),
    "membership": ("vote_on_member", "vote"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Moves that are tried together. The bot carries out at most one of the plans ``about`` the same subject."""

    about: str
    moves: tuple[Move, ...]
    cost: float = 0.0


class Bot:
    """Plays several plans forward in simulations built from its own view, and carries out those with the best score.

    Decision by simulated lookahead, the Monte Carlo rollout of Tesauro & Galperin (1996), with common random numbers, so
    that two plans differ by their moves and not by luck (Law 2015, ch. 11.2). It tries each response to a call. In a
    window it tries spending at home, treaties with likely partners, guarantees, peace, arms, posture, exits from alignments,
    and what other bots of the kit would begin: pacts of many, camps, patrons, kin, clients, sanctions, campaigns and support in
    crises. It takes the plans one by one, the best first, and keeps each that helps beside those it has taken.
    ``lookahead`` lists the assumptions about what the view does not show: middle regimes abroad, no secrets, no growth,
    no scenario events, and other states that begin nothing and respond as ordinary states. It never reads the world
    itself, limits its runs and not its time, and draws from its own seed only.
    """

    name: ClassVar[str] = "planner"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.60, escalation=0.10, compromise=0.60, loyalty=0.50, openness=0.35, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls and, when a window opens, carry out plans, by their scores in the simulations."""
        assessment = Assessment(view)
        if view.end - view.tick < 2:
            return []
        stream = Random(f"{self.seed}/planner/{view.tick}")
        lookahead = Lookahead(view, AHEAD_DAYS, self.TEMPERAMENT)
        moves = self._responses(assessment, lookahead, stream)
        if view.occasion == "window":
            moves += self._planned_moves(assessment, lookahead, stream, moves)
        return [*moves, *answers_to_questions(assessment, self.TEMPERAMENT.bandwagoning)]

    def _futures(self, view: View, count: int) -> list[str]:
        return [f"{self.seed}/planner/{view.tick}/{number}" for number in range(count)]

    def _responses(self, assessment: Assessment, lookahead: Lookahead, stream: Random) -> list[Move]:
        """Return the best response to each call in turn, given the responses to the calls before it."""
        view, futures = assessment.view, self._futures(assessment.view, CRISIS_FUTURES)
        given: list[Move] = []
        for number, call in enumerate(view.calls):
            options = list(legal_responses(view, call)) if number < CALLS_MAX else []
            if not options:
                ordinary = response_to_call(assessment, call, self.TEMPERAMENT, stream)
                options = [ordinary] if ordinary is not None else []
            if len(options) > 1:
                scores = [
                    (lookahead.mean_score([*given, option], futures), -place) for place, option in enumerate(options)
                ]
                options = [options[-max(scores)[1]]]
            given += options
        return given

    def _planned_moves(
        self, assessment: Assessment, lookahead: Lookahead, stream: Random, given: Sequence[Move]
    ) -> list[Move]:
        """Return the moves of the plans that raise the score, given the responses to calls."""
        futures = self._futures(assessment.view, FUTURES)
        few = futures[:SCREENING_FUTURES]
        alone = lookahead.mean_score(given, few)
        gains: list[tuple[float, int, Plan]] = []
        for place, plan in enumerate(plans(assessment, stream)[:PLANS_MAX]):
            gain = quantised(lookahead.mean_score([*given, *plan.moves], few) - alone)
            if gain >= GAIN_MIN:
                gains.append((-gain, place, plan))
        gains.sort(key=lambda gain: gain[:2])
        return self._best_set(lookahead, [plan for _, _, plan in gains], assessment.view.own.treasury, given, futures)

    @staticmethod
    def _best_set(
        lookahead: Lookahead, ranked: Iterable[Plan], treasury: float, given: Sequence[Move], futures: Sequence[str]
    ) -> list[Move]:
        """Return the moves of plans that help together: each in turn, the best first, stays if the set gains by it."""
        moves: list[Move] = []
        taken: list[str] = []
        best, tries = lookahead.mean_score(given, futures), 0
        for plan in ranked:
            if plan.cost > treasury or plan.about in taken or tries == SETS_MAX:
                continue
            score, tries = lookahead.mean_score([*given, *moves, *plan.moves], futures), tries + 1
            if quantised(score - best) >= GAIN_MIN:
                best, treasury = score, quantised(treasury - plan.cost)
                moves += plan.moves
                taken.append(plan.about)
        return moves


def legal_responses(view: View, call: CallView) -> Iterable[Move]:
    """Yield the legal responses to a call."""
    kind, field = RESPONSE_FIELDS[call.reason]
    return (move for move in MOVES[kind].legal(view) if getattr(move, field) == call.subject)


def plans(assessment: Assessment, stream: Random) -> list[Plan]:
    """Return the plans to try in a window, the most promising kinds first."""
    plans_to_try = [*_peace(assessment), *_at_home(assessment), *_treaties(assessment, stream)]
    plans_to_try += [*_defences(assessment), *_exits(assessment), *_initiatives(assessment, stream)]
    affordable = [plan for plan in plans_to_try if plan.cost <= assessment.view.own.treasury]
    distinct = {(plan.about, plan.moves): plan for plan in reversed(affordable)}
    return list(reversed(distinct.values()))


class _EveryChance(MoveList):
    """A list in which every chance happens, so that the kit's functions say what an ordinary bot might do at all."""

    def happens(self, probability: float) -> bool:
        """Return whether an event of this probability can happen."""
        return probability > 0.0


def _initiatives(assessment: Assessment, stream: Random) -> Iterable[Plan]:
    """Yield what the bots of the kit begin: ties with enemies' enemies, camps, patrons, kin, clients, pacts, support."""
    top = assessment.top_threat
    begin: tuple[Callable[[MoveList], object], ...] = (
        partial(patronage.align_with_enemys_enemy, rate=1.0),
        partial(patronage.build_camp, rate=1.0),
        partial(patronage.seek_patron, rate=1.0),
        partial(kinship.seek_kin, rate=1.0),
        partial(ambitions.pursue, rate=1.0),
        partial(patronage.take_sides, rate=1.0),
        partial(leverage.lift_sanctions, rate=1.0),
        partial(leverage.win_client, rate=1.0),
        partial(patronage.arm_enemies_of_clients, rate=1.0),
        partial(leverage.impose_sanctions, rate=1.0),
        partial(leverage.cultivate, rate=1.0),
    )
    for function in begin:
        made = _EveryChance(assessment, stream)
        function(made)
        for move in made.moves:
            yield Plan(_subject(move), (move,), getattr(move, "COST", 0.0))
    if top is not None:
        made = _EveryChance(assessment, stream)
        initiatives.offer_pact(made, initiatives.potential_helpers(assessment, top), "consultation", top)
        initiatives.offer_pact(made, initiatives.potential_helpers(assessment, top), "defence", top)
        for move in made.moves:
            yield Plan("pact", (move,), getattr(move, "COST", 0.0))


def _subject(move: Move) -> str:
    """Return what a move is about; two moves about the same are not made together."""
    partner = getattr(move, "to", None)
    if partner is not None:
        return f"{'aid' if isinstance(move, GiveAid) else 'tie'} {partner}"
    return f"{move.kind} {next((getattr(move, field) for field in MOVE_SUBJECTS if hasattr(move, field)), '')}"


def _peace(assessment: Assessment) -> Iterable[Plan]:
    for war in assessment.view.wars:
        if assessment.me in war.attackers + war.defenders and assessment.me not in war.offers:
            yield Plan(f"war {war.id}", (OfferPeace(war.id),))
            yield Plan(f"war {war.id}", (OfferPeace(war.id, "yield"),))


def _at_home(assessment: Assessment) -> Iterable[Plan]:
    """Yield plans at home: provision, reforms, the leadership of the movement, expulsion of agents."""
    own = assessment.view.own
    if not own.provided:
        yield Plan("provision", (Govern("provide"),), Govern.COST)
    for number in range(REPEATS_MAX):
        yield Plan(f"reform {number}", (Govern("reform"),), Govern.COST)
    fellows = any(other.family == own.family for other in assessment.view.others)
    if fellows and assessment.view.leaders.get(own.family) != own.id:
        yield Plan("movement", (ClaimLeadership(),), ClaimLeadership.COST)
    for other in assessment.view.others:
        if other.penetration > 0.0:
            yield Plan(f"expel {other.id}", (Expel(other.id),))


def _treaties(assessment: Assessment, stream: Random) -> Iterable[Plan]:
    """Yield offers of defence to the most valuable likely partners, and guarantees, which no state can refuse.

    A state that refused or ignored an offer gets none for as long as bots remember pressing offers (``bot_kit.trust``). Paper
    is not offered: it scores next to nothing, and whoever offers it to everyone is distrusted.
    """
    view = assessment.view
    refusing = [
        actor
        for incident in view.incidents
        if incident["kind"] in ("alliance_refused", "alliance_lapsed")
        and view.tick - incident["tick"] <= pressing_days(view)
        for actor in incident["actors"]
        if assessment.me in incident["actors"]
    ]
    asked = [offer.to for offer in view.proposals if offer.proposer == assessment.me]
    strongest = max((other.power for other in view.others), default=1.0) or 1.0

    def promise_of(state: ActorId) -> float:
        weight = assessment.others[state].power / strongest
        return quantised(weight + assessment.affinity(state) + 0.3 * stream.random())

    unaligned = [o.id for o in view.others if o.id not in assessment.alignments_by_partner and not o.at_war]
    ranked = sorted(unaligned, key=promise_of, reverse=True)
    for state in [state for state in ranked if state not in refusing and state not in asked][:CANDIDATES_MAX]:
        if state != assessment.top_threat:
            yield Plan(f"tie {state}", (ProposeAlliance(state, "defence", assessment.top_threat),))
    for state in ranked[:2]:
        yield Plan(f"tie {state}", (Guarantee(state),), Guarantee.COST)


def _defences(assessment: Assessment) -> Iterable[Plan]:
    own = assessment.view.own
    if own.posture != "defensive":
        yield Plan("posture", (SetPosture("defensive"),), SetPosture.COST)
    for number in range(REPEATS_MAX):
        yield Plan(f"arms {number}", (Arm(1.0),), Arm.COST)
    in_crisis = any(assessment.me in (crisis.initiator, crisis.target) for crisis in assessment.view.crises)
    if in_crisis and not own.mobilized:
        yield Plan("reserves", (Mobilize(),), Mobilize.COST)
    top = assessment.top_threat
    if top is not None and not assessment.others[top].at_war and own.legitimacy > 2 * Accommodate.LEGITIMACY_COST:
        yield Plan("appease", (Accommodate(top),))


def _exits(assessment: Assessment) -> Iterable[Plan]:
    """Yield an exit from each military alignment with a state in a crisis."""
    view = assessment.view
    troubled = [party for crisis in view.crises for party in (crisis.initiator, crisis.target)]
    for alignment in view.alignments:
        mine = assessment.me in alignment.members and alignment.commitment in MILITARY_COMMITMENTS
        if mine and any(member in troubled for member in alignment.members if member != assessment.me):
            yield Plan(f"leave {alignment.id}", (LeaveAlliance(alignment.id),))

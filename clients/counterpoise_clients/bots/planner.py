"""The planner: tries its plans out in a simulation of its own before it acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.move import Move
from counterpoise.sim.moves.accommodate import Accommodate
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.claim_leadership import ClaimLeadership
from counterpoise.sim.moves.expel import Expel
from counterpoise.sim.moves.govern import Govern
from counterpoise.sim.moves.guarantee import Guarantee
from counterpoise.sim.moves.leave_alliance import LeaveAlliance
from counterpoise.sim.moves.mobilize import Mobilize
from counterpoise.sim.moves.offer_peace import OfferPeace
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.set_posture import SetPosture
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import CallView, View
from counterpoise_clients.bot_kit.assessment import DIGITS, MILITARY_COMMITMENTS, Assessment
from counterpoise_clients.bot_kit.lookahead import Lookahead
from counterpoise_clients.bot_kit.responses import Temperament, response_to_call

AHEAD_DAYS = 548
"""How far it looks: a year and a half holds two counts of the score, whenever in the year it begins."""
FUTURES = 2
"""Runs in which a plan is tried when a window opens; every plan in the same ones."""
CRISIS_FUTURES = 4
"""Runs in which an answer is tried: a crisis hangs on chance more than a treaty does."""
PLANS_MAX = 16
"""Plans tried when a window opens, so that it makes at most (PLANS_MAX + 2) x FUTURES runs."""
CALLS_MAX = 2
"""Calls thought about at one stop; further ones are answered as a matter of course."""
COURTED = 4
"""States it thinks of asking for an alliance in one window."""
LEAST_GAIN = 0.02
"""Points of score below which a plan is not worth the trouble."""
FORGET_DAYS = 400
"""How long it does not ask again who said no."""
ANSWERED_BY = {
    "crisis": ("respond_crisis", "crisis"),
    "demand": ("respond_crisis", "crisis"),
    "proposal": ("answer_proposal", "proposal"),
    "ally": ("answer_call", "war"),
    "peace": ("answer_peace", "war"),
    "condition": ("answer_condition", "condition"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Moves that are tried together. Of the plans ``about`` one thing at most one is carried out."""

    about: str
    moves: tuple[Move, ...]
    cost: float = 0.0


class Bot:
    """Plays a few plans forward in a simulation it builds from its own view, and does what scores best there.

    Decision by simulated lookahead, the Monte Carlo rollout of Tesauro & Galperin (1996), with common random numbers, so that
    two plans differ by what they do and not by luck (Law 2015, ch. 11.2). It tries each answer to a call, and in a window
    spending at home, treaties with those who might take one, guarantees, peace, arms, posture and partings; it keeps what
    helps alone, and of that together only what helps still. What it cannot see it assumes as ``projecting`` tells: middling
    regimes abroad, no secrets, no growth and no events to come, and others who begin nothing and answer as ordinary states
    do. It never looks at the world itself, counts its runs instead of the time, and draws from its own seed alone.
    """

    name: ClassVar[str] = "planner"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.60, escalation=0.10, compromise=0.60, loyalty=0.50, openness=0.35, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked and act when a window opens, by what either brings in the futures it tries."""
        assessment = Assessment(view)
        if view.end - view.tick < 2:
            return []
        stream = Random(f"{self.seed}/planner/{view.tick}")
        lookahead = Lookahead(view, AHEAD_DAYS)
        moves = self._answers(assessment, lookahead, stream)
        if view.occasion == "window":
            moves += self._initiative(assessment, lookahead, stream, moves)
        return moves

    def _futures(self, view: View, count: int) -> list[str]:
        return [f"{self.seed}/planner/{view.tick}/{number}" for number in range(count)]

    def _answers(self, assessment: Assessment, lookahead: Lookahead, stream: Random) -> list[Move]:
        """Answer each call in turn by the best of its answers, the ones before it given."""
        view, futures = assessment.view, self._futures(assessment.view, CRISIS_FUTURES)
        given: list[Move] = []
        for number, call in enumerate(view.calls):
            options = list(options_for(view, call)) if number < CALLS_MAX else []
            if not options:
                usual = response_to_call(assessment, call, self.TEMPERAMENT, stream)
                options = [usual] if usual is not None else []
            if len(options) > 1:
                worths = [(lookahead.worth([*given, option], futures), -place) for place, option in enumerate(options)]
                options = [options[-max(worths)[1]]]
            given += options
        return given

    def _initiative(
        self, assessment: Assessment, lookahead: Lookahead, stream: Random, given: Sequence[Move]
    ) -> list[Move]:
        """Return the moves that are worth making beside the answers given."""
        futures = self._futures(assessment.view, FUTURES)
        today = lookahead.worth(given, futures)
        gains: list[tuple[float, int, Plan]] = []
        for place, plan in enumerate(plans(assessment, stream)[:PLANS_MAX]):
            gain = round(lookahead.worth([*given, *plan.moves], futures) - today, DIGITS)
            if gain >= LEAST_GAIN:
                gains.append((-gain, place, plan))
        gains.sort(key=lambda found: found[:2])
        chosen = _together([plan for _, _, plan in gains], assessment.view.own.treasury)
        if not chosen:
            return []
        best = gains[0][2]
        all_of_it = [move for plan in chosen for move in plan.moves]
        if len(chosen) > 1 and lookahead.worth([*given, *all_of_it], futures) < round(today - gains[0][0], DIGITS):
            return list(best.moves)
        return all_of_it


def _together(ranked: Iterable[Plan], treasury: float) -> list[Plan]:
    """Return the best plans that do not concern the same thing and can be paid for together."""
    chosen: list[Plan] = []
    for plan in ranked:
        if plan.cost <= treasury and all(plan.about != other.about for other in chosen):
            chosen.append(plan)
            treasury = round(treasury - plan.cost, DIGITS)
    return chosen


def options_for(view: View, call: CallView) -> Iterable[Move]:
    """Yield the legal answers to a call."""
    kind, field = ANSWERED_BY[call.reason]
    return (move for move in MOVES[kind].legal(view) if getattr(move, field) == call.subject)


def plans(assessment: Assessment, stream: Random) -> list[Plan]:
    """Return what might be done in a window, the likelier to help first."""
    found = [*_peace(assessment), *_at_home(assessment), *_treaties(assessment, stream)]
    found += [*_defences(assessment), *_partings(assessment)]
    return [plan for plan in found if plan.cost <= assessment.view.own.treasury]


def _peace(assessment: Assessment) -> Iterable[Plan]:
    for war in assessment.view.wars:
        if assessment.me in war.attackers + war.defenders and assessment.me not in war.offers:
            yield Plan(f"war {war.id}", (OfferPeace(war.id),))
            yield Plan(f"war {war.id}", (OfferPeace(war.id, "yield"),))


def _at_home(assessment: Assessment) -> Iterable[Plan]:
    """Yield ways to spend at home: on the people, on reform, on both."""
    own = assessment.view.own
    provide = () if own.provided else (Govern("provide"),)
    for courses in (provide, (Govern("reform"),), (Govern("reform"), *provide)):
        if courses:
            yield Plan("home", courses, len(courses) * Govern.COST)
    fellows = any(other.family == own.family for other in assessment.view.others)
    if fellows and assessment.view.leaders.get(own.family) != own.id:
        yield Plan("movement", (ClaimLeadership(),), ClaimLeadership.COST)
    for other in assessment.view.others:
        if other.penetration > 0.0:
            yield Plan(f"expel {other.id}", (Expel(other.id),))


def _treaties(assessment: Assessment, stream: Random) -> Iterable[Plan]:
    """Yield offers to those who would count for most and may say yes, and guarantees, which nobody can refuse."""
    view = assessment.view
    refusing = [
        actor
        for incident in view.incidents
        if incident["kind"] in ("alliance_refused", "alliance_lapsed") and view.tick - incident["tick"] <= FORGET_DAYS
        for actor in incident["actors"]
        if assessment.me in incident["actors"]
    ]
    asked = [offer.to for offer in view.proposals if offer.proposer == assessment.me]
    strongest = max((other.power for other in view.others), default=1.0) or 1.0

    def promise(state: ActorId) -> float:
        weight = assessment.others[state].power / strongest
        return round(weight + assessment.affinity(state) + 0.3 * stream.random(), DIGITS)

    loose = [o.id for o in view.others if o.id not in assessment.alignments_by_partner and not o.at_war]
    ranked = sorted(loose, key=promise, reverse=True)
    for state in [state for state in ranked if state not in refusing and state not in asked][:COURTED]:
        yield Plan(f"tie {state}", (ProposeAlliance(state, "consultation"),))
    for state in ranked[:2]:
        yield Plan(f"tie {state}", (Guarantee(state),), Guarantee.COST)
    if assessment.top_threat is not None and assessment.top_threat in loose and assessment.top_threat not in asked:
        yield Plan(f"tie {assessment.top_threat}", (ProposeAlliance(assessment.top_threat, "nonaggression"),))


def _defences(assessment: Assessment) -> Iterable[Plan]:
    own = assessment.view.own
    if own.posture != "defensive":
        yield Plan("posture", (SetPosture("defensive"),), SetPosture.COST)
    yield Plan("arms", (Arm(1.0),), Arm.COST)
    in_crisis = any(assessment.me in (found.initiator, found.target) for found in assessment.view.crises)
    if in_crisis and not own.mobilized:
        yield Plan("reserves", (Mobilize(),), Mobilize.COST)
    top = assessment.top_threat
    if top is not None and not assessment.others[top].at_war and own.legitimacy > 2 * Accommodate.LEGITIMACY_COST:
        yield Plan("appease", (Accommodate(top),))


def _partings(assessment: Assessment) -> Iterable[Plan]:
    """Yield an end to each promise to fight for somebody who is in trouble."""
    view = assessment.view
    troubled = [party for crisis in view.crises for party in (crisis.initiator, crisis.target)]
    for alignment in view.alignments:
        mine = assessment.me in alignment.members and alignment.commitment in MILITARY_COMMITMENTS
        if mine and any(member in troubled for member in alignment.members if member != assessment.me):
            yield Plan(f"leave {alignment.id}", (LeaveAlliance(alignment.id),))

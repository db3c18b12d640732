"""The flat list of actions of a learner, and the moves that they mean at a stop of the clock.

An action says what is done and to whom in words that fit any seat: the state that is feared most, the second call that waits, an
offer of defence against the most feared. So what a policy learns in one seat has a meaning in another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.move import Move
from counterpoise.sim.moves.accommodate import Accommodate
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.cut_aid import CutAid
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.expel import Expel
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.govern import Course, Govern
from counterpoise.sim.moves.guarantee import Guarantee
from counterpoise.sim.moves.message import Message
from counterpoise.sim.moves.penetrate import EXAMPLE_EFFORT, Penetrate
from counterpoise.sim.moves.propose_alliance import Offer, ProposeAlliance
from counterpoise.sim.moves.renounce_claim import RenounceClaim
from counterpoise.sim.moves.sanction import Course as SanctionCourse
from counterpoise.sim.moves.sanction import Sanction
from counterpoise.sim.moves.set_posture import SetPosture
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.moves.withdraw_forces import WithdrawForces
from counterpoise.sim.types import AidKind, Intent, Issue, Means, PenetrationAim, Posture, SanctionScope
from counterpoise.sim.views.view_position import ViewPosition

PASS = 0
"""The action that ends a seat's stop."""
CALL_SLOTS, ANSWER_SLOTS = 6, 4
"""How many open calls can be answered at a stop, and how many answers each can have."""
EFFORTS = (0.25, 0.5, 1.0)
AMOUNTS = (0.05, 0.3)
LISTED = {
    "found_pact": 4,
    "ask_to_join_pact": 3,
    "invite_to_pact": 8,
    "expel_from_pact": 2,
    "leave_alliance": 6,
    "support_side": 6,
    "mediate": 3,
    "broker_peace": 3,
    "join_war": 6,
    "offer_peace": 4,
}
"""Kinds of move about things that come and go: action ``i`` is the ``i``-th candidate in the order of the catalogue."""

Maker = Callable[[str, str], Move]
"""Makes the move from the code of the target and the code of the most feared state."""


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the flat list."""

    kind: str
    """A kind of move, ``answer`` for an answer to a call, or ``pass``."""
    parameter: str = ""
    """What of the kind: ``defence``, ``economic 0.05``, ``impose trade``."""
    target: int | None = None
    """At whom: the place among the other states, ranked by how much the seat fears them; 0 is feared most."""
    against_feared: bool = False
    """Whether it is directed against the most feared state."""
    slot: int | None = None
    """Which candidate of its kind, or which open call."""

    def __str__(self) -> str:
        place = "" if self.target is None else f" target {self.target}"
        slot = "" if self.slot is None else f" slot {self.slot}"
        feared = " against the most feared" if self.against_feared else ""
        return f"{self.kind}{' ' if self.parameter else ''}{self.parameter}{place}{slot}{feared}"


def _at(make: Callable[..., Move], *given: object, **named: object) -> Maker:
    """Return what makes a move from its target and fixed fields."""
    return lambda to, _: make(to, *given, **named)


def _against_feared(make: Callable[..., Move], *given: object) -> Maker:
    """Return what makes a move from its target, fixed fields and the state that is feared most."""
    return lambda to, feared: make(to, *given, feared)


def _aimed() -> Iterator[tuple[str, str, bool, Maker]]:
    """Yield the actions that aim at one state: kind, parameter, whether they name the most feared state, and maker."""
    for promise in get_args(Offer):
        yield "propose_alliance", promise, False, _at(ProposeAlliance, promise)
        yield "propose_alliance", promise, True, _against_feared(ProposeAlliance, promise)
    yield "guarantee", "", False, _at(Guarantee)
    yield "guarantee", "", True, _against_feared(Guarantee)
    for aid in get_args(AidKind):
        for amount in AMOUNTS:
            yield "give_aid", f"{aid} {amount:g}", False, _at(GiveAid, aid, amount)
        yield "cut_aid", aid, False, _at(CutAid, aid)
    for means in get_args(Means):
        for aim in get_args(PenetrationAim):
            yield "penetrate", f"{means} {aim}", False, _at(Penetrate, means, aim, EXAMPLE_EFFORT)
    for issue in get_args(Issue):
        yield "demand", issue, False, _at(Demand, issue)
        yield "demand", f"{issue} ultimatum", False, _at(Demand, issue, ultimatum=True)
        yield "attack", issue, False, _at(Attack, issue)
    for intent in get_args(Intent):
        yield "state_intent", intent, False, _at(StateIntent, intent)
    for scope in get_args(SanctionScope):
        for course in get_args(SanctionCourse):
            yield "sanction", f"{course} {scope}", False, _at(Sanction, course, scope)
    yield "accommodate", "", False, _at(Accommodate)
    yield "renounce_claim", "", False, _at(RenounceClaim)
    yield "expel", "", False, _at(Expel)
    yield "withdraw_forces", "", False, _at(WithdrawForces)
    yield "message", "offer of an alliance", False, lambda to, _: Message((to,), offer="alliance")


def _at_home() -> Iterator[tuple[str, str, Move]]:
    """Yield the actions that aim at nobody: kind, parameter and move."""
    for effort in EFFORTS:
        yield "arm", f"{effort:g}", Arm(effort)
    for course in get_args(Course):
        yield "govern", course, Govern(course)
    for posture in get_args(Posture):
        yield "set_posture", posture, SetPosture(posture)
    for kind in ("mobilize", "claim_leadership"):
        yield kind, "", MOVES[kind]()


class ActionList:
    """The actions of a game, by number. Number 0 is ``PASS``, which ends the seat's stop.

    Args:
        states: how many states the scenario has; each but the seat's own can be a target.
    """

    def __init__(self, states: int) -> None:
        self.targets = states - 1
        self.actions: list[Action] = [Action("pass")]
        self._calls = self._add(
            Action("answer", f"answer {answer}", slot=slot)
            for slot in range(CALL_SLOTS)
            for answer in range(ANSWER_SLOTS)
        )
        home = list(_at_home())
        self._home, self._home_moves = self._add(Action(kind, value) for kind, value, _ in home), [m for *_, m in home]
        self._listed = {
            kind: self._add(Action(kind, slot=slot) for slot in range(slots)) for kind, slots in LISTED.items()
        }
        self._aimed: list[tuple[int, bool, Maker]] = [
            (self._add(Action(kind, value, target, feared) for target in range(self.targets)), feared, maker)
            for kind, value, feared, maker in _aimed()
        ]
        self._moves_at: dict[tuple[str, str], list[tuple[int, float, Move]]] = {}
        self.groups = self._group_numbers()
        """For each action the number of its group. A seat takes one action of a group at a stop."""
        self.costs = self._costs()
        """What each action costs, in per cent of a yearly budget."""
        self._costs_listed: list[float] = self.costs.tolist()

    def __len__(self) -> int:
        return len(self.actions)

    def _add(self, actions: Iterator[Action] | list[Action]) -> int:
        """Append actions; return the number of the first."""
        first = len(self.actions)
        self.actions.extend(actions)
        return first

    def _group_numbers(self) -> NDArray[np.int32]:
        keys = [
            (action.kind, action.target, action.slot if action.kind == "answer" or action.kind in LISTED else None)
            for action in self.actions
        ]
        numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        return np.array([numbers[key] for key in keys], dtype=np.int32)

    def _costs(self) -> NDArray[np.float64]:
        costs = np.zeros(len(self), dtype=np.float64)
        for number, move in self._moves_at_home():
            costs[number] = move.cost()
        for kind, first in self._listed.items():
            costs[first : first + LISTED[kind]] = MOVES[kind].COST
        for first, _, maker in self._aimed:
            costs[first : first + self.targets] = maker("", "").cost()
        return costs

    def legal_at(self, position: ViewPosition, ranked: list[str]) -> dict[int, Move]:
        """Return the legal actions of a seat beside ``PASS``, by number, with the moves that they mean.

        Where the clock stands for a call only answers are offered.

        Args:
            position: the seat's.
            ranked: the codes of the other states, the most feared first; at most ``targets``.
        """
        found = dict(self._answers(position))
        if position.view.occasion == "window":
            costs, treasury = self._costs_listed, position.own.treasury
            for number, move in (*self._moves_at_home(), *self._moves_from_lists(position)):
                if costs[number] <= treasury and move.rule(position) is None:
                    found[number] = move
            feared = ranked[0] if ranked else ""
            for place, target in enumerate(ranked):
                for first, cost, move in self._aimed_at(target, feared):
                    if cost <= treasury and move.rule(position) is None:
                        found[first + place] = move
        return found

    def _aimed_at(self, target: str, feared: str) -> list[tuple[int, float, Move]]:
        """Return the first number of each action that aims at a state, with its cost and move; moves are made once.

        Nothing is aimed at the most feared state and directed against it.
        """
        made = self._moves_at.get((target, feared))
        if made is None:
            moves = [
                (first, maker(target, feared))
                for first, against, maker in self._aimed
                if not (against and target == feared)
            ]
            made = self._moves_at[target, feared] = [(first, move.cost(), move) for first, move in moves]
        return made

    def _answers(self, position: ViewPosition) -> Iterator[tuple[int, Move]]:
        calls = position.view.calls[:CALL_SLOTS]
        if not calls:
            return
        slots = {(call.reason, call.subject): slot for slot, call in reversed(list(enumerate(calls)))}
        counts = [0] * CALL_SLOTS
        for kind in ANSWERING:
            for move in kind.candidates(position):
                answered = move.answers()
                slot = None if answered is None else slots.get(answered)
                if slot is None or counts[slot] == ANSWER_SLOTS:
                    continue
                number = self._calls + slot * ANSWER_SLOTS + counts[slot]
                counts[slot] += 1
                if move.refusal(position) is None:
                    yield number, move

    def _moves_at_home(self) -> Iterator[tuple[int, Move]]:
        return enumerate(self._home_moves, self._home)

    def _moves_from_lists(self, position: ViewPosition) -> Iterator[tuple[int, Move]]:
        for kind, slots in LISTED.items():
            yield from enumerate(islice(MOVES[kind].candidates(position), slots), self._listed[kind])


ANSWERING = tuple(kind for kind in MOVES.values() if kind.answers is not Move.answers)
"""The kinds of move that answer calls."""

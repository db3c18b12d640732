"""The conformance kit for bot authors: plays a bot on real views and says what it does wrong.

It runs the simulation itself, without a session or a network, with the bot in every seat. Where a seat is called and what
orders do is as in a real game; what is not simulated is other people.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter

from counterpoise.errors import BotError, OrderError
from counterpoise.sim.bot import moves_of
from counterpoise.sim.catalogue import move_from, move_to
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move
from counterpoise.sim.reading.scenario_text import parse
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise.sim.viewing import view as view_of
from counterpoise_clients.network.bot_runner import Bot

__all__ = ["BotReport", "check_bot", "recorded_views"]

Factory = Callable[[str], Bot]
FAULTS_MAX = 20


@dataclass(slots=True)
class BotReport:
    """How a bot did.

    ``faults`` hold, by what is wrong, every time it was; ``problems`` says each once. The rest is for information: a bot may
    leave a call unanswered and think as long as it likes, but its author should know. ``slowest_ms`` is the wall time of the
    slowest decision.
    """

    decisions: int = 0
    orders: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    calls: int = 0
    calls_unanswered: int = 0
    slowest_ms: float = 0.0
    faults: dict[str, list[str]] = field(default_factory=dict)

    @property
    def problems(self) -> list[str]:
        """Each fault once: where it was first found, and how often."""
        return [
            first if len(found) == 1 else f"{first} ({len(found)} times)"
            for found in self.faults.values()
            for first in found[:1]
        ]

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.faults

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.by_kind.items())) or "none"
        lines = [
            f"{self.decisions} decisions, {self.orders} orders ({kinds})",
            f"{self.calls_unanswered} of {self.calls} calls left unanswered; slowest decision {self.slowest_ms:.1f} ms",
            *(f"problem: {problem}" for problem in self.problems),
        ]
        return "\n".join(lines)

    def blame(self, where: str, fault: str, detail: str = "") -> None:
        """Note a fault, which is the same one wherever the bot does it and whatever the detail."""
        if fault in self.faults or len(self.faults) < FAULTS_MAX:
            self.faults.setdefault(fault, []).append(f"{where}: {fault}{detail}")


def check_bot(
    factory: Factory, scenario_text: str, *, source: str = "scenario", seed: str = "1", stops: int = 60
) -> BotReport:
    """Play a bot in every seat of a scenario and report on it.

    A bot conforms if every decision is a list of moves that can be written to the wire and read back, that are legal for
    its seat, that leave the view as it was, and that a second bot of the same seed makes as well. An exception is a fault.

    Args:
        factory: makes a bot from a seed; a bot class.
        scenario_text: the scenario file, whole.
        source: its name, for errors.
        seed: of the simulation; the bots' seeds derive from it.
        stops: how many stops of the clock to play; the more, the more kinds of situation.

    Raises:
        ScenarioError: the scenario is wrong.
    """
    scenario = parse(scenario_text, source)
    report = BotReport()
    bots = {actor.id: _Twins(factory, f"{seed}/{actor.id}", report) for actor in scenario.actors}
    game = _Game(scenario, seed)
    for seat, view in game.called(stops):
        report.calls += len(view.calls)
        for move in bots[seat].decide(view):
            try:
                game.order(seat, move)
            except OrderError as error:
                report.blame(
                    f"{seat} {view.date}",
                    f"an order of kind {move.kind} is not legal: {error.path} expected {error.expected}",
                    f": {move}, got {error.got}",
                )
            else:
                report.orders += 1
                report.by_kind[move.kind] = report.by_kind.get(move.kind, 0) + 1
    report.calls_unanswered = game.unanswered
    return report


def recorded_views(scenario_text: str, *, source: str = "scenario", seed: str = "1", stops: int = 8) -> list[View]:
    """Return what the seats of a scenario see in its first stops if nobody does anything, for a bot's own tests."""
    return [view for _, view in _Game(parse(scenario_text, source), seed).called(stops)]


class _Game:
    """A simulation driven from stop to stop as a session drives it: orders wait until the clock goes on."""

    def __init__(self, scenario: Scenario, seed: str) -> None:
        self._scenario = scenario
        self._simulation = Simulation(scenario, seed)
        self._waiting: list[tuple[ActorId, Move]] = []
        self.unanswered = 0

    def called(self, stops: int) -> Iterator[tuple[ActorId, View]]:
        """Run through so many stops of the clock; yield each seat that is called, and its view."""
        simulation = self._simulation
        world = simulation.world
        for _ in range(stops):
            if simulation.ended:
                return
            open_calls = {call.id for call in world.calls.values()}
            asked = {call.actor for call in world.calls.values()}
            if world.calendar.opens_window(simulation.now):
                asked |= {actor.id for actor in world.active()}
            for seat in world.actors:
                if seat in asked:
                    yield seat, view_of(world, self._scenario, seat)
            for seat, move in self._waiting:
                simulation.apply(seat, move)
            self._waiting.clear()
            self.unanswered += len(open_calls & world.calls.keys())
            opening = world.calendar.opening_of(world.calendar.window_of(simulation.now) + 1)
            simulation.advance(min(opening, world.end))
            simulation.take_incidents()
            simulation.take_calls()

    def order(self, seat: ActorId, move: Move) -> None:
        """Take an order; raises ``OrderError`` if it is not legal now."""
        self._simulation.legal(seat, move)
        self._waiting.append((seat, move))


class _Twins:
    """Two bots of one seed, which must decide alike."""

    def __init__(self, factory: Factory, seed: str, report: BotReport) -> None:
        self._first, self._second = factory(seed), factory(seed)
        self._report = report

    def decide(self, view: View) -> list[Move]:
        report, where = self._report, f"{view.own.id} {view.date}"
        report.decisions += 1
        before = copy.deepcopy(view)
        began = perf_counter()
        try:
            moves = moves_of(self._first.decide, view)
        except BotError as failure:
            report.blame(where, _raised("decide raised ", failure))
            return []
        report.slowest_ms = max(report.slowest_ms, (perf_counter() - began) * 1000)
        if view != before:
            report.blame(where, "decide changed the view it was given")
        try:
            again = moves_of(self._second.decide, before)
        except BotError as failure:
            report.blame(where, _raised("a second bot of the same seed raised ", failure))
        else:
            if again != moves:
                report.blame(where, "two bots of one seed decided differently", f": {moves} and {again}")
        return [move for move in moves if self._writable(move, where)]

    def _writable(self, move: Move, where: str) -> bool:
        try:
            same = move_from(move_to(move)) == move
        except (OrderError, TypeError, ValueError) as error:
            self._report.blame(where, f"an order of kind {move.kind} cannot be sent: {error}", f": {move}")
            return False
        if not same:
            fault = f"an order of kind {move.kind} does not come through the wire as it was"
            self._report.blame(where, fault, f": {move}")
        return same


def _raised(words: str, failure: BotError) -> str:
    """Say of a failure that it was raised, if it was; what was returned instead of moves says so itself."""
    return f"{words}{failure}" if failure.__cause__ is not None else str(failure)

"""The conformance kit for bot authors: plays a bot on real views and reports its faults.

It runs the simulation itself, without a session or a network, and puts the bot in every seat. Seats are called and
orders take effect as in a real game.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter

from counterpoise.errors import BotError, InputError, OrderError
from counterpoise.sim.bot import Bot, decide_moves
from counterpoise.sim.catalogue import decode_move, encode_move
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_builder import build_view
from counterpoise_clients.isolation.isolated_bot import IsolatedBot
from counterpoise_clients.roster import SeatLoader

__all__ = ["BotReport", "check_bot", "check_named_bot", "recorded_views"]

FAULTS_MAX = 20
WROTE_LINES_MAX = 10


@dataclass(slots=True)
class BotReport:
    """The result of a conformance check.

    ``faults`` maps each kind of fault to all its occurrences; ``problems`` lists each kind once. The other fields are for
    information: a bot may leave calls unanswered and may decide slowly, but its author should know. ``slowest_ms`` is the
    wall time of the slowest decision.
    """

    decisions: int = 0
    orders: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    calls: int = 0
    calls_unanswered: int = 0
    slowest_ms: float = 0.0
    faults: dict[str, list[str]] = field(default_factory=dict)
    wrote: str = ""
    """The beginning of what a bot in a process of its own wrote to standard error: of the process that wrote most."""
    stopped: bool = False
    """Whether the check ended with the first decision that took too long; the other seats would take as long each."""

    @property
    def problems(self) -> list[str]:
        """Each kind of fault once: its first occurrence and the number of occurrences."""
        return [
            first if len(places) == 1 else f"{first} ({len(places)} times)"
            for places in self.faults.values()
            for first in places[:1]
        ]

    @property
    def ok(self) -> bool:
        """Whether the bot has no faults."""
        return not self.faults

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.by_kind.items())) or "none"
        lines = [
            f"{self.decisions} decisions, {self.orders} orders ({kinds})",
            f"{self.calls_unanswered} of {self.calls} calls unanswered; slowest decision {self.slowest_ms:.1f} ms",
            *(f"problem: {problem}" for problem in self.problems),
            *(f"it wrote: {line}" for line in self.wrote.splitlines()[:WROTE_LINES_MAX]),
        ]
        return "\n".join(lines)

    def add_fault(self, where: str, fault: str, detail: str = "") -> None:
        """Record a fault. Faults with equal text count as one kind, regardless of place and detail."""
        if fault in self.faults or len(self.faults) < FAULTS_MAX:
            self.faults.setdefault(fault, []).append(f"{where}: {fault}{detail}")


def check_bot(
    factory: Callable[[str], Bot], scenario_text: str, *, source: str = "scenario", seed: str = "1", stops: int = 60
) -> BotReport:
    """Play a bot in every seat of a scenario and report its faults.

    A bot conforms if each decision is a list of legal moves that survive encoding and decoding, if it does not change
    the view, and if a second bot with the same seed decides alike. An exception is a fault.

    Args:
        factory: makes a bot from a seed, such as a bot class.
        scenario_text: the text of the scenario file.
        source: the scenario's name, for errors.
        seed: the simulation's seed; the bots' seeds derive from it.
        stops: the number of stops of the clock to play. More stops show the bot more kinds of situation.

    Raises:
        ScenarioError: the scenario is invalid.
    """
    scenario = parse_scenario(scenario_text, source)
    report = BotReport()
    bots = {actor.id: _BotPair(factory, f"{seed}/{actor.id}", report) for actor in scenario.actors}
    game = _SimulatedGame(scenario, seed)
    for seat, view in game.called_seats(stops):
        report.calls += len(view.calls)
        moves = bots[seat].decide(view)
        if report.stopped:
            break
        for move in moves:
            try:
                game.order(seat, move)
            except OrderError as error:
                report.add_fault(
                    f"{seat} {view.date}",
                    f"a move of kind {move.kind} is not legal: {error.path}: expected {error.expected}",
                    f", got {error.got}; the move: {move}",
                )
            else:
                report.orders += 1
                report.by_kind[move.kind] = report.by_kind.get(move.kind, 0) + 1
    report.calls_unanswered = game.unanswered
    return report


def check_named_bot(
    name_or_path: str,
    scenario_text: str,
    *,
    source: str = "scenario",
    seed: str = "1",
    stops: int = 60,
    load: SeatLoader | None = None,
) -> BotReport:
    """Check a bot as it plays in ``run``, ``host`` and ``tournament``: a bot of the user's own in processes of its own.

    Its messages cross a pipe as JSON, its limits hold, and what breaks them is a fault. Two processes with the same seed must
    decide alike, which a bot does not that draws from the clock, the system or the order of a set.

    Args:
        name_or_path: as ``SeatLoader`` takes it.
        scenario_text: the text of the scenario file.
        source: the scenario's name, for errors.
        seed: the simulation's seed.
        stops: the number of stops of the clock to play.
        load: loads the bot; it has the limits.

    Raises:
        InputError: there is no such bot.
        ScenarioError: the scenario is invalid.
    """
    factory = replace(load or SeatLoader(), is_quiet=True)(name_or_path)
    made: list[Bot] = []

    def make(seed: str) -> Bot:
        made.append(factory(seed))
        return made[-1]

    try:
        first = make(seed)
        if isinstance(first, IsolatedBot):
            first.wait_until_ready()
    except (BotError, InputError) as failure:
        report = BotReport()
        report.add_fault("before the first decision", str(failure))
    else:
        report = check_bot(make, scenario_text, source=source, seed=seed, stops=stops)
    for bot in made:
        if isinstance(bot, IsolatedBot):
            bot.close()
            report.wrote = max(report.wrote, bot.conduct.stderr, key=len)
    return report


def recorded_views(scenario_text: str, *, source: str = "scenario", seed: str = "1", stops: int = 8) -> list[View]:
    """Return the views of all called seats at the first stops of a game without orders, for a bot's own tests."""
    return [view for _, view in _SimulatedGame(parse_scenario(scenario_text, source), seed).called_seats(stops)]


class _SimulatedGame:
    """A simulation that advances from stop to stop like a session: orders take effect when the clock moves on."""

    def __init__(self, scenario: Scenario, seed: str) -> None:
        self._scenario = scenario
        self._simulation = Simulation(scenario, seed)
        self._waiting: list[tuple[ActorId, Move]] = []
        self.unanswered = 0

    def called_seats(self, stops: int) -> Iterator[tuple[ActorId, View]]:
        """Run through a number of stops; yield each called seat and its view."""
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
                    yield seat, build_view(world, self._scenario, seat)
            for seat, move in self._waiting:
                simulation.apply(seat, move)
            self._waiting.clear()
            self.unanswered += len(open_calls & world.calls.keys())
            opening = world.calendar.opening_of(world.calendar.window_of(simulation.now) + 1)
            simulation.advance(min(opening, world.end))
            simulation.take_incidents()
            simulation.take_calls()

    def order(self, seat: ActorId, move: Move) -> None:
        """Queue an order.

        Raises:
            OrderError: the move is not legal now.
        """
        self._simulation.require_legal(seat, move)
        self._waiting.append((seat, move))


class _BotPair:
    """Two bots with the same seed; they must decide alike."""

    def __init__(self, factory: Callable[[str], Bot], seed: str, report: BotReport) -> None:
        self._first, self._second = factory(seed), factory(seed)
        self._report = report

    def decide(self, view: View) -> list[Move]:
        report, where = self._report, f"{view.own.id} {view.date}"
        report.decisions += 1
        before = copy.deepcopy(view)
        began = perf_counter()
        try:
            moves = decide_moves(self._first.decide, view)
        except BotError as failure:
            self._note(where, "decide raised ", failure, self._first)
            return []
        report.slowest_ms = max(report.slowest_ms, (perf_counter() - began) * 1000)
        if view != before:
            report.add_fault(where, "decide changed the view; it must leave the view unchanged")
        try:
            again = decide_moves(self._second.decide, before)
        except BotError as failure:
            self._note(where, "a second bot with the same seed raised ", failure, self._second)
        else:
            if again != moves:
                report.add_fault(where, "two bots with the same seed decided differently", f": {moves} and {again}")
        return [move for move in moves if self._is_encodable(move, where)]

    def _note(self, where: str, words: str, failure: BotError, bot: Bot) -> None:
        """Note how a bot failed: a raised exception after ``words``, any other failure by itself."""
        text = f"{words}{failure}" if failure.__cause__ is not None else str(failure)
        if isinstance(bot, IsolatedBot) and bot.conduct.status == "TIMEOUT":
            self._report.stopped = True
            self._report.add_fault(where, text, "; the check ends here")
        else:
            self._report.add_fault(where, text)

    def _is_encodable(self, move: Move, where: str) -> bool:
        try:
            same = decode_move(encode_move(move)) == move
        except (OrderError, TypeError, ValueError) as error:
            self._report.add_fault(
                where, f"a move of kind {move.kind} cannot be encoded: {error}", f"; the move: {move}"
            )
            return False
        if not same:
            fault = f"a move of kind {move.kind} changes when it is encoded and decoded"
            self._report.add_fault(where, fault, f"; the move: {move}")
        return same

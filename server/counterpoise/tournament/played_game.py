"""One game of a tournament, played from its specification to its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from typing import Any, Protocol, runtime_checkable

from counterpoise.errors import BotError
from counterpoise.session.in_process_play import OrderStatistics, play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.bot import Bot, Conduct, DistantBot, TalkingBot, answers_messages, describe_error
from counterpoise.sim.digest import digest
from counterpoise.sim.move import Move
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.behaviour import Measures, added, behaviour
from counterpoise.tournament.game_check import verification
from counterpoise.tournament.plan import Entrant
from counterpoise.tournament.result_document import (
    NOT_VERIFIED,
    SHOWN_ERRORS,
    EntrantResult,
    GameResult,
    SeatLog,
    SeatResult,
)
from counterpoise.tournament.schedule import GameSpec

Loader = Callable[[str], Callable[[str], Bot]]
"""Returns the constructor of a bot for its name or path; the constructor takes a seed."""


@runtime_checkable
class PlaysByGame(Protocol):
    """The constructor of a bot that must know the number of its game, because one world is played in several games."""

    def in_game(self, number: int) -> Callable[[str], Bot]:
        """Return the constructor for one game."""


KeepJournal = Callable[[GameResult, Sequence[Entry]], None]
"""Takes the result of a game and its journal. It is called where the game is played, so it must cross processes."""
MONTHS_IN_YEAR = 12
INCIDENT_KINDS = {
    "alignments_ended": "alliance_ended",
    "alignments_formed": "alliance_formed",
    "crises": "crisis_opened",
    "regimes_changed": "regime_changed",
    "wars": "war_began",
    "wars_joined": "war_joined",
}
"""What ``GameResult.counts`` counts, in the order of its keys, and the kind of incident behind each count."""


KeepLogs = Callable[[int, Sequence[SeatLog]], None]
"""Takes the number of a game and the log of each seat, where the game was played."""


class _Entered(DistantBot):
    """A bot under the name of its entrant."""

    def __init__(self, name: str, bot: Bot) -> None:
        self.name, self.bot = name, bot

    @property
    def hears(self) -> bool:
        """Whether the bot answers messages."""
        return answers_messages(self.bot)

    def begin_decision(self, view: View) -> None:
        """Let a bot begin that decides elsewhere."""
        if isinstance(self.bot, DistantBot):
            self.bot.begin_decision(view)

    def decide(self, view: View) -> Sequence[Move]:
        """Return what the bot decides."""
        return self.bot.decide(view)

    def hear(self, view: View, message: Mapping[str, Any]) -> Sequence[Move]:
        """Return what the bot answers."""
        assert isinstance(self.bot, TalkingBot), "only bots that answer messages are asked about them"
        return self.bot.hear(view, message)


class _Unmade:
    """Stands for a bot that cannot be made: it fails whenever it is asked."""

    def __init__(self, problem: str) -> None:
        self.problem = problem

    def decide(self, view: View) -> Sequence[Move]:
        """Fail."""
        raise BotError(self.problem)


def play_game(
    spec: GameSpec, load: Loader, keep: KeepJournal | None = None, keep_logs: KeepLogs | None = None
) -> GameResult:
    """Play one game to its end, or for ``spec.years`` years.

    Args:
        spec: the game, as dealt.
        load: returns a bot's constructor. An error of its own, such as a missing file, counts as the bot's error.
        keep: called with the whole journal at the end. Without it the journal is dropped once the game is verified, because any
            game can be played again.
        keep_logs: called with what is told to the authors of the bots.
    """
    session = Session(
        scenario_text=spec.scenario_text,
        seed=spec.seed,
        session_id=f"game-{spec.number}",
        secret=spec.seed,
        setup=ScenarioSetup(source=spec.scenario, parsed=scenario_of(spec.scenario_text, spec.scenario)),
    )
    bots = {seat: _entered(who, load, f"{spec.seed}/{seat}", spec.number) for seat, who in spec.seating}
    calendar = session.simulation.world.calendar
    until = calendar.opening_of(spec.years * MONTHS_IN_YEAR // calendar.window_months) if spec.years else None
    written: list[Entry] = []

    def after_stop(running: Session) -> None:
        entries = running.take_entries()
        running.take_outputs()
        if keep is not None or spec.verified:
            written.extend(entries)

    statistics = play(session, bots, until=until, after_stop=after_stop)
    conducts = {seat: _conduct(bot.bot, statistics.failures.get(seat, [])) for seat, bot in bots.items()}
    written.extend(session.take_entries())
    world = session.simulation.world
    seats = tuple(
        SeatResult(
            asked=statistics.answers.get(seat, 0),
            entrant=entrant.name,
            failed=len(statistics.failures.get(seat, ())),
            isolation=conducts[seat].isolation,
            reason=conducts[seat].reason,
            score=round(world.scores.get(seat, 0.0), 6),
            seat=seat,
            status=conducts[seat].status,
        )
        for seat, entrant in spec.seating
    )
    if keep_logs is not None:
        keep_logs(spec.number, [_log(spec, seat, who.name, conducts[seat]) for seat, who in spec.seating])
    counts = {
        name: len([None for incident in world.incidents if incident.kind == kind])
        for name, kind in INCIDENT_KINDS.items()
    }
    result = GameResult(
        game=spec.number,
        key=spec.key,
        scenario=spec.scenario,
        seed=spec.seed,
        ticks=session.now,
        digest=digest(world),
        counts=counts,
        seats=seats,
        entrants=_by_entrant(spec, seats, _done(session.ledger.records, world.incidents), statistics),
        verification=verification(session, written) if spec.verified else NOT_VERIFIED,
    )
    if keep is not None:
        keep(result, written)
    return result


@lru_cache(maxsize=8)
def scenario_of(text: str, source: str) -> Scenario:
    """Return the scenario of a text; kept by the text, because a process plays many games of few scenarios."""
    return parse_scenario(text, source)


def _entered(entrant: Entrant, load: Loader, seed: str, game: int) -> _Entered:
    try:
        make = load(entrant.bot)
        bot: Bot = (make.in_game(game) if isinstance(make, PlaysByGame) else make)(seed)
    except KeyboardInterrupt:
        raise  # the operator may have pressed Ctrl-C
    except BaseException as error:  # foreign code
        bot = _Unmade(f"cannot be made: {describe_error(error)}")
    return _Entered(entrant.name, bot)


def _conduct(bot: Bot, failures: Sequence[str]) -> Conduct:
    """Return how a bot behaved; end its process if it has one."""
    close = getattr(bot, "close", None)
    conduct = getattr(bot, "conduct", None)
    if isinstance(conduct, Conduct) and close is not None:
        close()
        return conduct
    return Conduct("ERROR", failures[0].partition(": ")[2]) if failures else Conduct()


def _log(spec: GameSpec, seat: ActorId, entrant: str, conduct: Conduct) -> SeatLog:
    return SeatLog(
        game=spec.number, seat=seat, entrant=entrant, status=conduct.status, reason=conduct.reason,
        stderr=conduct.stderr, milliseconds=conduct.milliseconds,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Done:
    """What the seats did, by seat."""

    classes: Mapping[str, Mapping[str, int]]
    measures: Mapping[str, Measures]


def _done(records: Sequence[DecisionRecord], incidents: Sequence[Incident]) -> _Done:
    """Return each seat's decisions under threat by alignment class, and what it did beside winning."""
    classes: dict[str, dict[str, int]] = {}
    for record in records:
        if record.point.threatened and record.outcome is not None:
            tally = classes.setdefault(record.point.actor, {})
            name = record.outcome.alignment_class
            tally[name] = tally.get(name, 0) + 1
    return _Done(classes, behaviour(records, incidents))


def _by_entrant(
    spec: GameSpec,
    seats: tuple[SeatResult, ...],
    done: _Done,
    statistics: OrderStatistics,
) -> tuple[EntrantResult, ...]:
    held: dict[str, list[ActorId]] = {}
    for seat, entrant in spec.seating:
        held.setdefault(entrant.name, []).append(seat)
    score = {seat.seat: seat.score for seat in seats}
    means = {name: round(fsum(score[seat] for seat in own) / len(own), 6) for name, own in held.items()}
    rows = []
    for name in sorted(held):
        own = held[name]
        tally: dict[str, int] = {}
        for seat in own:
            for alignment_class, count in done.classes.get(seat, {}).items():
                tally[alignment_class] = tally.get(alignment_class, 0) + count
        rows.append(
            EntrantResult(
                behaviour=dict(sorted(added([done.measures.get(seat, {}) for seat in own]).items())),
                entrant=name,
                seats=len(own),
                mean_score=means[name],
                rank=1 + len([mean for mean in means.values() if mean > means[name]]),
                classes=dict(sorted(tally.items())),
                moves=sum(statistics.orders.get(seat, 0) for seat in own),
                rejected=sum(statistics.refusals.get(seat, 0) for seat in own),
                errors=sum(len(statistics.failures.get(seat, ())) for seat in own),
                error_samples=tuple(_samples(statistics, own))[:SHOWN_ERRORS],
            )
        )
    return tuple(rows)


def _samples(statistics: OrderStatistics, seats: Sequence[ActorId]) -> Iterator[str]:
    """Yield the first failures of each seat."""
    for seat in seats:
        yield from statistics.failures.get(seat, [])[:SHOWN_ERRORS]

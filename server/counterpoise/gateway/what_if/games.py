"""Play the games of a what-if, as a process: ``python -m counterpoise.gateway.what_if.games ADDRESS`` with the question as input.

It writes its news to its standard output as msgpack messages with their lengths. Bundled bots hold every seat. Nothing is written
to the journal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec
from msgspec import msgpack, to_builtins

from counterpoise.errors import ConfigurationError, CounterpoiseError
from counterpoise.gateway.what_if.process_messages import (
    BASELINE,
    CHANGED,
    LENGTH,
    Progress,
    Question,
    Refused,
    Report,
    Result,
)
from counterpoise.session.forking import (
    AddedInput,
    ForkScript,
    changed_script,
    past_at_fork,
    play_on,
    script_of,
    session_at_fork,
)
from counterpoise.session.forks.arms_comparison import ComparedJournal, compare_arms
from counterpoise.session.forks.arms_document import Arm, ArmsOrigin, ArmsReport
from counterpoise.session.forks.changes import added_input
from counterpoise.session.forks.game_summary import GameSummary, summarize_game
from counterpoise.session.forks.moments import tick_in
from counterpoise.session.forks.shared_past import SharedPast
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.inputs import format_act
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.store.addresses import file_name_of, read_journal
from counterpoise_clients import roster

NICENESS = 10
"""The process leaves the processor to the sessions that are played."""
SOURCE = "the change"


def answer(entries: Sequence[Entry], source: str, question: Question, tell: Callable[[float], None]) -> ArmsReport:
    """Play the games, and return how those with the change differ from those without.

    Args:
        entries: the journal.
        source: its name, for errors.
        question: what is asked.
        tell: takes how much has been played, in [0, 1].

    Raises:
        CounterpoiseError: the change is malformed or impossible, or the journal cannot be forked there.
    """
    asked = _scripts(entries, source, question)
    opening, calendar, end = asked.opening, asked.opening.simulation.world.calendar, asked.end
    original = replay(entries, source, until=min(end, entries[-1].tick))
    games = [
        _played(asked, BASELINE, question.seeds, lambda share: tell(share / 2)),
        _played(asked, CHANGED, question.seeds, lambda share: tell((1 + share) / 2)),
    ]
    on, tick, added = calendar.iso(asked.tick), asked.tick, asked.added
    return compare_arms(
        "arms",
        ArmsOrigin(
            session=opening.id, head=entries[-1].chain, on=on, until=calendar.iso(end), seed="1", seeds=question.seeds
        ),
        ComparedJournal(
            title=opening.scenario.title,
            name=source,
            scenario=opening.scenario.id,
            actors={actor.id: actor.name for actor in opening.scenario.actors},
            to=calendar.iso(original.now),
            summary=summarize_game(original, tick),
        ),
        [
            _arm(BASELINE, on, asked.scripts[BASELINE], [], None),
            _arm(
                CHANGED, on, asked.scripts[CHANGED], [format_act(added.tick, added.seat, added.act, calendar)], BASELINE
            ),
        ],
        games,
    )


def game_of(entries: Sequence[Entry], source: str, question: Question, side: str) -> Session:
    """Play the first game of a side again, and return its session.

    Args:
        entries: the journal.
        source: its name, for errors.
        question: what is asked.
        side: ``CHANGED`` or ``BASELINE``.

    Raises:
        CounterpoiseError: as ``answer``.
    """
    asked = _scripts(entries, source, question)
    return _game(asked, side, 1, past_at_fork(asked.scripts[side]))


class _Asked(NamedTuple):
    """A question, ready to be played."""

    opening: Session
    tick: int
    end: int
    added: AddedInput
    scripts: dict[str, ForkScript]
    """By side."""


def _scripts(entries: Sequence[Entry], source: str, question: Question) -> _Asked:
    opening = replay(entries[:1], source)
    calendar = opening.simulation.world.calendar
    tick = tick_in(question.on, calendar, entries[-1].tick)
    end = min(opening.end, calendar.opening_of(calendar.window_of(tick) + question.windows))
    if end <= tick:
        raise ConfigurationError(
            f"{question.on}: expected a day before the end of the scenario, {calendar.iso(opening.end)}"
        )
    added = added_input(question.change, SOURCE, "$", calendar, tick)
    before = script_of(entries, source, tick)
    return _Asked(opening, tick, end, added, {BASELINE: before, CHANGED: changed_script(before, [], [added])})


def _arm(name: str, on: str, script: ForkScript, added: list[str], compared_with: str | None) -> Arm:
    return Arm(
        name=name,
        on=on,
        dose=None,
        without=[],
        added=added,
        impossible=[],
        void=script.void,
        limits=list(script.limits),
        compared_with=compared_with,
    )


def _played(asked: _Asked, side: str, seeds: int, tell: Callable[[float], None]) -> list[GameSummary]:
    """Play the games of one side."""
    past = past_at_fork(asked.scripts[side])
    games = []
    for number in range(1, seeds + 1):
        games.append(summarize_game(_game(asked, side, number, past), asked.tick))
        tell(number / seeds)
    return games


def _game(asked: _Asked, side: str, number: int, past: SharedPast) -> Session:
    """Play a game of one side."""
    seed = f"1/{number}"
    session = session_at_fork(asked.scripts[side], f"what-if-{side}-{number}", seed, {}, past=past)
    seats = roster.line_up(asked.opening.scenario.actors, seed)
    play_on(session, {seat: roster.load_bot(bot)(f"{seed}/bot/{seat}") for seat, bot in seats.items()}, asked.end)
    return session


def main() -> int:
    """Answer the question on the standard input about the journal whose address the command names."""

    def write(report: Report) -> None:
        body = msgpack.encode(report)
        sys.stdout.buffer.write(LENGTH.pack(len(body)) + body)
        sys.stdout.buffer.flush()

    os.nice(NICENESS)
    address = sys.argv[1]
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    try:
        with read_journal(address) as journal:
            entries = list(journal.entries())
        report = answer(entries, file_name_of(address), question, lambda share: write(Progress(round(share, 3))))
    except CounterpoiseError as error:
        write(Refused(str(error)))
        return 0
    write(Result(to_builtins(report)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

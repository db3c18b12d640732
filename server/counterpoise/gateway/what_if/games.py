"""Play the games of a what-if, as a process: ``python -m counterpoise.gateway.what_if.games ADDRESS`` with the question as input.

It writes its news to its standard output as msgpack messages with their lengths. Bundled bots hold every seat. Nothing is written
to the journal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

import msgspec
from msgspec import msgpack, to_builtins

from counterpoise.errors import ConfigurationError, CounterpoiseError
from counterpoise.gateway.what_if.process_messages import LENGTH, Progress, Question, Refused, Report, Result
from counterpoise.session.forking import ForkScript, changed_script, past_at_fork, play_on, script_of, session_at_fork
from counterpoise.session.forks.arms_comparison import ComparedJournal, compare_arms
from counterpoise.session.forks.arms_document import Arm, ArmsOrigin, ArmsReport
from counterpoise.session.forks.changes import added_input
from counterpoise.session.forks.game_summary import GameSummary, summarize_game
from counterpoise.session.forks.moments import tick_in
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.inputs import format_act
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.store.addresses import file_name_of, read_journal
from counterpoise_clients import roster

NICENESS = 10
"""The process leaves the processor to the sessions that are played."""
SOURCE = "the change"
WITHOUT, WITH = "baseline", "changed"


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
    after = changed_script(before, [], [added])
    original = replay(entries, source, until=min(end, entries[-1].tick))
    games = [
        _played(opening, WITHOUT, before, question.seeds, end, lambda share: tell(share / 2)),
        _played(opening, WITH, after, question.seeds, end, lambda share: tell((1 + share) / 2)),
    ]
    on = calendar.iso(tick)
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
            _arm(WITHOUT, on, before, [], None),
            _arm(WITH, on, after, [format_act(added.tick, added.seat, added.act, calendar)], WITHOUT),
        ],
        games,
    )


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


def _played(
    opening: Session, name: str, script: ForkScript, seeds: int, end: int, tell: Callable[[float], None]
) -> list[GameSummary]:
    """Play the games of one side."""
    past = past_at_fork(script)
    games = []
    for number in range(1, seeds + 1):
        seed = f"1/{number}"
        session = session_at_fork(script, f"what-if-{name}-{number}", seed, {}, past=past)
        seats = roster.line_up(opening.scenario.actors, seed)
        play_on(session, {seat: roster.load_bot(bot)(f"{seed}/bot/{seat}") for seat, bot in seats.items()}, end)
        games.append(summarize_game(session, script.on))
        tell(number / seeds)
    return games


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

"""``counterpoise run``: a whole game in process, without a network."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.bot_timeout import BOT_SECONDS, BotSeconds, Patience
from counterpoise.cli.debrief.debrief_text import print_debrief
from counterpoise.cli.seat_options import seat_bots
from counterpoise.cli.sources import history_text, scenario_text, text_of
from counterpoise.cli.terminal import notes, print_json, session_bar
from counterpoise.errors import ConfigurationError, InputError
from counterpoise.session.debrief_data import debrief_journal
from counterpoise.session.in_process_play import OrderStatistics, play
from counterpoise.session.journal import Entry
from counterpoise.session.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.sim.history import History
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.store.journal_file import JournalFile


def parse_date(text: str, option: str) -> date:
    """Read a date given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"expected a date such as 1967-05-15, got {text!r}", param_hint=option) from error


def tick_on(session: Session, text: str, option: str) -> int:
    """Return the tick of a date given on the command line, which must lie within the scenario."""
    calendar = session.simulation.world.calendar
    tick = calendar.tick_of(parse_date(text, option))
    if not 0 <= tick <= session.end:
        raise ConfigurationError(
            f"{option} {text}: expected a date from {calendar.iso(0)} to {calendar.iso(session.end)}"
        )
    return tick


def run_session(name_or_file: str, seed: str, *, recorded: bool = False) -> Session:
    """Make the session of a local run: equal arguments give equal journals, byte for byte."""
    text, source = scenario_text(name_or_file)
    secret = hashlib.sha256(f"counterpoise run/{seed}".encode()).hexdigest()
    scenario_hash = hashlib.sha256(text.encode()).hexdigest()[:8]
    name = "record" if recorded else "run"
    return Session(
        scenario_text=text,
        seed=seed,
        session_id=f"{name}-{scenario_hash}-{seed}",
        secret=secret,
        source=source,
        recorded=recorded,
    )


def history_of(name_or_file: str, file: Path | None, session: Session) -> History:
    """Read the record of a session's scenario: from a file of its own, or from the one that goes with the scenario."""
    text, source = history_text(name_or_file) if file is None else (text_of(file), str(file))
    return parse_history(text, source, session.scenario)


def run(
    scenario: Annotated[str, typer.Argument(help="A bundled scenario's name, or a scenario file.")],
    seed: Annotated[str, typer.Option(help="Decides every chance in the game.")] = "1",
    bots: Annotated[
        list[str] | None, typer.Option(help="NAME_OR_FILE for all seats or SEAT=NAME_OR_FILE; may be repeated.")
    ] = None,
    history: Annotated[
        bool, typer.Option("--history", help="Let every state do what it did in fact, by the scenario's record.")
    ] = False,
    record: Annotated[Path | None, typer.Option(help="Another record than the scenario's own.", metavar="FILE")] = None,
    until: Annotated[str | None, typer.Option(help="Stop at this date.", metavar="DATE")] = None,
    bot_seconds: BotSeconds = BOT_SECONDS,
    journal: Annotated[Path | None, typer.Option(help="Write the journal to this new file.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the debrief as one JSON document.")] = False,
) -> None:
    """Play a scenario to its end without a network.

    Bots play every seat; with --history or --record the states do what they did in history. The debrief is printed at
    the end.
    """
    recorded = history or record is not None
    if recorded and bots:
        raise typer.BadParameter("expected either bots or the record to decide, got both", param_hint="--bots")
    session = run_session(scenario, seed, recorded=recorded)
    past = history_of(scenario, record, session) if recorded else None
    policies = {} if recorded else seat_bots(session.scenario, bots or [], seed)
    target = None if until is None else tick_on(session, until, "--until")
    conduct = OrderStatistics()
    with _kept(journal) as kept, session_bar(session.scenario.title, target or session.end) as show:

        def after_stop(running: Session) -> None:
            kept.take(running)
            show(running)

        if past is not None:
            play_record(session, past, until=target, after_stop=after_stop)
        else:
            conduct = play(session, policies, until=target, after_stop=after_stop, ask_bot=Patience(bot_seconds))
        kept.take(session)
    report_conduct(conduct)
    document = debrief_journal(kept.entries, str(journal or session.id))
    for inject in document.failed_injects:
        reason = f"expected {inject.expected}, got {inject.got}"
        notes.print(f"an inject came to nothing: {inject.inject} on {inject.date}: {reason}", markup=False)
    if json:
        print_json(document)
    else:
        print_debrief(document)


class _Kept:
    """What a session wrote: all of it for the debrief, and in the file, if there is one."""

    def __init__(self, file: JournalFile | None) -> None:
        self.entries: list[Entry] = []
        self.date = ""
        self._file = file

    def take(self, session: Session) -> None:
        """Take and store what a session wrote, at each stop: a bot may end the process, and what was played must be there."""
        written = session.take_entries()
        self.entries.extend(written)
        if self._file is not None:
            self._file.append(written)
        self.date = session.simulation.world.calendar.iso(session.now)


@contextmanager
def _kept(journal: Path | None) -> Iterator[_Kept]:
    """Open the new file of a journal; if the game is broken off, say how far the file holds it."""
    file = None if journal is None else JournalFile.create(journal)
    kept = _Kept(file)
    try:
        yield kept
    except (KeyboardInterrupt, InputError):
        if file is not None:
            reached = f"holds the game up to {kept.date}" if kept.date else "holds nothing yet"
            notes.print(f"{journal} {reached}", markup=False)
        raise
    finally:
        if file is not None:
            file.close()


def report_conduct(conduct: OrderStatistics) -> None:
    """Say on standard error which bots failed or gave orders that were refused; silence means none."""
    for seat, failures in conduct.failures.items():
        often = "once, with" if len(failures) == 1 else f"{len(failures)} times, last with"
        notes.print(f"{seat}: the bot failed {often} {failures[-1]}", markup=False)
    for seat, count in conduct.refusals.items():
        often = "an order was refused" if count == 1 else f"{count} orders were refused, last"
        notes.print(f"{seat}: {often}: {conduct.last_refusal[seat]}", markup=False)

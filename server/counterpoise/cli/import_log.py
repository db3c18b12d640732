"""``counterpoise import``: turn a log of dated moves and events into a record, and play it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.journal_sink import journal_sink
from counterpoise.cli.output_files import replace_text, require_free
from counterpoise.cli.run import create_session
from counterpoise.cli.terminal import console, notes, session_bar
from counterpoise.errors import InputError, StorageError
from counterpoise.session.records.log_import import import_log
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session

LOG_BYTES_MAX = 16 << 20


def import_command(
    log: Annotated[
        Path, typer.Argument(help="A table of dated moves and events; scenarios/README.md says how.", metavar="LOG")
    ],
    scenario: Annotated[str, typer.Argument(help="The scenario whose states act: a bundled one's name, or a file.")],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", help="The record to write; by default LOG with .history.toml as its ending.", metavar="FILE"
        ),
    ] = None,
    journal: Annotated[
        Path | None, typer.Option(help="Write the journal of the record to this new file, for the debrief.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an older record.")] = False,
) -> None:
    """Turn a log of dated moves and events into a record.

    A log is a table: of a seminar on paper, or of another system. Its record is played once.

    The record is written only if every act in it is possible on its date. The first one that is not is named with its line.
    """
    target = to or log.with_suffix(".history.toml")
    require_free(target, force=force)
    session = create_session(scenario, "1", recorded=True)
    found = import_log(_bytes_of(log), str(log), session.scenario)
    for sentence in found.assumed:
        notes.print(sentence, markup=False)
    with journal_sink(journal) as sink, session_bar(session.scenario.title, session.end) as show:

        def after_stop(running: Session) -> None:
            sink.take(running)
            show(running)

        play_record(session, found.history, after_stop=after_stop)
        sink.take(session)
    replace_text(target, found.text)
    rows = "1 row" if len(found.lines) == 1 else f"{len(found.lines)} rows"
    then = f"counterpoise run {scenario} --record {target}" if journal is None else f"counterpoise debrief {journal}"
    console.print(f"{target}: {rows} of {log.name}, and every act is possible on its date; next: {then}", markup=False)


def _bytes_of(log: Path) -> bytes:
    if not log.is_file():
        got = "a folder" if log.is_dir() else "no such file"
        raise InputError(str(log), "", "a file with a table of moves and events", got)
    try:
        with log.open("rb") as file:
            raw = file.read(LOG_BYTES_MAX + 1)
    except OSError as error:
        raise StorageError(str(log), f"cannot read this file ({error.strerror or error})") from error
    if len(raw) > LOG_BYTES_MAX:
        raise InputError(str(log), "", f"at most {LOG_BYTES_MAX >> 20} MiB", "a larger file")
    return raw

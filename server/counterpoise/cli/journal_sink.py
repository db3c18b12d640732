"""The journal of a game that is played in this process: kept for the debrief, and written to a file if there is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counterpoise.cli.terminal import notes
from counterpoise.errors import HistoryError, InputError
from counterpoise.session.journal.entries import Entry
from counterpoise.session.running_session import Session
from counterpoise.session.stored_snapshots import SnapshotSeries
from counterpoise.store.journal_file import JournalFile


class JournalSink:
    """Collects the journal entries of a session for the debrief, and writes them to a file if there is one."""

    def __init__(self, file: JournalFile | None) -> None:
        self.entries: list[Entry] = []
        self.date = ""
        self._file = file
        self._snapshots = SnapshotSeries()

    def take(self, session: Session) -> None:
        """Store the session's new entries. Called at each stop, because a bot may end the process at any time."""
        written = session.take_entries()
        self.entries.extend(written)
        if self._file is not None:
            self._file.append(written, self._snapshots.due(session, written))
        self.date = session.simulation.world.calendar.iso(session.now)


@contextmanager
def journal_sink(journal: Path | None) -> Iterator[JournalSink]:
    """Create the journal file. If the game stops early, print up to which date the file has it.

    A record that is refused leaves no file, so that the mended record can be played into a file of the same name.
    """
    file = None if journal is None else JournalFile.create(journal)
    sink = JournalSink(file)
    try:
        yield sink
    except HistoryError:
        if file is not None:
            file.discard()
            file = None
            notes.print(f"{journal}: removed, because the record is refused", markup=False)
        raise
    except (KeyboardInterrupt, InputError):
        if file is not None:
            reached = f"has the game up to {sink.date}" if sink.date else "has no entries yet"
            notes.print(f"{journal} {reached}", markup=False)
        raise
    finally:
        if file is not None:
            file.close()

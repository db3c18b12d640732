"""What a journal is to the server that plays its session, wherever the journal is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from counterpoise.errors import CounterpoiseError
from counterpoise.session.journal.entries import SERVED, Entry
from counterpoise.session.play.log import PlayRow
from counterpoise.session.snapshot_evidence import SnapshotEvidence
from counterpoise.session.stored_snapshots import StoredSnapshot
from counterpoise.store.play_log_table import PlayLogTable
from counterpoise.store.snapshot_table import SnapshotTable
from counterpoise.store.tokens import Tokens


class Journal(Protocol):
    """An open journal with its snapshots and tokens. A shelf opens it.

    A journal for writing belongs to this process alone until it is closed, or until ``renew`` or a write fails: from then on it
    writes nothing more. One thread may use it at a time.
    """

    @property
    def address(self) -> str:
        """Where the journal is: the path of its file, or the address of its database. It holds no password."""

    @property
    def tokens(self) -> Tokens:
        """The tokens of the session's join links."""

    @property
    def snapshots(self) -> SnapshotTable:
        """The snapshots, from which a session is resumed without a replay of its whole journal."""

    @property
    def play_log(self) -> PlayLogTable:
        """What people did at what time of day; the entries commit to it."""

    def append(
        self, entries: Sequence[Entry], snapshot: StoredSnapshot | None = None, rows: Sequence[PlayRow] = ()
    ) -> None:
        """Write entries, the snapshot after them and rows of the play log in one transaction. On return they are on the disk.

        Raises:
            StorageError: the entries may or may not be there; this object writes nothing more.
            LeaseLostError: this process may no longer write the journal.
        """

    def append_snapshot(self, snapshot: StoredSnapshot) -> None:
        """Write a snapshot of the state after the last entry; raise as ``append``."""

    def head(self) -> tuple[int, str]:
        """Return the number of entries and the last value of the chain."""

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """Yield the entries from number ``start`` on, in order; raise ``JournalError`` if a row cannot be read."""

    def entry(self, sequence: int) -> Entry | None:
        """Return one entry; ``None`` if there is none with this number."""

    def texts(self, until: int) -> list[Entry]:
        """Return the text entries before number ``until``."""

    def evidence(self, until: int) -> SnapshotEvidence:
        """Return what the entries before number ``until`` show of the state there."""

    def note(self, name: str, value: str) -> None:
        """Store a fact beside the entries, such as a wall-clock time; raise as ``append``. Facts are never exported."""

    def fact(self, name: str) -> str | None:
        """Return a fact, or ``None``."""

    def facts(self) -> dict[str, str]:
        """Return all facts by name."""

    def renew(self) -> None:
        """Make sure that what is written next will be found. The server calls it about every second.

        Raises:
            StorageError: the journal was deleted or replaced.
            LeaseLostError: this process may no longer write the journal.
        """

    def tidy(self) -> None:
        """Bring the journal into its form at rest, and free memory. For a session that has ended, and at quiet moments."""

    def copy_to(self, target: Path) -> None:
        """Copy the journal to a new SQLite file, whole as of one moment. On return the copy is on the disk.

        Raises:
            OSError: the file exists or cannot be created.
        """

    def fault(self, error: Exception) -> CounterpoiseError | None:
        """Return in plain words what an exception of the database means; ``None`` for an exception from elsewhere."""

    def close(self) -> None:
        """Close the journal. From now on another process may write it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def reaches_end(journal: Journal) -> bool:
    """Tell whether the game of a journal is over: only what a server adds comes after its end."""
    place = journal.head()[0] - 1
    while (last := journal.entry(place)) is not None and last.kind in SERVED:
        place -= 1
    return last is not None and last.kind == "end"

"""The journal of a simulated server, and the shelf that it stands on: the tables of every journal, on the simulated disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from types import TracebackType

from counterpoise.errors import ConfigurationError, CounterpoiseError, JournalError, LeaseLostError, StorageError
from counterpoise.session.journal.entries import Entry
from counterpoise.session.play.log import PlayRow
from counterpoise.session.snapshot_evidence import SnapshotEvidence
from counterpoise.session.stored_snapshots import StoredSnapshot
from counterpoise.simulation.disk import NAME, Disk, Lease
from counterpoise.simulation.virtual_loop import Process
from counterpoise.store.entry_table import INSERT_ENTRY, EntryTable, row_of
from counterpoise.store.fact_table import FactTable
from counterpoise.store.play_log_table import PlayLogTable
from counterpoise.store.snapshot_table import SnapshotTable
from counterpoise.store.sqlite import sqlite3
from counterpoise.store.tokens import Tokens


class MemoryJournal:
    """An open journal on the simulated disk.

    Args:
        disk: where it is.
        process: the process that has it open.
        lease: allows to write; ``None`` for a reader.
        clock: returns the seconds since 1970.
        random: draws tokens.
    """

    def __init__(
        self, disk: Disk, process: Process, lease: Lease | None, clock: Callable[[], float], random: Random
    ) -> None:
        self.address = NAME
        self._disk, self._lease = disk, lease
        self._database = disk.connection(process, lease)
        self._table = EntryTable(self._database, NAME)
        self._facts = FactTable(self._database)
        self.tokens = Tokens(self._database, clock=clock, random=random)
        self.snapshots, self.play_log = SnapshotTable(self._database, exists=True), PlayLogTable(self._database)
        self._length, self._chain = self._table.head()
        self._failure: StorageError | None = None

    def append(
        self, entries: Sequence[Entry], snapshot: StoredSnapshot | None = None, rows: Sequence[PlayRow] = ()
    ) -> None:
        """Write entries, the snapshot after them and rows of the play log in one transaction."""
        if not entries and not rows:
            return
        self._must_work()
        if entries and entries[0].sequence != self._length:
            raise StorageError(NAME, f"expected entry {self._length}, got entry {entries[0].sequence}")
        try:
            with self._database.transaction():
                self._database.executemany(INSERT_ENTRY, map(row_of, entries))
                if snapshot is not None:
                    self.snapshots.add(snapshot)
                self.play_log.add(rows)
        except sqlite3.Error as error:
            self._failure = StorageError(NAME, f"cannot write the journal ({error})")
            raise self._failure from error
        except StorageError as error:
            self._failure = error
            raise
        if entries:
            self._length, self._chain = entries[-1].sequence + 1, entries[-1].chain

    def append_snapshot(self, snapshot: StoredSnapshot) -> None:
        """Write a snapshot of the state after the last entry."""
        self._must_work()
        with self._database.transaction():
            self.snapshots.add(snapshot)

    def head(self) -> tuple[int, str]:
        """Return the number of entries and the last value of the chain."""
        return self._length, self._chain

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """Yield the entries from number ``start`` on, in order."""
        return self._table.entries(start)

    def entry(self, sequence: int) -> Entry | None:
        """Return one entry; ``None`` if there is none with this number."""
        return self._table.entry(sequence)

    def texts(self, until: int) -> list[Entry]:
        """Return the text entries before number ``until``."""
        return self._table.texts(until)

    def evidence(self, until: int) -> SnapshotEvidence:
        """Return what the entries before number ``until`` show of the state there."""
        return self._table.evidence(until)

    def renew(self) -> None:
        """Renew the lease; raise ``LeaseLostError`` if another process may have it."""
        self._must_work()
        if self._lease is not None:
            try:
                self._disk.renew(self._lease)
            except LeaseLostError as error:
                self._failure = error
                raise

    def note(self, name: str, value: str) -> None:
        """Store a fact beside the entries."""
        self._must_work()
        with self._database.transaction():
            self._facts.put(name, value)

    def fact(self, name: str) -> str | None:
        """Return a fact, or ``None``."""
        return self._facts.get(name)

    def facts(self) -> dict[str, str]:
        """Return all facts by name."""
        return self._facts.all()

    def tidy(self) -> None:
        """Do nothing: a journal in memory is always in its form at rest."""

    def copy_to(self, target: Path) -> None:
        """Copy the journal to a new SQLite file."""
        self._disk.copy_to(target)

    def fault(self, error: Exception) -> CounterpoiseError | None:
        """Return in plain words what an exception of SQLite means; ``None`` for an exception from elsewhere."""
        return StorageError(NAME, str(error)) if isinstance(error, sqlite3.Error) else None

    def close(self) -> None:
        """Give up the lease."""
        if self._lease is not None:
            self._lease.is_given_up = True

    def __enter__(self) -> MemoryJournal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _must_work(self) -> None:
        if self._failure is not None:
            raise self._failure


class MemoryShelf:
    """The shelf of one simulated process, with the only journal.

    Args:
        disk: where the journal is.
        process: the process.
        clock: returns the seconds since 1970.
        random: draws tokens.
    """

    def __init__(self, disk: Disk, process: Process, clock: Callable[[], float], random: Random) -> None:
        self.is_shared = disk.is_shared
        self._disk, self._process, self._clock, self._random = disk, process, clock, random

    def open(self, url: str) -> None:
        """Do nothing: the disk is there."""

    def names(self) -> list[str]:
        """Return the name of the journal, once it is made."""
        return [NAME] if self._disk.has_journal else []

    def unclaimed(self) -> list[str]:
        """Return the name of the journal, if no process has its lease and the game is not over."""
        if not self._disk.has_journal or not self._disk.is_free:
            return []
        with self.read(NAME) as journal:
            last = journal.entry(journal.head()[0] - 1)
        return [] if last is not None and last.kind == "end" else [NAME]

    def name_for(self, session_id: str) -> str:
        """Return the name of the journal."""
        return NAME

    def find(self, name: str) -> str | None:
        """Return the address of the journal, once it is made."""
        return NAME if self._disk.has_journal else None

    def require_key(self, public: str) -> None:
        """Do nothing: every process of a simulation has the same key."""

    def require_space(self) -> None:
        """Do nothing: memory is not scarce."""

    def create(self, name: str) -> MemoryJournal:
        """Make the journal."""
        if self._disk.has_journal:
            raise ConfigurationError(f"{name} exists")
        journal = self.claim(name, is_new=True)
        self._disk.has_journal = True
        return journal

    def claim(self, name: str, *, is_new: bool = False) -> MemoryJournal:
        """Open the journal for writing; raise ``LockedError`` while another process has the lease."""
        if not is_new and not self._disk.has_journal:
            raise JournalError(name, "no such journal")
        return self._opened(self._disk.grant(self._process))

    def read(self, name: str) -> MemoryJournal:
        """Open the journal for reading."""
        return self._opened(None)

    def close(self) -> None:
        """Do nothing: the lease goes with the journal."""

    def _opened(self, lease: Lease | None) -> MemoryJournal:
        return MemoryJournal(self._disk, self._process, lease, self._clock, self._random)

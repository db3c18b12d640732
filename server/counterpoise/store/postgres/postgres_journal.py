"""The journal of one session in PostgreSQL."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import psycopg

from counterpoise.errors import LeaseLostError, StorageError
from counterpoise.session.journal.entries import Entry
from counterpoise.session.play.log import PlayRow
from counterpoise.session.snapshot_evidence import SnapshotEvidence
from counterpoise.session.stored_snapshots import StoredSnapshot
from counterpoise.store.entry_table import INSERT_ENTRY, EntryTable, row_of
from counterpoise.store.fact_table import ENDED_AT, FactTable
from counterpoise.store.journal_copy import copy_journal
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.play_log_table import PlayLogTable
from counterpoise.store.postgres.connections import plain
from counterpoise.store.postgres.lease import Lease
from counterpoise.store.postgres.postgres_database import PostgresDatabase
from counterpoise.store.snapshot_table import SnapshotTable
from counterpoise.store.tokens import Tokens


class PostgresJournal:
    """An open journal. A ``PostgresShelf`` opens it.

    Every change stands in one transaction with a comparison of the lease, so that a process which has lost it changes nothing.
    After a failed write this object writes nothing more, because it cannot know what the database holds.

    Args:
        connection: of this journal alone; ``close`` closes it.
        session: name of the session.
        address: where the journal is.
        lease: the right to write; ``None`` for a reader.
    """

    def __init__(self, connection: psycopg.Connection, session: str, address: str, lease: Lease | None) -> None:
        self.address = address
        self._connection, self._lease = connection, lease
        self._failure: LeaseLostError | None = None
        self._database = PostgresDatabase(connection, session, lease)
        self._entries = EntryTable(self._database, address)
        self.tokens, self.snapshots = Tokens(self._database), SnapshotTable(self._database)
        self._facts, self.play_log = FactTable(self._database), PlayLogTable(self._database)
        self._length, self._chain = self._entries.head()

    def append(
        self, entries: Sequence[Entry], snapshot: StoredSnapshot | None = None, rows: Sequence[PlayRow] = ()
    ) -> None:
        """Write entries, the snapshot after them and rows of the play log in one transaction. On return they are on the
        database's disk.

        Raises:
            LeaseLostError: another process has taken the session over, or the database has failed. The entries may or may not
                be there; this object writes nothing more.
        """
        if not entries and not rows:
            return
        if entries and entries[0].sequence != self._length:
            raise self._fail(f"expected entry {self._length}, got entry {entries[0].sequence}")
        with self._writing():
            self._database.executemany(INSERT_ENTRY, map(row_of, entries))
            if snapshot is not None:
                self.snapshots.add(snapshot)
            self.play_log.add(rows)
            if any(entry.kind == "end" for entry in entries):
                self._facts.put(ENDED_AT, f"{time.time():.3f}")
        if entries:
            self._length, self._chain = entries[-1].sequence + 1, entries[-1].chain

    def append_snapshot(self, snapshot: StoredSnapshot) -> None:
        """Write a snapshot of the state after the last entry; raise as ``append``."""
        with self._writing():
            self.snapshots.add(snapshot)

    def note(self, name: str, value: str) -> None:
        """Store a fact beside the entries; raise as ``append``. Facts are never exported."""
        with self._writing():
            self._facts.put(name, value)

    def fact(self, name: str) -> str | None:
        """Return a fact, or ``None``."""
        return self._facts.get(name)

    def facts(self) -> dict[str, str]:
        """Return all facts by name."""
        return self._facts.all()

    def head(self) -> tuple[int, str]:
        """Return the number of entries and the last value of the chain."""
        return self._length, self._chain

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """Yield the entries from number ``start`` on, in order.

        Raises:
            JournalError: a row cannot be read.
            StorageError: the database cannot be read.
        """
        try:
            yield from self._entries.entries(start)
        except psycopg.Error as error:
            raise self._meaning(error) from error

    def entry(self, sequence: int) -> Entry | None:
        """Return one entry; ``None`` if there is none with this number."""
        return self._entries.entry(sequence)

    def texts(self, until: int) -> list[Entry]:
        """Return the text entries before number ``until``."""
        return self._entries.texts(until)

    def evidence(self, until: int) -> SnapshotEvidence:
        """Return what the entries before number ``until`` show of the state there.

        Raises:
            SnapshotError: there are no such entries.
        """
        return self._entries.evidence(until)

    def renew(self) -> None:
        """Renew the lease.

        Raises:
            LeaseLostError: another process has taken the session over, or the database does not answer.
        """
        with self._writing():
            pass

    def tidy(self) -> None:
        """Do nothing: the database tidies up by itself."""

    def copy_to(self, target: Path) -> None:
        """Copy the journal to a new SQLite file, whole as of one moment. On return the copy is on the disk.

        Raises:
            OSError: the file exists or cannot be created.
            StorageError: the database or the disk refuses.
        """
        try:
            with self._connection.transaction(), TemporaryDirectory(dir=target.parent) as folder:
                self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                with JournalFile.create(Path(folder) / target.name) as made:
                    copy_journal(self, made)
                    made.copy_to(target)
        except psycopg.Error as error:
            raise self._meaning(error) from error

    def fault(self, error: Exception) -> LeaseLostError | StorageError | None:
        """Return in plain words what an exception of psycopg means; ``None`` for an exception from elsewhere."""
        return self._meaning(error) if isinstance(error, psycopg.Error) else None

    def close(self) -> None:
        """Release the lease and close the connection. A lease that cannot be released runs out."""
        with contextlib.suppress(psycopg.Error):
            if self._lease is not None and not self._connection.closed:
                self._lease.release(self._connection)
        self._connection.close()

    def __enter__(self) -> PostgresJournal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Commit what the block changes, if this process still has the lease."""
        if self._failure is not None:
            raise self._failure
        if self._lease is None:
            raise StorageError(self.address, "opened for reading only")
        try:
            with self._database.transaction():
                yield
        except psycopg.Error as error:
            raise self._fail(f"the database has failed ({plain(error)})") from error
        except LeaseLostError as error:
            self._failure = error
            raise

    def _meaning(self, error: psycopg.Error) -> LeaseLostError | StorageError:
        problem = f"the database has failed ({plain(error)})"
        return StorageError(self.address, problem) if self._lease is None else LeaseLostError(self.address, problem)

    def _fail(self, problem: str) -> LeaseLostError:
        self._failure = LeaseLostError(self.address, problem)
        return self._failure

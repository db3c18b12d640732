"""A journal as one SQLite file: one writer, any number of read-only readers."""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from counterpoise.errors import ConfigurationError, JournalError, StorageError
from counterpoise.session.journal.entries import Entry
from counterpoise.session.play.log import PlayRow
from counterpoise.session.snapshot_evidence import SnapshotEvidence
from counterpoise.session.stored_snapshots import StoredSnapshot
from counterpoise.store.connections import connect_reader, connect_writer, prepare_writer
from counterpoise.store.entry_table import INSERT_ENTRY, EntryTable, row_of
from counterpoise.store.fact_table import ENDED_AT, FactTable
from counterpoise.store.file_checks import (
    checks_bounded,
    file_alone,
    require_identity,
    require_journal,
    require_own_log,
    require_own_rollback,
    require_soundness,
    require_tables,
    unreadable,
)
from counterpoise.store.lock import FileLock
from counterpoise.store.open_files import OpenFiles, copy_database, files_of, sync_directory
from counterpoise.store.play_log_table import PlayLogTable
from counterpoise.store.schema import APPLICATION_ID
from counterpoise.store.snapshot_table import SnapshotTable
from counterpoise.store.sqlite import sqlite3
from counterpoise.store.sqlite_database import SqliteDatabase, has_table
from counterpoise.store.tokens import Tokens

_log = logging.getLogger("counterpoise.store")
_ERASE = "UPDATE entries SET body = x'', salt = x'' WHERE sequence = ?"


class JournalFile:
    """An open journal. Make one with ``create``, ``open`` or ``read_only``, and close it.

    A writer may move to another thread, but only one thread may use it at a time. After a failed write it refuses every
    further write, because it cannot know what the disk holds: open the file again to find out.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None) -> None:
        self.path, self.address = path, str(path)
        self._connection = connection
        self._lock = lock
        self._failure: str | None = None
        database = SqliteDatabase(connection)
        self._entries = EntryTable(database, str(path))
        self.tokens, self._facts = Tokens(database), FactTable(database)
        self.snapshots = SnapshotTable(database, exists=has_table(connection, "snapshots"))
        self.play_log = PlayLogTable(database, exists=has_table(connection, "play_log"))
        self._length, self._chain = self._entries.head()
        self._files = None if lock is None else OpenFiles(path)
        self.lacks_log = False
        """Whether the file was copied while in use, without its log: then its last entries are missing."""

    @classmethod
    def create(cls, path: str | Path) -> JournalFile:
        """Make a new, empty journal and open it for writing.

        Raises:
            StorageError: the disk refuses; ``LockedError`` if another process holds the file.
            ConfigurationError: the file exists.
        """
        path = Path(path)
        lock = FileLock(path)
        try:
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
            except FileExistsError as error:
                raise ConfigurationError(
                    f"{path}: the file exists. Choose another name, or delete the file."
                ) from error
            except OSError as error:
                lock.remove()
                raise StorageError(str(path), f"cannot create the journal ({error.strerror})") from error
            connection = connect_writer(path)
            try:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
                prepare_writer(connection)
                sync_directory(path.parent)
                journal = cls(path, connection, lock)
                journal.note("created_at", f"{time.time():.3f}")
                return journal
            except (sqlite3.Error, StorageError) as error:
                connection.close()
                for file in files_of(path):  # made just now, with nothing in them
                    file.unlink(missing_ok=True)
                lock.remove()
                problem = error.problem if isinstance(error, StorageError) else str(error)
                raise StorageError(str(path), f"cannot create the journal ({problem})") from error
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: str | Path) -> JournalFile:
        """Open a journal for writing, after a crash or a clean end, and bring its tables up to date.

        Raises:
            JournalError: the file does not exist or is not a sound journal.
            StorageError: the disk refuses; ``LockedError`` if another process holds the file.
        """
        path = Path(path)
        require_journal(path)
        lock = FileLock(path)
        try:
            # A writer that only looked would write the log into the file when it closes. So a reader looks first.
            with cls.read_only(path, check=False) as seen:
                if seen.lacks_log:
                    _log.warning(
                        "%s: its log is not beside it. If the file is a copy, its last entries may be missing.", path
                    )
            require_own_rollback(path)
            connection = connect_writer(path)
            try:
                with checks_bounded(path, connection):
                    require_soundness(path, connection)
                prepare_writer(connection)
                return cls(path, connection, lock)
            except sqlite3.Error as error:
                connection.close()
                raise unreadable(path, error) from error
            except JournalError:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise

    @classmethod
    def read_only(cls, path: str | Path, *, check: bool = True) -> JournalFile:
        """Open a journal for reading, whether a writer has it open or not. Never create or change a file.

        Args:
            path: the file.
            check: whether SQLite checks all pages of the file first, which takes longer the larger it is.

        Raises:
            JournalError: the file does not exist or is not a sound journal.
        """
        path = Path(path)
        require_journal(path)
        try:
            alone = file_alone(path)
            connection = connect_reader(path)
            try:
                with checks_bounded(path, connection):
                    require_identity(path, connection)
                    require_tables(path, connection)
                    require_own_log(path, connection, alone)
                    if check:
                        require_soundness(path, connection)
                journal = cls(path, connection, None)
                journal.lacks_log = alone.lacks_log
                return journal
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise unreadable(path, error) from error

    def append(
        self, entries: Sequence[Entry], snapshot: StoredSnapshot | None = None, rows: Sequence[PlayRow] = ()
    ) -> None:
        """Write entries, the snapshot after them and rows of the play log in one transaction. On return they are on the disk.

        Raises:
            StorageError: the entries may or may not be on the disk; this object writes nothing more.
        """
        if not entries and not rows:
            return
        self._must_work()
        if entries and entries[0].sequence != self._length:
            raise self._fail(f"expected entry {self._length}, got entry {entries[0].sequence}")
        self._require_files()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(INSERT_ENTRY, map(row_of, entries))
            if snapshot is not None:
                self.snapshots.add(snapshot)
            self.play_log.add(rows)
            if any(entry.kind == "end" for entry in entries):
                self._facts.put(ENDED_AT, f"{time.time():.3f}")
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._fail(
                f"cannot write the journal ({error}). Free space if the disk is full and start again; "
                "no acknowledged order is lost."
            ) from error
        self._require_files()
        if not entries:
            return
        if self._length == 0:
            self._checkpoint()  # from now on the file by itself says whose log belongs beside it
        self._length, self._chain = entries[-1].sequence + 1, entries[-1].chain

    def renew(self) -> None:
        """Look whether the files are still those that are open. Nothing is written.

        Raises:
            StorageError: one was deleted or replaced. What was in it has been saved where that is possible.
        """
        self._must_work()
        self._require_files()

    def append_snapshot(self, snapshot: StoredSnapshot) -> None:
        """Write a snapshot of the state after the last entry.

        Raises:
            StorageError: the disk refuses.
        """
        self._must_work()
        try:
            with self._connection:
                self.snapshots.add(snapshot)
        except sqlite3.Error as error:
            raise self._fail(str(error)) from error

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """Yield the entries from number ``start`` on, in order.

        Raises:
            JournalError: a row cannot be read.
        """
        try:
            yield from self._entries.entries(start)
        except sqlite3.Error as error:
            raise unreadable(self.path, error) from error

    def texts(self, until: int) -> list[Entry]:
        """Return the text entries before number ``until``."""
        return self._entries.texts(until)

    def entry(self, sequence: int) -> Entry | None:
        """Return one entry; ``None`` if there is none with this number."""
        return self._entries.entry(sequence)

    def evidence(self, until: int) -> SnapshotEvidence:
        """Return what the entries before number ``until`` show of the state there.

        Raises:
            SnapshotError: there are no such entries.
        """
        return self._entries.evidence(until)

    def head(self) -> tuple[int, str]:
        """Return the number of entries and the last value of the chain."""
        return self._length, self._chain

    def redact(self, sequences: Iterable[int], rows: Iterable[int] = ()) -> None:
        """Erase the bodies and salts of entries and of rows of the play log for good; both chains still verify.

        All snapshots are deleted: they hold the state of a session that knew the texts.

        On return no byte of the file or of its log holds what was erased.

        Raises:
            StorageError: the disk refuses, or another process reads the journal and keeps its log in use.
        """
        self._must_work()
        try:
            self._connection.execute("PRAGMA secure_delete = ON").fetchall()
            with self._connection:
                self._connection.executemany(_ERASE, [(sequence,) for sequence in sequences])
                self.play_log.erase(rows)
            self.snapshots.delete_after(0)
            # SQLite keeps old pages in free space and in the log: rebuild the file and empty the log.
            self._connection.execute("VACUUM")
            is_busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error as error:
            raise self._fail(str(error)) from error
        if is_busy:
            raise self._fail(
                "it is erased, but another process reads the journal and its log still holds what was erased. "
                "Close that process and redact again."
            )

    def copy_to(self, target: Path) -> None:
        """Copy the journal to a new file, whole as of one moment; see ``copy_database``."""
        copy_database(self._connection, target)

    def note(self, name: str, value: str) -> None:
        """Store a fact beside the entries, such as a wall-clock time. Facts are never exported."""
        self._must_work()
        try:
            with self._connection:
                self._facts.put(name, value)
        except sqlite3.Error as error:
            raise self._fail(str(error)) from error

    def fact(self, name: str) -> str | None:
        """Return a fact, or ``None``."""
        return self._facts.get(name)

    def facts(self) -> dict[str, str]:
        """Return all facts by name."""
        return self._facts.all()

    def tidy(self) -> None:
        """Move the write-ahead log into the file, and forget the pages of the file that SQLite keeps in memory, up to 2 MB."""
        self._checkpoint()
        self._connection.execute("PRAGMA shrink_memory").fetchall()

    def fault(self, error: Exception) -> JournalError | StorageError | None:
        """Return in plain words what an exception of SQLite means; ``None`` for an exception from elsewhere."""
        return unreadable(self.path, error) if isinstance(error, sqlite3.Error) else None

    def _checkpoint(self) -> None:
        self._must_work()
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            raise self._fail(str(error)) from error

    def close(self) -> None:
        """Close the file. A writer merges the log into the file, unless another process still reads it."""
        try:
            if self._lock is not None and self._failure is None:
                # If a reader holds the file, the log stays beside it; the next process to open the file reads both.
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("PRAGMA busy_timeout = 100")
                    self._connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            self._connection.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def discard(self) -> None:
        """Close the file and delete it. Only for a journal of which nobody has need."""
        self.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> JournalFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _must_work(self) -> None:
        if self._failure is not None:
            raise StorageError(str(self.path), f"an earlier write failed ({self._failure}), so nothing more is written")
        if self._lock is None:
            raise StorageError(str(self.path), "opened for reading only")

    def _require_files(self) -> None:
        if self._files is not None and self._files.lost():
            raise self._fail(self._files.rescue(self._connection))

    def _fail(self, problem: str) -> StorageError:
        self._failure = problem
        if self._connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):  # the file is given up either way
                self._connection.execute("ROLLBACK")
        return StorageError(str(self.path), problem)

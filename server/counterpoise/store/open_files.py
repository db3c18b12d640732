"""The files of a journal while it is open: the database, and the log and the index that SQLite keeps beside it.

SQLite goes on writing into a file that somebody has deleted or replaced, and reports success. What it writes then is gone when
the process ends. So a writer compares the files in the folder with those that it has open.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from counterpoise.store.sqlite import sqlite3

LOG, INDEX = "-wal", "-shm"
"""What SQLite adds to the name of a database for its write-ahead log and for the index of that log."""
ROLLBACK = "-journal"
"""What SQLite adds for the pages that it would restore, in a file that is written without a log."""
RESCUED = ".rescued"
"""What is added to the name of a journal that was deleted while it was open, for the copy that is saved."""


def log_of(path: Path) -> Path:
    """Return the path of the write-ahead log of a journal."""
    return path.with_name(path.name + LOG)


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the paths of a journal and of what SQLite keeps beside it while it is open."""
    return path, log_of(path), path.with_name(path.name + INDEX)


class OpenFiles:
    """The files that a writer has open.

    Args:
        path: the journal; SQLite has opened it and its log.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = {str(file): found for file in files_of(path) if (found := _identity(str(file))) is not None}

    def lost(self) -> list[Path]:
        """Return the files that were deleted or replaced. No other file can have their number while they are open."""
        return [Path(file) for file, known in self._known.items() if _identity(file) != known]

    def rescue(self, connection: sqlite3.Connection) -> str:
        """Save what is only in files that nobody can open any more; return a sentence that says where it is.

        Args:
            connection: the writer's, outside a transaction.
        """
        lost = self.lost()
        names = " and ".join(file.name for file in lost)
        verb = "was" if len(lost) == 1 else "were"
        found = f"{names} {verb} deleted or replaced while the server had the journal open"
        try:
            if self._path in lost:
                copy = _copied(connection, self._path)
                return f"{found}. Every entry was saved in {copy}: rename it to {self._path.name} and start again."
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except (OSError, sqlite3.Error) as error:
            return f"{found}, and what was in it could not be saved ({error}). Restore the journal from a backup."
        if busy:
            return f"{found}, and a process that reads the journal keeps it from being saved. Restore it from a backup."
        return f"{found}. Every entry was moved into {self._path.name}: start again."


def _copied(connection: sqlite3.Connection, path: Path) -> Path:
    """Copy a journal that is open, and whose file is gone, to a new file beside it, and return its path."""
    number = 1
    while (copy := path.with_name(f"{path.name}{RESCUED}{'' if number == 1 else f'-{number}'}")).exists():
        number += 1
    copy_database(connection, copy)
    return copy


def copy_database(connection: sqlite3.Connection, target: Path) -> None:
    """Copy an open database to a new file, as of one moment. On return the copy is on the disk, and needs no log.

    Raises:
        OSError: the file exists or cannot be created.
        sqlite3.Error: the disk refuses.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    try:
        with contextlib.closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
        _sync(target)
        sync_directory(target.parent)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def append_line(file: Path, line: bytes) -> None:
    """Add a line to a file that only its owner may read, and bring it to the disk; the file is made if it does not exist.

    Raises:
        OSError: the disk refuses.
    """
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, line + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_directory(directory: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _identity(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)  # a path object takes three times as long, and every commit asks six times
    except OSError:
        return None
    return found.st_dev, found.st_ino

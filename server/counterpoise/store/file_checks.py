"""Whether a file is a sound journal, checked before anything is read from it."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

from counterpoise.errors import JournalError, StorageError
from counterpoise.store.open_files import log_of
from counterpoise.store.schema import APPLICATION_ID, SCHEMA_VERSION
from counterpoise.store.sqlite import sqlite3

_log = logging.getLogger("counterpoise.store")
_DAMAGED = "damaged or truncated: SQLite finds pages that are no part of a journal. Restore the file from a backup."
_MAGIC = b"SQLite format 3\x00"


def require_journal(path: Path) -> None:
    """Refuse a file that is no journal, before SQLite takes it for an empty database."""
    wanted = "expected a counterpoise journal"
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # to open a pipe would wait for ever
            raise JournalError(str(path), f"not a file; {wanted}")
        size = found.st_size
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise JournalError(str(path), f"no such file; {wanted}") from error
    except OSError as error:
        raise JournalError(str(path), f"cannot be read ({error.strerror}); {wanted}") from error
    if size == 0:
        raise JournalError(str(path), f"an empty file; {wanted}")
    if header[:16] != _MAGIC[: len(header)]:
        raise JournalError(str(path), f"not a SQLite file; {wanted}")
    page_size = int.from_bytes(header[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(header[28:32], "big")
    logged = log_of(path).exists()
    if len(header) < 100 or (not logged and size < page_size * pages):
        raise JournalError(str(path), f"truncated: expected {page_size * pages} bytes, got {size}")


def require_identity(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse another program's database, and a journal whose tables a newer release made."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise JournalError(str(path), "a SQLite database, but not a counterpoise journal")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not 1 <= version <= SCHEMA_VERSION:
        raise JournalError(
            str(path),
            f"its tables have version {version}; this release reads 1 to {SCHEMA_VERSION}. Upgrade counterpoise.",
        )


def require_soundness(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file in which SQLite finds damaged pages."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        _log.info("%s: quick_check: %s", path, " ".join(str(found).split()))
        raise JournalError(str(path), _DAMAGED)


def unreadable(path: Path, error: sqlite3.Error) -> JournalError | StorageError:
    """Return the error that says in plain words why SQLite cannot read a journal."""
    if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
        return StorageError(str(path), str(error))
    _log.info("%s: %s", path, error)
    return JournalError(str(path), _DAMAGED)

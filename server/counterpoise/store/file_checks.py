"""Whether a file is a sound journal, checked before anything is read from it."""

from __future__ import annotations

import logging
import stat
import struct
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from counterpoise.errors import JournalError, StorageError
from counterpoise.store.open_files import ROLLBACK, log_of
from counterpoise.store.schema import APPLICATION_ID, COLUMNS, OPTIONAL_COLUMNS, OPTIONAL_TABLES, SCHEMA_VERSION
from counterpoise.store.sqlite import sqlite3

_log = logging.getLogger("counterpoise.store")
CHECK_SECONDS, CHECK_BYTES_PER_SECOND = 10.0, 1 << 20
"""How long the checks of a file may take: so long, and a second more for so many bytes."""
CHECKED_EVERY = 10_000
"""After how many steps of SQLite the time is looked at."""
PAGE_BYTES_MAX = 1 << 16
"""Largest page that SQLite has."""
VALUE_BYTES_MAX = 64 << 20
"""Most bytes in one value of a journal. A client may not be sent half as much in one message."""
_DAMAGED = "damaged or truncated: SQLite finds pages that are no part of a journal. Restore the file from a backup."
_STRANGE = "Somebody has made or changed the file by hand. Use an unchanged copy, or ask for an export (.jsonl)."
_OF_CONTENT = {
    "malformed": _DAMAGED,
    "no such": f"one of its tables or columns is missing. {_STRANGE}",
    "Could not decode": f"a text in it is not UTF-8. {_STRANGE}",
    "interrupted": f"its pages take too long to check. {_STRANGE}",
    "too big": f"it has a value of more than {VALUE_BYTES_MAX >> 20} MiB. {_STRANGE}",
}
"""What is wrong with the content of a file, by a part of the message of SQLite, which has one class for this and for the disk."""
_COPY_BOTH = "Copy a journal that is in use with `counterpoise backup`, or stop its server first."
_WRITE_AHEAD = b"\x02"
"""In byte 18 of the file: SQLite keeps a log beside it until it is closed."""
_LAST = "SELECT sequence, chain FROM entries ORDER BY sequence DESC LIMIT 1"
_OBJECTS = "SELECT type, name, tbl_name FROM sqlite_schema LIMIT 100"
_TABLES = "SELECT name, type, strict FROM pragma_table_list WHERE schema = 'main'"
_COLUMNS_OF = "SELECT name, type, hidden FROM pragma_table_xinfo(?)"
_LIMIT_LENGTH = 0
"""``SQLITE_LIMIT_LENGTH``."""
_KNOWN_OBJECTS = (
    *(("table", table) for table in (*COLUMNS, "_sqlite_migrations")),
    ("index", "idx__sqlite_migrations_migration_set_name"),
    ("trigger", "entries_keep"),
    ("trigger", "entries_stay"),
    ("trigger", "play_log_keep"),
    ("trigger", "play_log_stay"),
)
_ROLLBACK_MAGIC = bytes.fromhex("d9d505f920a163d7")
_ROLLBACK_HEADER = struct.Struct(">16sIII")
"""Magic number, count of records and a nonce; then the size of the database in pages, and the sizes of a sector and a page."""
_CHANGING_BYTES = ((18, 20), (24, 28), (92, 100))
"""The bytes of the first page that say how the file is written, and count its changes."""
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


def require_tables(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file that holds anything but the tables of a journal: a view in place of a table can compute for ever."""
    for kind, name, table in connection.execute(_OBJECTS):
        if (kind, name) not in _KNOWN_OBJECTS and not (kind == "index" and table in COLUMNS):
            raise JournalError(str(path), f"it has the {kind} {_shown(name)}, which no journal has. {_STRANGE}")
    found = {name: (kind, bool(strict)) for name, kind, strict in connection.execute(_TABLES)}
    for table, columns in COLUMNS.items():
        if table not in found and table in OPTIONAL_TABLES:
            continue
        if found.get(table) != ("table", True):
            raise JournalError(str(path), f"its table {table} is missing or of another form. {_STRANGE}")
        named = [tuple(row) for row in connection.execute(_COLUMNS_OF, (table,))]
        known = [(column, kind, 0) for column, kind in columns.items()]
        older = [each for each in known if each[0] not in OPTIONAL_COLUMNS.get(table, ())]
        if named not in (known, older):
            raise JournalError(str(path), f"its table {table} has other columns than that of a journal. {_STRANGE}")


class FileAlone(NamedTuple):
    """What the database of a journal says by itself, without its log.

    Args:
        last: the number and the chain value of its last entry; ``None`` if it has none, or is being written just now.
        lacks_log: whether it was in use when it was copied or its server ended, and has no log beside it.
    """

    last: tuple[int, str] | None
    lacks_log: bool


def file_alone(path: Path) -> FileAlone:
    """Look into the database of a journal without its log.

    Raises:
        JournalError: everything is in the log, and there is none.
    """
    with path.open("rb") as file:
        is_in_use = file.read(20)[18:19] == _WRITE_AHEAD
    lacks_log = is_in_use and not log_of(path).exists()
    if not is_in_use:
        return FileAlone(None, lacks_log)
    # Without its log SQLite takes the file for one that nobody writes. A server may move pages into it meanwhile: then nothing is
    # learned from it, and the checks that follow decide.
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        try:
            with checks_bounded(path, connection):
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                found = connection.execute(_LAST).fetchone() if version else None
        except sqlite3.Error:
            return FileAlone(None, lacks_log)
    if lacks_log and not version:
        raise JournalError(
            str(path), f"its log, {log_of(path).name}, is missing, and every entry is in it. {_COPY_BOTH}"
        )
    return FileAlone(None if found is None else (int(found[0]), str(found[1])), lacks_log)


def require_own_log(path: Path, connection: sqlite3.Connection, alone: FileAlone) -> None:
    """Refuse a log that is not of this journal, or is older than it: SQLite would show, and later write, the other game.

    Args:
        path: the journal.
        connection: sees the journal with its log.
        alone: what the journal said before without it.
    """
    if alone.last is None:
        return
    number, chain = alone.last
    row = connection.execute("SELECT chain FROM entries WHERE sequence = ?", (number,)).fetchone()
    if row is None or row[0] != chain:
        log = log_of(path).name
        raise JournalError(
            str(path),
            f"the log beside it, {log}, is of another journal or older than this file. Move {log} away. {_COPY_BOTH}",
        )


def require_own_rollback(path: Path) -> None:
    """Refuse a rollback journal of another database: SQLite would write its pages into this one as soon as it opens it.

    A journal of ours keeps a log instead. Only a change between the two ways, cut short, leaves a rollback journal, with nothing
    but the first page as it was, and that differs from the page now in how the file is written and in a count of changes.
    """
    beside = path.with_name(path.name + ROLLBACK)
    try:
        size = beside.stat().st_size
        with beside.open("rb") as file, path.open("rb") as database:
            start = file.read(_ROLLBACK_HEADER.size)
            if len(start) < _ROLLBACK_HEADER.size or not start.startswith(_ROLLBACK_MAGIC):
                return  # SQLite ignores it
            _, pages, sector, page_size = _ROLLBACK_HEADER.unpack(start)
            file.seek(sector)
            number, kept = file.read(4), bytearray(file.read(min(page_size, PAGE_BYTES_MAX)))
            now = bytearray(database.read(len(kept)))
    except FileNotFoundError:
        return
    for first, end in _CHANGING_BYTES:
        kept[first:end] = now[first:end]
    is_whole = pages == int.from_bytes(now[28:32], "big") and size <= sector + page_size + 8
    if not (is_whole and number == b"\x00\x00\x00\x01" and kept == now):
        name = beside.name
        raise JournalError(str(path), f"the file beside it, {name}, is of another database. Move {name} away.")


@contextmanager
def checks_bounded(path: Path, connection: sqlite3.Connection) -> Iterator[None]:
    """Bound what a file may cost while it is checked: pages that refer to each other in a circle are read for ever otherwise.

    The largest value in a row stays bounded after the checks.
    """
    until = time.monotonic() + CHECK_SECONDS + path.stat().st_size / CHECK_BYTES_PER_SECOND
    if hasattr(connection, "setlimit"):  # pysqlite3 lacks it; then the size of the file alone bounds its values
        connection.setlimit(_LIMIT_LENGTH, VALUE_BYTES_MAX)
    connection.set_progress_handler(lambda: time.monotonic() > until, CHECKED_EVERY)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def require_soundness(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file in which SQLite finds damaged pages."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        _log.info("%s: quick_check: %s", path, " ".join(str(found).split()))
        raise JournalError(str(path), _DAMAGED)


def unreadable(path: Path, error: sqlite3.Error) -> JournalError | StorageError:
    """Return the error that says in plain words why SQLite cannot read a journal."""
    text = str(error)
    of_content = next((problem for sign, problem in _OF_CONTENT.items() if sign in text), "")
    if isinstance(error, sqlite3.OperationalError) and not of_content:
        return StorageError(str(path), text)
    _log.info("%s: %s", path, error)
    return JournalError(str(path), of_content or _DAMAGED)


def _shown(name: str) -> str:
    return name if name.isidentifier() and len(name) <= 40 else "with a strange name"

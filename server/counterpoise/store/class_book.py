"""The classes of one server, in a file beside its journals. People's names stand here, and in no journal.

The suffix is not that of journals, so that no command takes the file for one. The lock of the data folder keeps other servers
away.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from counterpoise.classes.classroom import Classroom, Person, World
from counterpoise.errors import StorageError
from counterpoise.store.sqlite import sqlite3

FILE_NAME = "classes.sqlite"
APPLICATION_ID = 0x43504331
"""``CPC1``, in the SQLite header."""
SCHEMA_VERSION = 1
_PARTS = ("people", "worlds")
_CLASS = tuple(name for name in Classroom.__struct_fields__ if name not in _PARTS)
_TYPES = {"made": "REAL", "arrived": "INTEGER", "grant": "INTEGER"} | dict.fromkeys(
    ("is_open", "anonymous", "expected", "admitted", "may_move"), "INTEGER"
)


class ClassBook:
    """Keeps classes. Every method is one short transaction, on the disk when it returns; one thread at a time may use it.

    Args:
        folder: the data folder.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._connection: sqlite3.Connection | None = None

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return self.path.exists()

    def load(self) -> list[Classroom]:
        """Return every class, the oldest first.

        Raises:
            StorageError: the file cannot be used.
        """
        with self._open() as database:
            people = _by_class(database, "people", Person, "arrived", "id")
            worlds = _by_class(database, "worlds", World, "letter", "letter")
            return [
                msgspec.convert(
                    {**row, "people": people.get(row["id"], {}), "worlds": worlds.get(row["id"], {})},
                    Classroom,
                    strict=False,
                )
                for row in _rows(database, "classes", _CLASS, "made")
            ]

    def save(self, before: Classroom | None, after: Classroom) -> None:
        """Write what differs between a class as it is kept and as it is now.

        Args:
            before: as it was saved last; ``None`` for a new class.
            after: as it is to be kept.

        Raises:
            StorageError: it may not be on the disk.
        """
        with self._open() as database:
            _put(database, "classes", _CLASS, [tuple(getattr(after, name) for name in _CLASS)])
            _save_part(database, "people", Person, after.id, {} if before is None else before.people, after.people)
            _save_part(database, "worlds", World, after.id, {} if before is None else before.worlds, after.worlds)

    def delete(self, class_id: str) -> None:
        """Delete a class and the names of its people, also from the free pages of the file.

        Raises:
            StorageError: it may still be on the disk.
        """
        with self._open() as database:
            for table, column in (("people", "class"), ("worlds", "class"), ("classes", "id")):
                database.execute(f'DELETE FROM {table} WHERE "{column}" = ?', (class_id,))  # noqa: S608 - no value in it

    def close(self) -> None:
        """Close the file; calling again does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if self._connection is None:
                self._connection = _connect(self.path)
            with self._connection:
                yield self._connection
        except (sqlite3.Error, OSError, msgspec.ValidationError) as error:
            raise StorageError(str(self.path), f"cannot use the classes of this server ({error})") from error


def _connect(path: Path) -> sqlite3.Connection:
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
    connection = sqlite3.connect(path, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise StorageError(str(path), f"written by a newer release (version {version}); install that release")
        with connection:
            _make_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.execute(f"CREATE TABLE IF NOT EXISTS classes ({_columns(_CLASS)}, PRIMARY KEY (id)) STRICT")
    connection.execute("CREATE UNIQUE INDEX IF NOT EXISTS classes_code ON classes (code)")
    for table, kind, key in (("people", Person, "id"), ("worlds", World, "letter")):
        columns = _columns(("class", *kind.__struct_fields__))
        connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}, PRIMARY KEY (class, {key})) STRICT")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}" {_TYPES.get(name, "TEXT")} NOT NULL' for name in names)


def _rows(database: sqlite3.Connection, table: str, names: tuple[str, ...], order: str) -> Iterator[dict[str, Any]]:
    chosen = ", ".join(f'"{name}"' for name in names)
    for row in database.execute(f'SELECT {chosen} FROM {table} ORDER BY "{order}"'):  # noqa: S608 - no value in it
        yield dict(zip(names, row, strict=True))


def _by_class(
    database: sqlite3.Connection, table: str, kind: type[Person | World], order: str, key: str
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(database, table, ("class", *kind.__struct_fields__), order):
        found.setdefault(row.pop("class"), {})[row[key]] = row
    return found


def _save_part(
    database: sqlite3.Connection,
    table: str,
    kind: type[Person | World],
    class_id: str,
    before: Mapping[str, Person | World],
    after: Mapping[str, Person | World],
) -> None:
    """Write the rows that are not the same objects as before, and delete those that have gone."""
    names = kind.__struct_fields__
    changed = [each for key, each in after.items() if before.get(key) is not each]
    _put(database, table, ("class", *names), [(class_id, *(getattr(each, n) for n in names)) for each in changed])
    gone = [(class_id, key) for key in before if key not in after]
    key_column = "id" if kind is Person else "letter"
    database.executemany(f"DELETE FROM {table} WHERE class = ? AND {key_column} = ?", gone)  # noqa: S608 - no value in it


def _put(database: sqlite3.Connection, table: str, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    database.executemany(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - no value in it

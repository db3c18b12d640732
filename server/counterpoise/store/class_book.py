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
from msgspec.structs import asdict

from counterpoise.classes.classroom import Classroom, Person
from counterpoise.errors import StorageError
from counterpoise.store.sqlite import sqlite3

FILE_NAME = "classes.sqlite"
APPLICATION_ID = 0x43504331
"""``CPC1``, in the SQLite header."""
SCHEMA_VERSION = 1
_PARTS = ("people", "worlds")
_TABLES = (
    """
    CREATE TABLE IF NOT EXISTS classes (
      id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, scenario TEXT NOT NULL, source TEXT NOT NULL,
      made REAL NOT NULL, is_open INTEGER NOT NULL, admits TEXT NOT NULL, seats TEXT NOT NULL, anonymous INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE IF NOT EXISTS people (
      class TEXT NOT NULL, id TEXT NOT NULL, arrived INTEGER NOT NULL, name TEXT NOT NULL, number TEXT NOT NULL,
      token TEXT NOT NULL, expected INTEGER NOT NULL, admitted INTEGER NOT NULL, world TEXT NOT NULL, seat TEXT NOT NULL,
      role TEXT NOT NULL, "grant" INTEGER NOT NULL, may_move INTEGER NOT NULL, same_as TEXT NOT NULL,
      PRIMARY KEY (class, id)
    ) STRICT
    """,
    """
    CREATE TABLE IF NOT EXISTS worlds (
      class TEXT NOT NULL, letter TEXT NOT NULL, session TEXT NOT NULL, PRIMARY KEY (class, letter)
    ) STRICT
    """,
)
_CLASSES = (
    "SELECT id, code, title, scenario, source, made, is_open, admits, seats, anonymous FROM classes ORDER BY made, id"
)
_PEOPLE = (
    'SELECT class, id, arrived, name, number, token, expected, admitted, world, seat, role, "grant", may_move, same_as '
    "FROM people ORDER BY arrived, id"
)
_WORLDS = "SELECT class, letter, session FROM worlds ORDER BY letter"
_PUT_CLASS = (
    "INSERT OR REPLACE INTO classes VALUES "
    "(:id, :code, :title, :scenario, :source, :made, :is_open, :admits, :seats, :anonymous)"
)
_PUT_PERSON = (
    "INSERT OR REPLACE INTO people VALUES (:class, :id, :arrived, :name, :number, :token, :expected, :admitted, :world, :seat, "
    ":role, :grant, :may_move, :same_as)"
)
_PUT_WORLD = "INSERT OR REPLACE INTO worlds VALUES (:class, :letter, :session)"
_DROP_PERSON = "DELETE FROM people WHERE class = ? AND id = ?"
_DELETE = (
    "DELETE FROM people WHERE class = ?",
    "DELETE FROM worlds WHERE class = ?",
    "DELETE FROM classes WHERE id = ?",
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
            people, worlds = _by_class(database, _PEOPLE, "id"), _by_class(database, _WORLDS, "letter")
            return [
                msgspec.convert(
                    {**row, "people": people.get(row["id"], {}), "worlds": worlds.get(row["id"], {})},
                    Classroom,
                    strict=False,
                )
                for row in _rows(database, _CLASSES)
            ]

    def save(self, before: Classroom | None, after: Classroom) -> None:
        """Write what differs between a class as it is kept and as it is now.

        Args:
            before: as it was saved last; ``None`` for a new class.
            after: as it is to be kept.

        Raises:
            StorageError: it may not be on the disk.
        """
        known: Mapping[str, Person] = {} if before is None else before.people
        people = [asdict(each) for key, each in after.people.items() if known.get(key) is not each]
        whole = asdict(after)
        with self._open() as database:
            database.execute(_PUT_CLASS, {name: value for name, value in whole.items() if name not in _PARTS})
            database.executemany(_PUT_PERSON, [{**each, "class": after.id} for each in people])
            database.executemany(_PUT_WORLD, [{**asdict(each), "class": after.id} for each in after.worlds.values()])
            database.executemany(_DROP_PERSON, [(after.id, key) for key in known if key not in after.people])

    def delete(self, class_id: str) -> None:
        """Delete a class and the names of its people, also from the free pages of the file.

        Raises:
            StorageError: it may still be on the disk.
        """
        with self._open() as database:
            for statement in _DELETE:
                database.execute(statement, (class_id,))

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
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _rows(database: sqlite3.Connection, query: str) -> Iterator[dict[str, Any]]:
    found = database.execute(query)
    names = [column[0] for column in found.description]
    for row in found:
        yield dict(zip(names, row, strict=True))


def _by_class(database: sqlite3.Connection, query: str, key: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(database, query):
        found.setdefault(row.pop("class"), {})[row[key]] = row
    return found

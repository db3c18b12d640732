"""A connection of SQLite as the tables of a journal use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from counterpoise.store.database import Rows, Values
from counterpoise.store.sqlite import sqlite3


class SqliteDatabase:
    """Runs the statements of a journal's tables in its file. The file's lock keeps other writers away."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        """Run one statement."""
        return self._connection.execute(statement, values)

    def executemany(self, statement: str, values: Iterable[Values], /) -> object:
        """Run one statement for each of many values."""
        return self._connection.executemany(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block changes when it ends, and take it back if it raises."""
        with self._connection:
            yield


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Return whether the database has a table of this name."""
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (name,))
    return found.fetchone() is not None

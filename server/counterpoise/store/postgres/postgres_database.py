"""A connection to PostgreSQL as the tables of one journal use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import psycopg
from psycopg import sql

from counterpoise.store.database import Rows, Values
from counterpoise.store.postgres.lease import Lease
from counterpoise.store.postgres.schema import JOURNAL_TABLES, SCHEMA

_NAMED = re.compile(r":([a-z]+)\b")


class PostgresDatabase:
    """Runs the statements of a journal's tables, which do not name the session.

    The names of the tables mean temporary views of this connection. They show the rows of the one session, and put its name into
    new rows.

    Args:
        connection: the connection.
        session: name of the session.
        lease: the right to write; ``None`` for a reader.
    """

    def __init__(self, connection: psycopg.Connection, session: str, lease: Lease | None) -> None:
        self._connection, self._lease = connection, lease
        name = sql.Literal(session)
        with connection.transaction():
            for table in JOURNAL_TABLES:
                view, rows = sql.Identifier(table), sql.Identifier(SCHEMA, table)
                connection.execute(
                    sql.SQL("CREATE TEMP VIEW {} AS SELECT * FROM {} WHERE session = {}").format(view, rows, name)
                )
                connection.execute(sql.SQL("ALTER VIEW {} ALTER COLUMN session SET DEFAULT {}").format(view, name))

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        """Run one statement."""
        return self._connection.execute(_as_postgres(statement), values)

    def executemany(self, statement: str, values: Iterable[Values], /) -> object:
        """Run one statement for each of many values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_as_postgres(statement), values)
        return None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block changes when it ends, and take it back if it raises.

        Raises:
            LeaseLostError: another process has claimed the session; the block is not entered.
        """
        with self._connection.transaction():
            if self._lease is not None:
                self._lease.hold(self._connection)
            yield


@cache
def _as_postgres(statement: str) -> str:
    """Return a statement with the placeholders of psycopg. Statements are constants of the program, without literal marks."""
    return _NAMED.sub(r"%(\1)s", statement).replace("?", "%s")

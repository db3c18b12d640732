"""What the tables of a journal need of a database. The same statements run in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Values = Sequence[object] | Mapping[str, object]
"""The values of a statement: in order for ``?``, by name for ``:name``."""


class Rows(Protocol):
    """What a statement returns, row by row."""

    def fetchone(self) -> Any:
        """Return the next row; ``None`` after the last."""

    def __iter__(self) -> Iterator[Any]: ...


class JournalDatabase(Protocol):
    """A connection that sees the tables ``entries``, ``tokens`` and ``snapshots`` of one journal."""

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        """Run one statement."""

    def executemany(self, statement: str, values: Iterable[Values], /) -> object:
        """Run one statement for each of many values."""

    def transaction(self) -> AbstractContextManager[object]:
        """Return a block whose changes are on the disk together when it ends, or not at all if it raises.

        Raises:
            StorageError: in a database that several processes share, another process has taken the journal over.
        """

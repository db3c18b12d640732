"""The play log in the database of a journal: what people did at what time of day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from counterpoise.session.journal.entries import GENESIS
from counterpoise.session.play.log import PlayRow
from counterpoise.store.database import JournalDatabase

_INSERT = "INSERT INTO play_log (number, salt, commitment, chain, body) VALUES (?, ?, ?, ?, ?)"
_ALL = "SELECT number, body, salt, commitment, chain FROM play_log ORDER BY number"
_HEAD = "SELECT number, chain FROM play_log ORDER BY number DESC LIMIT 1"
_ERASE = "UPDATE play_log SET body = ?, salt = ? WHERE number = ?"


class PlayLogTable:
    """The play log of one open journal.

    Args:
        database: the database of the journal.
        exists: whether it has the table: a file that an older release wrote has none.
    """

    def __init__(self, database: JournalDatabase, *, exists: bool = True) -> None:
        self._database, self._exists = database, exists

    def add(self, rows: Sequence[PlayRow]) -> None:
        """Store rows, inside the caller's transaction."""
        if rows:
            values = [(row.number, row.salt, row.commitment, row.chain, row.body) for row in rows]
            self._database.executemany(_INSERT, values)

    def head(self) -> tuple[int, str]:
        """Return the number of rows and the last value of their chain."""
        row = self._database.execute(_HEAD).fetchone() if self._exists else None
        return (0, GENESIS) if row is None else (int(row[0]) + 1, str(row[1]))

    def rows(self) -> Iterator[PlayRow]:
        """Yield the rows, in order."""
        if self._exists:
            for number, body, salt, commitment, chain in self._database.execute(_ALL):
                yield PlayRow(number, bytes(body), bytes(salt), commitment, chain)

    def erase(self, numbers: Iterable[int]) -> None:
        """Erase the bodies and salts of rows, inside the caller's transaction; the chain still verifies over the commitments."""
        self._database.executemany(_ERASE, [(b"", b"", number) for number in numbers])

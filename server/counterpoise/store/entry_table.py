"""The entries in the database of a journal."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoise.errors import JournalError, SnapshotError
from counterpoise.session.journal.entries import GENESIS, Entry, is_kind
from counterpoise.session.snapshot_evidence import LATEST, SnapshotEvidence
from counterpoise.store.database import JournalDatabase

INSERT_ENTRY = "INSERT INTO entries (sequence, tick, kind, salt, commitment, chain, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
_COLUMNS = "SELECT sequence, tick, kind, body, salt, commitment, chain FROM entries"
_FROM = f"{_COLUMNS} WHERE sequence >= ? ORDER BY sequence"
_ENTRY = f"{_COLUMNS} WHERE sequence = ?"
_TEXTS = f"{_COLUMNS} WHERE kind = 'text' AND sequence < ? ORDER BY sequence"
_INPUTS = "SELECT count(*) FROM entries WHERE kind IN ('order', 'command') AND sequence < ?"
_LATEST_INPUTS = (
    f"{_COLUMNS} WHERE kind IN ('order', 'command') AND sequence < ? ORDER BY sequence DESC LIMIT {LATEST:d}"
)
_COMMANDS = f"{_COLUMNS} WHERE kind = 'command' AND sequence < ? ORDER BY sequence"
_LATEST = f"{_COLUMNS} WHERE kind IN (?, ?) AND sequence < ? ORDER BY sequence DESC LIMIT 1"
_HEAD = "SELECT sequence, chain FROM entries ORDER BY sequence DESC LIMIT 1"


def row_of(entry: Entry) -> tuple[object, ...]:
    """Return the values of ``INSERT_ENTRY`` for an entry."""
    return (entry.sequence, entry.tick, entry.kind, entry.salt, entry.commitment, entry.chain, entry.body)


class EntryTable:
    """Reads the entries of one open journal.

    Args:
        database: the database of the journal.
        address: where the journal is, for errors.
    """

    def __init__(self, database: JournalDatabase, address: str) -> None:
        self._database, self._address = database, address

    def head(self) -> tuple[int, str]:
        """Return the number of entries and the last value of the chain."""
        row = self._database.execute(_HEAD).fetchone()
        return (0, GENESIS) if row is None else (int(row[0]) + 1, str(row[1]))

    def entries(self, start: int) -> Iterator[Entry]:
        """Yield the entries from number ``start`` on, in order.

        Raises:
            JournalError: an entry has a kind that this release does not know.
        """
        for sequence, tick, kind, body, salt, commitment, chain in self._database.execute(_FROM, (start,)):
            if not is_kind(kind):
                raise JournalError(
                    self._address,
                    f"entry {sequence}: unknown kind {kind!r}: a newer release wrote it. Upgrade counterpoise.",
                )
            yield Entry(sequence, tick, kind, body, salt, commitment, chain)

    def entry(self, sequence: int) -> Entry | None:
        """Return one entry; ``None`` if there is none with this number."""
        row = self._database.execute(_ENTRY, (sequence,)).fetchone()
        return None if row is None else Entry(*row)

    def texts(self, until: int) -> list[Entry]:
        """Return the text entries before number ``until``."""
        return self._all(_TEXTS, until)

    def evidence(self, until: int) -> SnapshotEvidence:
        """Return what the entries before number ``until`` show of the state there.

        Raises:
            SnapshotError: there are no such entries.
        """
        last = self.entry(until - 1)
        if last is None:
            raise SnapshotError(f"the journal has no entry {until - 1}")
        return SnapshotEvidence(
            last=last,
            inputs=self._database.execute(_INPUTS, (until,)).fetchone()[0],
            latest=self._all(_LATEST_INPUTS, until)[::-1],
            commands=self._all(_COMMANDS, until),
            digest=self._latest(("digest", "end"), until),
            forecast=self._latest(("forecast", ""), until),
            outcome=self._latest(("outcome", ""), until),
            chronicle=self._latest(("chronicle", ""), until),
        )

    def _all(self, statement: str, until: int) -> list[Entry]:
        return [Entry(*row) for row in self._database.execute(statement, (until,))]

    def _latest(self, kinds: tuple[str, str], until: int) -> Entry | None:
        row = self._database.execute(_LATEST, (*kinds, until)).fetchone()
        return None if row is None else Entry(*row)

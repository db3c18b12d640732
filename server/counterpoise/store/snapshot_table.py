"""The snapshots of a journal. They stand outside the hash chain: whoever reads one checks it against the journal."""

from __future__ import annotations

from msgspec import structs

from counterpoise.errors import SnapshotError
from counterpoise.session.session_snapshot import Growth, SessionState, decode_growth, joined, require_whole
from counterpoise.session.stored_snapshots import Packed, StoredSnapshot
from counterpoise.store.database import JournalDatabase

_INSERT = "INSERT INTO snapshots (entries, chain, state, state_sha256, growth, growth_sha256) VALUES (?, ?, ?, ?, ?, ?)"
_MATCHING = (
    "SELECT snapshots.entries FROM snapshots JOIN entries ON entries.sequence = snapshots.entries - 1"
    " AND entries.chain = snapshots.chain WHERE snapshots.entries <= ? ORDER BY snapshots.entries"
)
_GROWTH = "SELECT growth, growth_sha256 FROM snapshots WHERE entries > ? AND entries <= ? ORDER BY entries"
_ONE = "SELECT entries, chain, state, state_sha256, growth, growth_sha256 FROM snapshots WHERE entries = ?"
_LARGEST = 2**62


class SnapshotTable:
    """The snapshots of one open journal.

    Args:
        database: the database of the journal.
        exists: whether it has the table: a file that an older release wrote has none.
    """

    def __init__(self, database: JournalDatabase, *, exists: bool = True) -> None:
        self._database, self._exists = database, exists

    def add(self, snapshot: StoredSnapshot) -> None:
        """Store a snapshot, inside the caller's transaction."""
        state, growth = snapshot.state, snapshot.growth
        row = (snapshot.entries, snapshot.chain, state.body, state.sha256, growth.body, growth.sha256)
        self._database.execute(_INSERT, row)

    def places(self, until: int = _LARGEST) -> list[int]:
        """Return after how many entries each snapshot was taken, up to ``until``, in order.

        A snapshot whose chain value is not the journal's there is left out.
        """
        if not self._exists:
            return []
        return [int(row[0]) for row in self._database.execute(_MATCHING, (until,))]

    def find(self, entries: int) -> StoredSnapshot | None:
        """Return the snapshot after so many entries as it is stored; ``None`` if there is none."""
        row = self._database.execute(_ONE, (entries,)).fetchone() if self._exists else None
        if row is None:
            return None
        count, chain, state, state_sha256, growth, growth_sha256 = row
        return StoredSnapshot(int(count), chain, Packed(state, state_sha256), Packed(growth, growth_sha256))

    def get(self, entries: int) -> StoredSnapshot:
        """Return the snapshot after so many entries as it is stored; raise ``SnapshotError`` if there is none."""
        found = self.find(entries)
        if found is None:
            raise SnapshotError(f"there is no snapshot after {entries} entries")
        return found

    def state_at(self, entries: int) -> SessionState:
        """Return the whole state in a snapshot, with what grew until then put together.

        Raises:
            SnapshotError: the snapshot, or the growth in one before it, is missing, damaged or of another version.
        """
        state = self.get(entries).unpacked()
        return require_whole(structs.replace(state, growth=self.growth_between(0, entries)))

    def growth_between(self, start: int, end: int) -> Growth:
        """Return what grew from the snapshot after ``start`` entries to the one after ``end``, put together.

        Raises:
            SnapshotError: one of the rows is damaged.
        """
        rows = self._database.execute(_GROWTH, (start, end))
        return joined([decode_growth(Packed(*row).raw()) for row in rows])

    def delete_after(self, entries: int) -> None:
        """Delete the snapshots after so many entries; all of them after 0."""
        if self._exists:
            with self._database.transaction():
                self._database.execute("DELETE FROM snapshots WHERE entries > ?", (entries,))

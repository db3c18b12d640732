"""What an ended session keeps in memory: all of it while people ask, and little while nobody does."""

from __future__ import annotations

import asyncio

from counterpoise.session.running_session import Session
from counterpoise.session.stored_snapshots import SnapshotSeries
from counterpoise.store.writer import JournalWriter

KEEP_SECONDS = 30.0
"""How long a room keeps in memory what it can read or compute again, after somebody last asked for it."""


class EndedMemory:
    """Lets an ended session forget what grew during the game, and reads that from the journal when somebody asks.

    The acks, messages, decisions and incidents of 25 years take 30 times the memory of the rest.

    Args:
        session: the session, whole.
        writer: writer of its journal.
        snapshots: makes the snapshots of the journal.
        now: seconds of the monotonic clock.
    """

    def __init__(self, session: Session, writer: JournalWriter, snapshots: SnapshotSeries, now: float) -> None:
        self._session, self._writer, self._snapshots = session, writer, snapshots
        self._asked = now
        self.is_whole = True
        """Whether the session has what grew."""

    async def make_whole(self, now: float) -> None:
        """Read what grew, unless the session has it. Call this before the session is asked for anything.

        Raises:
            StorageError: the journal cannot be read.
            SnapshotError: its last snapshot is damaged.
        """
        self._asked = now
        if not self.is_whole:
            state = await self._writer.call(lambda journal: journal.snapshots.state_at(journal.head()[0]))
            await asyncio.to_thread(self._session.adopt, state)
            self.is_whole = True

    def wait_seconds(self, now: float) -> float | None:
        """Return the seconds until the session may forget what grew; ``None`` if it has forgotten or is not over."""
        if self._session.phase != "ended" or not self.is_whole:
            return None
        return max(0.0, self._asked + KEEP_SECONDS - now)

    async def save(self, now: float) -> None:
        """Forget what grew, if nobody has asked for so long. The journal has it in the snapshot after its last entry.

        Raises:
            StorageError: the journal cannot be read or written.
        """
        if self.wait_seconds(now) != 0.0:
            return
        stored = await self._writer.call(lambda journal: journal.snapshots.find(journal.head()[0]))
        if stored is None:  # an older release wrote the journal, or its snapshots were damaged
            stored = self._snapshots.take(self._session)
            await self._writer.call(lambda journal, taken=stored: journal.append_snapshot(taken))  # type: ignore[misc]
        await asyncio.to_thread(self._session.adopt, stored.unpacked())
        self.is_whole = False
        await self._writer.call(lambda journal: journal.tidy())

"""Snapshots as a journal stores them: the state after a window has opened, and what has grown since the snapshot before."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import structs

from counterpoise.errors import SnapshotError
from counterpoise.session.journal.entries import DIGESTED, INPUTS, Entry
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import Growth, GrowthCounts, SessionState, decode_state, encode_state
from counterpoise.sim.digest import digest

EVERY_ENTRIES = 100
"""A snapshot is stored with the first window that opens after so many entries, and at the end of the game."""
_LEVEL = 1
"""The compression: the fastest. Slower levels save a tenth of the size and take several times as long."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Compressed bytes and their SHA-256 in hex."""

    body: bytes
    sha256: str

    @classmethod
    def of(cls, raw: bytes) -> Packed:
        """Return bytes, compressed."""
        body = zlib.compress(raw, _LEVEL)
        return cls(body, hashlib.sha256(body).hexdigest())

    def raw(self) -> bytes:
        """Return the bytes that were compressed; raises ``SnapshotError`` if they are damaged."""
        if hashlib.sha256(self.body).hexdigest() != self.sha256:
            raise SnapshotError("damaged: the bytes do not match their SHA-256")
        try:
            return zlib.decompress(self.body)
        except zlib.error as error:
            raise SnapshotError(f"damaged: {error}") from None


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """One row of a journal's snapshots."""

    entries: int
    """After how many entries it was taken."""
    chain: str
    """The chain value there."""
    state: Packed
    """The state, without the parts that only grow."""
    growth: Packed
    """What is new in those parts since the snapshot before."""

    def unpacked(self) -> SessionState:
        """Return the state, without its growth.

        Raises:
            SnapshotError: it is damaged, of another version, or not of this row.
        """
        state = decode_state(self.state.raw())
        if (state.entries, state.chain) != (self.entries, self.chain):
            raise SnapshotError(f"damaged: it was taken after {state.entries} entries, not after {self.entries}")
        return state


class SnapshotSeries:
    """Makes the snapshots of one journal, each with what has grown since the one before.

    Args:
        state: the last snapshot in the journal; ``None`` if it has none.
        every: a snapshot is due after so many entries.
    """

    def __init__(self, state: SessionState | None = None, *, every: int = EVERY_ENTRIES) -> None:
        self._every = every
        self._entries = 0 if state is None else state.entries
        self._counts = GrowthCounts() if state is None else state.counts

    def due(self, session: Session, written: Sequence[Entry]) -> StoredSnapshot | None:
        """Return the snapshot to store together with the entries just written; ``None`` if none is due.

        A snapshot is taken only where the last thing written is a window that opened, or the end, so that the digest among
        the entries is the digest of the snapshot's world.
        """
        if not written or not end_with_digest(written):
            return None
        if written[-1].sequence + 1 - self._entries < self._every and session.phase != "ended":
            return None
        return self.take(session)

    def take(self, session: Session) -> StoredSnapshot:
        """Return a snapshot of a session whose entries have been taken."""
        state = session.state(self._counts)
        self._entries, self._counts = state.entries, state.counts
        growth = Packed.of(encode_state(state.growth))
        rest = Packed.of(encode_state(structs.replace(state, growth=Growth())))
        return StoredSnapshot(state.entries, state.chain, rest, growth)


def require_world(session: Session, entry: Entry | None) -> None:
    """Check that the world of a restored session is the one that its journal recorded.

    Args:
        session: just restored.
        entry: the last digest or end before the snapshot.

    Raises:
        SnapshotError: there is no such entry, or it has another digest.
    """
    if entry is None or entry.is_redacted or entry.content().get("digest") != digest(session.simulation.world):
        raise SnapshotError("the world in it is not the one whose digest the journal has")


def end_with_digest(written: Sequence[Entry]) -> bool:
    """Tell whether no input follows the last digest of the world among some entries."""
    for entry in reversed(written):
        if entry.kind in DIGESTED:
            return True
        if entry.kind in INPUTS or entry.kind == "text":
            return False
    return False

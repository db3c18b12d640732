"""A session's state as bytes: everything on which its future depends, except the header and the texts of its journal.

What only grows (acks, receipts, messages, decisions, incidents) stands apart from the rest, in ``Growth``, so that a journal
with many snapshots stores each part once: every stored snapshot has what is new since the one before.

A snapshot contains no text that a person typed, only references to the journal's text entries: where a text is erased from
the journal, no snapshot keeps it. (Journals of format 1 have no text entries; nothing can be erased from them.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar

import msgspec

from counterpoise.errors import SnapshotError
from counterpoise.session.commands import Pace
from counterpoise.session.message_streams import REMEMBERED, StreamState
from counterpoise.session.orders.acknowledgements import GivenState
from counterpoise.session.orders.pending_orders import WaitingOrder
from counterpoise.session.orders.talk import TalkState
from counterpoise.session.orders.teams import Team
from counterpoise.session.orders.waiting_injects import WaitingInject
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.wire.checkpoints import Checkpoint
from counterpoise.wire.messages import Phase

T = TypeVar("T", bound=msgspec.Struct)
Occasion = Literal["window", "call"]
"""What the clock stopped for."""
SESSION_SNAPSHOT_VERSION = 7
"""Rises whenever the encoding changes. A snapshot of another version is refused; the journal is replayed instead."""


class GrowthCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much there is of each part that only grows."""

    acks: int = 0
    decisions: int = 0
    structures: int = 0
    incidents: int = 0
    receipts: dict[str, int] = {}
    """By address."""

    def plus(self, other: GrowthCounts) -> GrowthCounts:
        """Return the sum of both."""
        receipts = {**self.receipts}
        for address, count in other.receipts.items():
            receipts[address] = receipts.get(address, 0) + count
        return GrowthCounts(
            self.acks + other.acks,
            self.decisions + other.decisions,
            self.structures + other.structures,
            self.incidents + other.incidents,
            receipts,
        )


class Growth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is new since an earlier snapshot, or since the start, in the parts that only grow."""

    acks: dict[str, GivenState] = {}
    decisions: list[bytes] = []
    """The decisions that have been made, packed."""
    structures: list[Structure] = []
    incidents: list[Incident] = []
    streams: dict[str, StreamState] = {}

    def counts(self) -> GrowthCounts:
        """Return how much there is of each part."""
        receipts = {address: len(stream.receipts) for address, stream in self.streams.items()}
        return GrowthCounts(len(self.acks), len(self.decisions), len(self.structures), len(self.incidents), receipts)


class SessionState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The state of a session after an entry of its journal."""

    version: int = SESSION_SNAPSHOT_VERSION
    entries: int
    """How many entries the journal has."""
    chain: str
    """The chain value of the last of them; a snapshot belongs to the journal that has it there."""
    simulation: bytes
    """The bytes of ``engine.Simulation.snapshot``, without the incidents."""
    phase: Phase
    pace: Pace
    occasion: Occasion
    called: tuple[ActorId, ...]
    players: dict[str, str]
    evidence_shown: bool
    """Whether players and observers are shown how the evidence stands."""
    pause_reason: str = ""
    """Why the moderator paused the session last: a reference to the text, or nothing."""
    pause_seconds: float = 0.0
    """After how long that pause ends by itself; 0 for never."""
    injects: list[WaitingInject] = []
    """The moderator's injects that wait for the clock to move."""
    last_tick: int
    """The tick of the last entry."""
    chronicled: int
    """How many incidents the chronicle holds."""
    pending: dict[ActorId, list[WaitingOrder]]
    """The orders that wait for the clock to move, by seat."""
    order_counts: dict[ActorId, int]
    talk: TalkState
    teams: dict[ActorId, Team]
    """The people of the seats that several share."""
    open_decisions: list[DecisionRecord]
    """The decisions of the open window, without outcomes."""
    checkpoint: Checkpoint | None
    """The last checkpoint in the journal."""
    counts: GrowthCounts
    """How much there is, from the start, of each part that only grows."""
    growth: Growth
    """All of it in a whole snapshot; in a stored one it stands apart."""


_encoder = msgspec.msgpack.Encoder()


def encode_state(state: SessionState | Growth) -> bytes:
    """Return a state or a growth as MessagePack. Equal states give equal bytes."""
    return _encoder.encode(state)


def decode_session(snapshot: bytes) -> SessionState:
    """Return the whole state that ``Session.snapshot`` made bytes.

    Raises:
        SnapshotError: the bytes are no snapshot of a session, or one of another version.
    """
    return require_whole(decode_state(snapshot))


def decode_state(encoded: bytes) -> SessionState:
    """Return a state that ``encode_state`` made bytes, whose growth may stand apart; see ``decode_session``."""
    state = _decoded(encoded, SessionState)
    if state.version != SESSION_SNAPSHOT_VERSION:
        found = f"the snapshot has version {state.version}"
        raise SnapshotError(f"{found}; this release reads version {SESSION_SNAPSHOT_VERSION}")
    return state


def copy_of(state: SessionState) -> SessionState:
    """Return a state that shares nothing with the session it was taken from."""
    return decode_state(encode_state(state))


def decode_growth(encoded: bytes) -> Growth:
    """Return a growth that ``encode_state`` made bytes; raises ``SnapshotError`` if the bytes are none."""
    return _decoded(encoded, Growth)


def joined(parts: Sequence[Growth]) -> Growth:
    """Return the growth from the start, from what each stored snapshot has."""
    whole = Growth({}, [], [], [], {})
    for part in parts:
        whole.acks.update(part.acks)
        whole.decisions.extend(part.decisions)
        whole.structures.extend(part.structures)
        whole.incidents.extend(part.incidents)
        for address, stream in part.streams.items():
            known = whole.streams.get(address)
            receipts, recent = ([], []) if known is None else (known.receipts, known.recent)
            receipts.extend(stream.receipts)
            recent.extend(stream.recent)
            del recent[:-REMEMBERED]
            whole.streams[address] = StreamState(stream.chain, receipts, recent)
    return whole


def require_whole(state: SessionState) -> SessionState:
    """Return a state; raise ``SnapshotError`` if a part that only grows is not complete in it."""
    if state.growth.counts() != state.counts:
        raise SnapshotError("these bytes are not a snapshot of a session: acks, messages or decisions are missing")
    return state


def _decoded(encoded: bytes, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(encoded, type=kind)
    except msgspec.MsgspecError as error:
        raise SnapshotError(f"these bytes are not a snapshot of a session: {error}") from None

"""A session's state as bytes: everything that its future depends on, except the header of its journal."""

from __future__ import annotations

from typing import Literal

import msgspec

from counterpoise.errors import SnapshotError
from counterpoise.session.acknowledgements import GivenState
from counterpoise.session.commands import Pace
from counterpoise.session.forecast_ledger import LedgerState
from counterpoise.session.message_streams import StreamState
from counterpoise.sim.types import ActorId
from counterpoise.wire.messages import Phase

Occasion = Literal["window", "call"]
"""What the clock stopped for."""
SESSION_SNAPSHOT_VERSION = 1
"""Rises whenever the encoding changes. A snapshot of another version is refused; the journal is replayed instead."""


class SessionState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole state of a session after an entry of its journal."""

    version: int
    entries: int
    """How many entries the journal has."""
    chain: str
    """The chain value of the last of them; a snapshot belongs to the journal that has it there."""
    simulation: bytes
    """The bytes of ``engine.Simulation.snapshot``."""
    phase: Phase
    pace: Pace
    occasion: Occasion
    called: tuple[ActorId, ...]
    players: dict[str, str]
    last_tick: int
    """The tick of the last entry."""
    chronicled: int
    """How many incidents the chronicle holds."""
    pending: dict[ActorId, list[dict[str, object]]]
    """The orders that wait for the clock to move, by seat."""
    order_counts: dict[ActorId, int]
    acks: dict[str, GivenState]
    ledger: LedgerState
    texts: dict[int, str]
    streams: dict[str, StreamState]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(SessionState)


def encode_session(state: SessionState) -> bytes:
    """Return a state as MessagePack. Equal states give equal bytes."""
    return _encoder.encode(state)


def decode_session(snapshot: bytes) -> SessionState:
    """Return the state that ``encode_session`` made bytes.

    Raises:
        SnapshotError: the bytes are no snapshot of a session, or one of another version.
    """
    try:
        state = _decoder.decode(snapshot)
    except msgspec.MsgspecError as error:
        raise SnapshotError(f"these bytes are not a snapshot of a session: {error}") from None
    if state.version != SESSION_SNAPSHOT_VERSION:
        found = f"the snapshot has version {state.version}"
        raise SnapshotError(f"{found}; this release reads version {SESSION_SNAPSHOT_VERSION}")
    return state

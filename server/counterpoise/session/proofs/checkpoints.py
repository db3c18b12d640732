"""Checkpoints in a journal: written where a server signs, repeated by a replay, read by whoever checks signatures.

A checkpoint says how the journal stands before it: the number of entries, the last value of the chain, and for each address
the number of its last message and the chain over its messages. The clients get a salted hash of this, because the number of
entries would tell a player how much the others order. The signature covers the hash, the session's name, the moment, the
scenario and the commitment to the seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec
from msgspec import structs

from counterpoise.errors import DivergenceError
from counterpoise.session.journal.entries import DIGESTED, Entry, canonical, commitment_of
from counterpoise.session.running_session import Session
from counterpoise.wire.checkpoints import Checkpoint
from counterpoise.wire.messages import Phase

Heads = dict[str, tuple[int, str]]


class Signer(Protocol):
    """Signs for a server."""

    @property
    def public(self) -> str:
        """The public Ed25519 key, 64 hex digits."""

    def sign(self, statement: bytes) -> str:
        """Return the signature of a statement, 128 hex digits."""


class CheckpointBody(msgspec.Struct, frozen=True):
    """The body of a ``checkpoint`` entry."""

    phase: Phase
    entries: int
    """How many entries there are before it."""
    head: str
    """The chain value of the last of them."""
    streams: Heads
    """For each address, how many messages it has got, and the chain over them."""
    salt: str
    """Salts the hash that the clients get, in hex."""
    key: str
    """The server's public Ed25519 key."""
    signature: str

    def journal(self) -> str:
        """Return the salted hash that the clients get."""
        facts = {"entries": self.entries, "head": self.head, "streams": self.streams}
        return commitment_of(bytes.fromhex(self.salt), canonical(facts))


def is_due(written: Sequence[Entry]) -> bool:
    """Tell whether the entries just written call for a checkpoint: the journal begins, a window opens, or the game ends."""
    return any(entry.kind == "header" or entry.kind in DIGESTED for entry in written)


def write_checkpoint(session: Session, signer: Signer, salt: bytes) -> Checkpoint:
    """Write a checkpoint after the last entry of a session and return it as the clients get it.

    Args:
        session: what it wrote before is journalled together with the checkpoint, or has been.
        signer: signs for the server.
        salt: random bytes.
    """
    unsigned = _unsigned(session, salt.hex(), signer.public)
    statement = _published(session, unsigned).statement()
    return _write(session, structs.replace(unsigned, signature=signer.sign(statement)))


def repeat_checkpoint(session: Session, entry: Entry, source: str) -> None:
    """Write a checkpoint of the journal that is replayed again, if it says how the session stands.

    Raises:
        DivergenceError: the checkpoint says otherwise.
    """
    body = body_of(entry)
    stands = _unsigned(session, body.salt, body.key)
    if not session.messages.streams:
        # Nobody listens to this replay, so it has no messages to compare.
        stands = structs.replace(stands, streams=body.streams)
    if stands != structs.replace(body, signature=""):
        told = f"a checkpoint after {body.entries} entries, {body.head[:12]}"
        here = f"{stands.entries} entries, {stands.head[:12]}, or other messages to the seats"
        raise DivergenceError(source, entry.tick, told, here)
    _write(session, body)


def body_of(entry: Entry) -> CheckpointBody:
    """Return the body of a checkpoint, whose form has been checked."""
    return msgspec.json.decode(entry.body, type=CheckpointBody)


def counts_messages(entries: Sequence[Entry]) -> bool:
    """Tell whether the first checkpoint counts messages, erased ones aside: only a replay that numbers them can compare it."""
    first = next((entry for entry in entries if entry.kind == "checkpoint" and not entry.is_redacted), None)
    return first is not None and bool(body_of(first).streams)


def checkpoints_in(entries: Sequence[Entry], session: Session) -> Iterator[tuple[Entry, Checkpoint]]:
    """Yield the checkpoints of a journal, each with its entry, as the clients got them; one that was erased is left out.

    Args:
        entries: the journal, whole.
        session: made from its header.
    """
    calendar = session.simulation.world.calendar
    for entry in entries:
        if entry.kind == "checkpoint" and not entry.is_redacted:
            yield entry, _as_published(session, body_of(entry), entry.tick, calendar.iso(entry.tick))


def _unsigned(session: Session, salt: str, key: str) -> CheckpointBody:
    """Return the body of a checkpoint that says how a session stands."""
    journal, heads = session.journal, session.messages.heads()
    return CheckpointBody(session.phase, journal.length, journal.chain.head, heads, salt, key, signature="")


def _write(session: Session, body: CheckpointBody) -> Checkpoint:
    session.journal.write(session.now, "checkpoint", msgspec.to_builtins(body))
    session.checkpoint = _published(session, body)
    return session.checkpoint


def _published(session: Session, body: CheckpointBody) -> Checkpoint:
    return _as_published(session, body, session.now, session.simulation.world.calendar.iso(session.now))


def _as_published(session: Session, body: CheckpointBody, tick: int, date: str) -> Checkpoint:
    """Return a checkpoint as the clients get it."""
    return Checkpoint(
        session=session.id,
        phase=body.phase,
        tick=tick,
        date=date,
        scenario_hash=session.scenario_hash,
        seed_commitment=session.seed_commitment,
        journal=body.journal(),
        key=body.key,
        signature=body.signature,
    )

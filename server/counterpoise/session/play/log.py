"""The play log: what people and programs did, and at what time of day. It stands beside the journal, which commits to it.

Each row commits to its body by ``SHA-256(salt || body)``, and a chain runs over the commitments, as in the journal. At each stop
of the clock the journal gets a ``play`` entry with the number of rows so far and the chain's value, so that a changed row is
found. The body and the salt of a row can be erased, when the person in it is purged; everything else still verifies.

A replay writes the same ``play`` entries again and needs no row. No row has a name: ``participant`` is a pseudonym.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from counterpoise.session.journal.entries import GENESIS, Entry, canonical, commitment_of

PlayKind = Literal[
    "served",
    "stopped",
    "stop",
    "phase",
    "order",
    "withdrawal",
    "command",
    "ready",
    "refusal",
    "connected",
    "left",
    "seat",
    "consent",
]
ClientKind = Literal["browser", "sdk", "bot", "other"]


class PlayEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened while a session was served."""

    at: float
    """Seconds since 1970, by the clock of the server."""
    kind: PlayKind
    tick: int
    seat: str = ""
    participant: str = ""
    """The pseudonym of the person, or of the program that joined over the network; empty for the server and its bots."""
    client: ClientKind | Literal[""] = ""
    role: str = ""
    entry: int = -1
    """The number of the journal's entry that it wrote, if it wrote one."""
    detail: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class PlayRow:
    """A row of the play log. One that was purged has an empty body and an empty salt."""

    number: int
    body: bytes
    salt: bytes
    commitment: str
    chain: str

    @property
    def is_purged(self) -> bool:
        """Whether the body was erased."""
        return not self.body and not self.salt

    def event(self) -> PlayEvent:
        """Return what happened; raises ``msgspec.MsgspecError`` if the body is no event or was erased."""
        return msgspec.json.decode(self.body, type=PlayEvent)


class PlaySeal(msgspec.Struct, frozen=True):
    """The body of a ``play`` entry of the journal."""

    rows: int
    """How many rows there were."""
    head: str
    """The chain value of the last of them."""


def link(previous: str, number: int, commitment: str) -> str:
    """Return the next value of the chain over the rows."""
    return hashlib.sha256(f"{previous}|{number}|{commitment}".encode()).hexdigest()


class PlayChain:
    """Makes the rows of one play log.

    Args:
        salt: returns the salt of a row, random bytes.
        length: how many rows there are already.
        head: the chain value of the last of them.
    """

    def __init__(self, salt: Callable[[], bytes], length: int = 0, head: str = GENESIS) -> None:
        self._salt, self.length, self.head = salt, length, head

    def row(self, event: PlayEvent) -> PlayRow:
        """Return the next row."""
        body, salt = canonical(event), self._salt()
        commitment = commitment_of(salt, body)
        self.head = link(self.head, self.length, commitment)
        self.length += 1
        return PlayRow(self.length - 1, body, salt, commitment, self.head)

    def seal(self) -> PlaySeal:
        """Return what the journal says of the rows so far."""
        return PlaySeal(self.length, self.head)


def problem_in(rows: Iterable[PlayRow]) -> str:
    """Return what is wrong with the first row that does not fit the chain; empty if all fit.

    A purged row fits by its commitment.
    """
    head = GENESIS
    for expected, row in enumerate(rows):
        if row.number != expected:
            return f"row {expected} of the play log is missing"
        if not row.is_purged and commitment_of(row.salt, row.body) != row.commitment:
            return f"row {row.number} of the play log does not match its commitment: it was changed"
        head = link(head, row.number, row.commitment)
        if head != row.chain:
            return f"row {row.number} of the play log, or one before it, was changed"
    return ""


def seals_in(entries: Iterable[Entry]) -> list[tuple[Entry, PlaySeal]]:
    """Return what a journal says of its play log, oldest first. The form of the entries has been checked."""
    return [(entry, msgspec.json.decode(entry.body, type=PlaySeal)) for entry in entries if entry.kind == "play"]


class CheckedPlayLog(msgspec.Struct, frozen=True):
    """What a comparison of a play log with its journal has found."""

    rows: int
    """How many rows there are."""
    sealed: int
    """How many of them the journal commits to; the others came after its last stop."""
    purged: int
    """How many were erased because a person was purged. Everything else is as it was written."""
    problem: str = ""
    """Why the play log is not the one that the journal commits to; empty if it is."""


def compared(rows: Sequence[PlayRow], entries: Iterable[Entry]) -> CheckedPlayLog:
    """Compare a play log with what its journal says of it."""
    seals, problem = seals_in(entries), problem_in(rows)
    sealed = seals[-1][1].rows if seals else 0
    for entry, seal in seals if not problem else ():
        if seal.rows > len(rows):
            problem = f"entry {entry.sequence} commits to {seal.rows} rows of the play log, and there are {len(rows)}"
        elif seal.head != (rows[seal.rows - 1].chain if seal.rows else GENESIS):
            problem = f"entry {entry.sequence} commits to other rows of the play log up to row {seal.rows - 1}"
        if problem:
            break
    return CheckedPlayLog(len(rows), min(sealed, len(rows)), sum(1 for row in rows if row.is_purged), problem)

"""What must hold in every simulation, whatever fails."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from msgspec import structs

from counterpoise.errors import JournalError
from counterpoise.session.journal.entries import INPUTS, Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.digest import digest
from counterpoise.sim.types import ActorId
from counterpoise.simulation.disk import Disk
from counterpoise.simulation.network import Frame
from counterpoise.simulation.people import CONFIDENTIAL, Heard, Numbered
from counterpoise.simulation.plans import MODERATOR, PLAYERS
from counterpoise.wire.codec import Codec
from counterpoise.wire.messages import Ack

CHAIN_DIGITS = 16
"""The digits of a receipt that depend on the messages alone."""
_ACK = re.compile(rb"^.\xa1t\xa3ack")
_CONFIDENTIAL = re.compile(CONFIDENTIAL.encode() + rb" ([A-Z+]+) number")


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that a simulation has seen broken.

    Args:
        promise: the same words for the same promise.
        detail: what was seen, and where.
    """

    promise: str
    detail: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.detail}"


class FrameCheck:
    """Looks at each frame that the server sends, at the moment at which it sends it.

    Args:
        disk: has said what is on it.
        codec: of all connections.
    """

    def __init__(self, disk: Disk, codec: Codec) -> None:
        self.violations: list[Violation] = []
        self._disk, self._codec = disk, codec

    def look(self, client: str, frame: Frame) -> None:
        """Look at a frame to a client."""
        assert isinstance(frame, bytes), "every simulated client speaks msgpack"
        if _ACK.match(frame):
            ack = self._codec.decode_server(frame)
            if isinstance(ack, Ack) and ack.id and ack.id not in self._disk.inputs:
                self._report("no ack before its sync", f"{client} got the ack of {ack.id}, which is not on the disk")
        for found in _CONFIDENTIAL.finditer(frame):
            if client not in (MODERATOR, *found[1].decode().split("+")):
                self._report("no seat learns what others write to each other", f"{client} got {found[0].decode()!r}")

    def _report(self, promise: str, detail: str) -> None:
        self.violations.append(Violation(promise, detail))


def check_journal(entries: Sequence[Entry], heard: Iterable[Heard]) -> list[Violation]:
    """Check that every acknowledged order is in the journal, and every order once."""
    given = Counter(entry.content()["id"] for entry in entries if entry.kind in INPUTS)
    doubled = [
        Violation("an order counts once", f"{name} is in the journal {count} times")
        for name, count in given.items()
        if count > 1
    ]
    lost = [
        Violation("no acknowledged order is lost", f"{each.name} has the ack of {name}, which is not in the journal")
        for each in heard
        for name in each.acks
        if name not in given
    ]
    return doubled + lost


def check_replay(entries: Sequence[Entry], heard: Mapping[str, Heard], live: Session | None) -> list[Violation]:
    """Play the journal again, and compare what comes of it with the live session and with what the clients were told."""
    unseen = {seat: dict(heard[seat].views) for seat in PLAYERS}

    def look(session: Session) -> None:
        for seat in PLAYERS:
            key = session.messages.head(seat)[0], session.now
            told = unseen[seat].get(key)
            if told is not None and told == _shown(session, ActorId(seat)):
                del unseen[seat][key]

    try:
        played = replay(entries, "the journal", streaming=True, progress=look)
    except JournalError as error:
        return [Violation("the journal can be played again", str(error))]
    violations = []
    if live is not None and live.phase != "ended" and digest(played.simulation.world) != digest(live.simulation.world):
        violations.append(Violation("replay and live agree", f"on day {live.now} the worlds differ"))
    # The clock may also stop on a day of which there is no entry; a replay does not stop there.
    stops = {entry.tick for entry in entries}
    violations.extend(
        Violation("views are what a replay shows", f"{seat}, message {vseq}, day {tick}")
        for seat, views in unseen.items()
        for vseq, tick in views
        if tick in stops
    )
    violations.extend(_check_messages(played, heard.values()))
    return violations


def _shown(session: Session, seat: ActorId) -> bytes:
    """Return the view that a replay shows a seat; nothing if it cannot be made, so that it agrees with nothing."""
    try:
        return msgspec.json.encode(session.view(seat))
    except LookupError:  # a view that was not renewed names what is gone
        return b""


def _check_messages(played: Session, heard: Iterable[Heard]) -> list[Violation]:
    """Compare the numbered messages that each address got with those of a replay.

    An ack has nothing but an id beside its number; the receipt covers it.
    """
    sent = {(address, message.vseq): _content(message) for address, message in played.take_outputs()}
    violations = []
    for each in heard:
        last, _ = played.messages.head(each.name)
        for vseq, message in each.numbered.items():
            known = played.messages.receipt_of(each.name, vseq) if vseq <= last else ""
            is_same = known[:CHAIN_DIGITS] == message.receipt[:CHAIN_DIGITS]
            if not is_same or (not isinstance(message, Ack) and sent[each.name, vseq] != _content(message)):
                found = sent.get((each.name, vseq))
                detail = f"{each.name}, message {vseq}: {message}, in the replay {found!r}"
                violations.append(Violation("messages are what a replay sends", detail))
    return violations


def _content(message: Numbered) -> bytes:
    return msgspec.json.encode(structs.replace(message, receipt=""))

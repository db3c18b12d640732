"""What a session keeps of talk beside the messages themselves: its limits, which bots have heard what, and read marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal

import msgspec

from counterpoise.errors import OrderError
from counterpoise.session.journal.free_text import FreeTexts
from counterpoise.sim.bot import HEARD_PER_WINDOW
from counterpoise.sim.engine import Simulation
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import can_see, incident_fields
from counterpoise.sim.world import Incident, World

MESSAGES_PER_WINDOW = 200
"""A seat's messages in one window of decision: more than people write, and a bound on memory."""
NOTES_THREAD = "moderator"
"""The thread of a seat with the moderator, among its read marks."""
MESSAGES_SHOWN = 500
"""How many of the latest messages a client is sent when it starts afresh."""


class TalkState(msgspec.Struct, frozen=True):
    """The state of a session's talk, for a snapshot."""

    written: dict[ActorId, int] = {}
    """How many messages each seat has written since the window opened."""
    listed: dict[ActorId, int] = {}
    """About how many messages since the window opened the bot of each seat was asked or is to be asked."""
    unheard: list[tuple[ActorId, int]] = []
    """Those about which the bots are still to be asked, each with the seat that got it."""
    read: dict[ActorId, dict[str, int]] = {}
    """How many messages of each thread each seat has read."""


class Talk:
    """The talk of a session.

    Args:
        state: of a session that is restored.
    """

    def __init__(self, state: TalkState | None = None) -> None:
        known = state or TalkState()
        self._written, self._listed = dict(known.written), dict(known.listed)
        self._unheard = list(known.unheard)
        self._read = {seat: dict(marks) for seat, marks in known.read.items()}

    def state(self) -> TalkState:
        """Return the state. Encode it before the session moves on."""
        return TalkState(self._written, self._listed, self._unheard, self._read)

    def count_anew(self) -> None:
        """Begin to count anew, because a window opens or the session ends; bots find what was written before in their views."""
        self._written.clear()
        self._listed.clear()
        self._unheard.clear()

    def require_place(self, seat: ActorId) -> None:
        """Raise ``OrderError`` if a seat has written all the messages it may write in one window."""
        if self._written.get(seat, 0) >= MESSAGES_PER_WINDOW:
            got = f"this seat has written {MESSAGES_PER_WINDOW} messages in this window, the most allowed. Wait for the next."
            raise OrderError("too_many", "$", "", got, "too_many_messages", {"most": MESSAGES_PER_WINDOW})

    def note_messages(self, incidents: Iterable[Incident], active: Sequence[ActorId]) -> None:
        """Count the messages among new incidents, and list the first of a window for the seats that got them, in order."""
        for incident in incidents:
            if incident.kind != "message":
                continue
            writer = incident.actors[0]
            self._written[writer] = self._written.get(writer, 0) + 1
            for seat in active:
                listed, reads = self._listed.get(seat, 0), incident.audience is None or seat in incident.audience
                if seat != writer and reads and listed < HEARD_PER_WINDOW:
                    self._listed[seat] = listed + 1
                    self._unheard.append((seat, incident.id))

    def unheard(self) -> list[tuple[ActorId, int]]:
        """Return the seats and messages about which bots may be asked now, the oldest message first."""
        return list(self._unheard)

    def require_unheard(self, seat: ActorId, message: int) -> None:
        """Raise ``OrderError`` unless the bot of a seat may be asked about a message now."""
        if (seat, message) not in self._unheard:
            raise OrderError(
                "illegal", "$.command.message", "a message to this seat that its bot has not heard", str(message)
            )

    def note_heard(self, seat: ActorId, message: int) -> None:
        """Note that the bot of a seat is asked about a message."""
        self._unheard.remove((seat, message))

    def read_by(self, seat: ActorId) -> dict[str, int]:
        """Return how many messages of each thread a seat has read."""
        return dict(self._read.get(seat, {}))

    def mark_read(self, seat: ActorId, thread: str, number: int) -> None:
        """Note that a seat has read a thread up to a message; a mark never goes back."""
        marks = self._read.setdefault(seat, {})
        marks[thread] = max(number, marks.get(thread, 0))


def messages_for(
    world: World, texts: FreeTexts, seat: ActorId | None, latest: int = MESSAGES_SHOWN
) -> list[dict[str, Any]]:
    """Return the latest messages and notes that a seat may read, oldest first; all for ``None``, the moderator."""
    written = (one for one in reversed(world.incidents) if one.kind in ("message", "note"))
    read = (one for one in written if seat is None or can_see(seat, one))
    found = [texts.filled_incident(incident_fields(world, one)) for one in islice(read, latest)]
    return found[::-1]


def message_of(world: World, texts: FreeTexts, number: int) -> dict[str, Any]:
    """Return the message with an incident's number, as views show it."""
    found = next(one for one in _newest_first(world) if one.id == number)
    return texts.filled_incident(incident_fields(world, found))


def _newest_first(world: World) -> Iterator[Incident]:
    return (one for one in reversed(world.incidents) if one.kind == "message")


def require_message(world: World, seat: ActorId, thread: str, number: int) -> None:
    """Raise ``OrderError`` unless a thread that a seat reads has a message of this number."""
    if thread == NOTES_THREAD:
        count = _notes_of(world, seat)
        if number > count:
            raise OrderError("illegal", "$.number", f"a note of this thread, which has {count}", str(number))
        return
    found = world.talk.threads.get(thread)
    if found is None or not found.is_read_by(seat):
        raise OrderError("illegal", "$.thread", "a thread of yours", thread)
    if number > found.count:
        raise OrderError("illegal", "$.number", f"a message of this thread, which has {found.count}", str(number))


def write_note(simulation: Simulation, seat: ActorId, by: Literal["seat", "moderator"], text: str) -> None:
    """Record a note between a seat and the moderator, which only the two read.

    Args:
        simulation: the session's.
        seat: the seat.
        by: who wrote it.
        text: the reference to its words.
    """
    number = _notes_of(simulation.world, seat) + 1
    simulation.record("note", seat, audience=(seat,), by=by, number=number, text=text)


def _notes_of(world: World, seat: ActorId) -> int:
    return sum(1 for one in world.incidents if one.kind == "note" and one.actors[0] == seat)

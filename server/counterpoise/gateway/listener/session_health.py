"""The health of each session, for operators: whether it is served, where its clock stands, and who is connected."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from counterpoise.gateway.hub import Hub
from counterpoise.gateway.room import Room
from counterpoise.session.published_messages import MODERATOR, OBSERVER
from counterpoise.wire.messages import Phase


class SessionHealth(msgspec.Struct, frozen=True, kw_only=True):
    """The health of one session. It says nothing of orders, calls or texts, which operators have no part in."""

    session: str
    phase: Phase
    ready: bool
    """Whether clients are served. A session that has ended and is not loaded is served to whoever asks."""
    frozen: bool = False
    """Whether the server has stopped the clock, because a client proved that the journal has lost messages."""
    problem: str = ""
    """Why the session is not served."""
    loaded: bool = True
    """Whether the session is in memory."""
    date: str | None = None
    """The simulated date; ``None`` if the session is not loaded."""
    seats: int = 0
    people: int = 0
    """How many seats people hold, connected or not."""
    moderators: int = 0
    """How many connections moderators have."""
    observers: int = 0
    connections: int = 0
    """How many connections there are, those of players included."""


def health_of_all(hub: Hub) -> list[SessionHealth]:
    """Return the health of every session of a server."""
    return list(_each(hub))


def health_of(hub: Hub, session: str) -> SessionHealth | None:
    """Return the health of a session; ``None`` if there is none with this name."""
    return next((health for health in _each(hub) if health.session == session), None)


def _each(hub: Hub) -> Iterator[SessionHealth]:
    for name, room in hub.rooms.items():
        yield _of_room(name, room)
    for name in hub.ended:
        yield SessionHealth(session=name, phase="ended", ready=True, loaded=False)


def _of_room(name: str, room: Room) -> SessionHealth:
    session, held = room.session, room.seats.by_id.values()
    addresses = [address for address, _ in room.audience.connections()]
    return SessionHealth(
        session=name,
        phase=session.phase,
        ready=not room.failure,
        frozen=room.loss.is_found,
        problem="" if room.failure is None else type(room.failure).__name__,
        date=session.simulation.world.calendar.iso(session.now),
        seats=len(held),
        people=sum(seat.occupant == "human" for seat in held),
        moderators=addresses.count(MODERATOR),
        observers=addresses.count(OBSERVER),
        connections=len(addresses),
    )

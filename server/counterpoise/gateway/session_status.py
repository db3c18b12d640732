"""The status of a session, as everyone in it may know it, and when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import structs

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.console.pause_limit import NEVER
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seats import Seats
from counterpoise.gateway.timetable import zone_of
from counterpoise.session.commands import Timetable
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.wire.messages import Status
from counterpoise.wire.seat_messages import SeatStatus

STATUS_SECONDS = 0.25
"""The status of a session is sent at most once in so many seconds."""


class StatusNews:
    """Sends everyone in a session its status when it has changed.

    Args:
        session: the session.
        seats: its seats.
        audience: its connections.
        pacer: knows which seats are ready and when the stop ends.
        pause_left: tells after how many seconds a pause ends by itself.
    """

    def __init__(
        self,
        session: Session,
        seats: Seats,
        audience: Audience,
        pacer: Pacer,
        pause_left: Callable[[], float] = lambda: NEVER,
    ) -> None:
        self._pause_left = pause_left
        self._session, self._seats, self._audience, self._pacer = session, seats, audience, pacer
        self._sent = {True: 0.0, False: 0.0}
        """When moderators (True) and all others last got a status that said something new."""
        self._due = {True, False}
        """For whom the status may have changed since it was last looked at: moderators, all others."""
        self._last: dict[bool, dict[Connection, Status]] = {True: {}, False: {}}
        """The last status of each connection, without the seconds left, which every client counts down by itself."""
        self._newest: dict[bool, Status] = {}
        """The newest such status for moderators and for all others: one object while it says the same."""
        self._hides_names = False

    @property
    def is_due(self) -> bool:
        """Whether the status may have changed since it was last looked at."""
        return bool(self._due)

    def note(self) -> None:
        """Note that the status may have changed."""
        self._due = {True, False}

    def hide_names(self, *, hidden: bool) -> None:
        """Set whether only moderators learn the names of people."""
        self._hides_names = hidden
        self.note()

    def wait_seconds(self, now: float) -> float:
        """Return how long to wait before the status may be sent again, if it is due."""
        return max(0.0, min((self._sent[kind] for kind in self._due), default=now) + STATUS_SECONDS - now)

    def repeat(self) -> None:
        """Let the next status go to everyone: more time was given, which a status does not show except in the seconds left."""
        self._last = {True: {}, False: {}}

    def send(self, now: float, *, frozen: bool, at_once: bool = False) -> None:
        """Send the status if it is due and may be sent.

        A status that says nothing new is not sent, and does not delay the next one: either would show everyone that somebody has
        just ordered or answered. What only moderators learn delays nobody else's status.

        Args:
            now: seconds of the monotonic clock.
            frozen: whether the server has stopped the session on its own.
            at_once: send it although the last one was sent just now.
        """
        for moderator in sorted(self._due):
            if at_once or now >= self._sent[moderator] + STATUS_SECONDS:
                self._due.discard(moderator)
                self._send_to(now, moderator=moderator, frozen=frozen)

    def _send_to(self, now: float, *, moderator: bool, frozen: bool) -> None:
        """Send moderators, or all others, the status if it says something that they do not know."""
        args = (self._session, self._seats, self._audience, self._pacer, now)
        left = round(self._pause_left(), 1)
        status = structs.replace(status_of(*args, moderator=moderator, frozen=frozen), pause_left=left)
        if self._hides_names and not moderator:
            status = structs.replace(status, seats=[structs.replace(seat, player="") for seat in status.seats])
        timeless = structs.replace(status, seconds_left=0.0, pause_left=NEVER if left < 0.0 else 0.0)
        if self._newest.get(moderator) != timeless:
            self._newest[moderator] = timeless
        newest, message, before = self._newest[moderator], EncodedMessage(status), self._last[moderator]
        addressed = [one for address, one in self._audience.connections() if (address == MODERATOR) is moderator]
        self._last[moderator] = dict.fromkeys(addressed, newest)
        for connection in addressed:
            if before.get(connection) is not newest:
                self._sent[moderator] = now
                connection.enqueue(message)


def _timeless(seat: SeatStatus) -> SeatStatus:
    """Return a seat's status that says whether it has more time than all, and not how much."""
    return seat if seat.more_seconds < 0.0 else structs.replace(seat, more_seconds=1.0)


def status_of(
    session: Session,
    seats: Seats,
    audience: Audience,
    pacer: Pacer,
    now: float,
    *,
    moderator: bool,
    frozen: bool,
) -> Status:
    """Return the status of a session.

    Args:
        session: the session.
        seats: its seats.
        audience: its connections.
        pacer: knows which seats are ready and when the stop ends.
        now: seconds of the monotonic clock.
        moderator: whether the status is for moderators, who also see which seats are ready at a call.
        frozen: whether the server has stopped the session on its own.
    """
    # Where no window opens only called seats can be ready, so this would reveal who was called.
    shows_ready = moderator or pacer.is_at_window
    actors = session.simulation.world.actors
    statuses = [
        SeatStatus(
            seat=name,
            name=seat.name,
            occupant=seat.occupant,
            player=seat.player,
            online=bool(audience.at(name)),
            ready=actors[name].active and shows_ready and (name in pacer.ready or seat.occupant == "bot"),
            active=actors[name].active,
            away=seat.away,
            more_seconds=pacer.more_seconds(name, now),
        )
        for name, seat in seats.by_id.items()
    ]
    timetable = session.pace.timetable or None
    return Status(
        phase="paused" if frozen else session.phase,
        talk=session.simulation.world.talk.level,
        tick=session.now,
        date=session.simulation.world.calendar.iso(session.now),
        mode=session.pace.mode,
        days_per_second=session.pace.days_per_second,
        window_seconds=session.pace.window_seconds,
        call_seconds=session.pace.call_seconds,
        seconds_left=pacer.seconds_left(now),
        due=local_time(pacer.due, timetable),
        time_zone=timetable.time_zone if timetable else "",
        reason=session.texts.text(session.pause_reason) if session.phase == "paused" else "",
        seats=statuses,
    )


def local_time(due: float | None, timetable: Timetable | None) -> str:
    """Return a time since 1970 as the clocks of the timetable's zone show it, to the minute."""
    if due is None or timetable is None:
        return ""
    return datetime.fromtimestamp(due, zone_of(timetable)).isoformat(timespec="minutes")

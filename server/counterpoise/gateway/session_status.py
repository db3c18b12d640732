"""The status of a session, as everyone in it may know it."""

from __future__ import annotations

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seats import Seats
from counterpoise.session.running_session import Session
from counterpoise.wire.messages import SeatStatus, Status


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
    # At a call only the called seats can be ready, so this would reveal who was called.
    shows_ready = moderator or session.occasion == "window"
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
        )
        for name, seat in seats.by_id.items()
    ]
    return Status(
        phase="paused" if frozen else session.phase,
        tick=session.now,
        date=session.simulation.world.calendar.iso(session.now),
        mode=session.pace.mode,
        days_per_second=session.pace.days_per_second,
        window_seconds=session.pace.window_seconds,
        call_seconds=session.pace.call_seconds,
        seconds_left=pacer.seconds_left(now),
        seats=statuses,
    )

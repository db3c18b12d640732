"""How a session stands, as everyone in it may know."""

from __future__ import annotations

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seats import Seating
from counterpoise.session.running_session import Session
from counterpoise.wire.messages import SeatStatus, Status


def status_of(
    session: Session,
    seating: Seating,
    audience: Audience,
    pacer: Pacer,
    now: float,
    *,
    moderator: bool,
    frozen: bool,
) -> Status:
    """Return the status of a session.

    Args:
        session: the game.
        seating: who has which seat.
        audience: who is connected.
        pacer: who is ready, and how long the stop may last.
        now: seconds of the monotonic clock.
        moderator: whether it is for moderators, who see who is ready at a call too.
        frozen: whether the server has stopped the session of itself.
    """
    # At a call, who is ready would tell who was called.
    shows_ready = moderator or session.occasion == "window"
    actors = session.simulation.world.actors
    seats = [
        SeatStatus(
            seat=seat,
            name=chair.name,
            occupant=chair.occupant,
            player=chair.player,
            online=bool(audience.at(seat)),
            ready=actors[seat].active and shows_ready and (seat in pacer.ready or chair.occupant == "bot"),
            active=actors[seat].active,
        )
        for seat, chair in seating.chairs.items()
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
        seats=seats,
    )

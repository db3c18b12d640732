"""The status of a session shows only what everyone may know."""

from __future__ import annotations

from datetime import date

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seats import Seats
from counterpoise.gateway.session_status import status_of
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.wire.messages import SeatStatus
from counterpoise_clients import roster


def seats_of(session: Session, seats: Seats) -> dict[str, SeatStatus]:
    pacer = Pacer(session, seats, 0.0)
    status = status_of(session, seats, Audience(), pacer, 0.0, moderator=True, frozen=False)
    return {seat.seat: seat for seat in status.seats}


def test_a_state_that_does_not_exist_yet_is_neither_active_nor_ready(middle_east: str) -> None:
    session = Session(scenario_text=middle_east, seed="1", session_id="s", secret="secret")
    seats = Seats(session, {seat: roster.load_bot("status-quo")(str(seat)) for seat in session.seats}, {})
    play(session, {}, until=1)
    before = seats_of(session, seats)
    assert (before["EGY"].active, before["EGY"].ready) == (True, True)
    assert (before["KUW"].active, before["KUW"].ready) == (False, False)
    play(session, {}, until=session.simulation.world.calendar.tick_of(date(1961, 7, 1)))
    after = seats_of(session, seats)
    assert (after["KUW"].active, after["KUW"].ready) == (True, True)

"""The status of a session shows only what everyone may know."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seats import Seats
from counterpoise.gateway.session_status import StatusNews, status_of
from counterpoise.session.commands import Pause, Start, local_id
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.wire.seat_messages import SeatStatus
from counterpoise_clients import roster


def seats_of(session: Session, seats: Seats) -> dict[str, SeatStatus]:
    pacer = Pacer(session, seats, 0.0)
    status = status_of(session, seats, Audience(lambda _: None), pacer, 0.0, moderator=True, frozen=False)
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


class RecordingConnection:
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def enqueue(self, message: EncodedMessage) -> None:
        self.sent.append(message.message)


def test_a_status_is_sent_when_it_says_something_new_and_not_when_only_time_has_passed(checkerboard: str) -> None:
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    audience, seats = Audience(lambda _: None), Seats(session, {}, {"ARD": "Ada"})
    moderator, player, newcomer = connections = [RecordingConnection() for _ in range(3)]
    audience.add("moderator", cast("Any", moderator))
    audience.add("ARD", cast("Any", player))
    pacer = Pacer(session, seats, 0.0)
    news = StatusNews(session, seats, audience, pacer)
    news.send(1.0, frozen=False)
    for now in (2.0, 3.0):
        news.note()
        news.send(now, frozen=False)
    assert [len(one.sent) for one in connections] == [1, 1, 0]
    session.command("moderator", local_id("s", "moderator", 1), Start())
    news.note()
    news.send(4.0, frozen=False)
    assert [status.phase for one in connections for status in one.sent] == ["lobby", "running"] * 2
    audience.add("observer", cast("Any", newcomer))
    news.note()
    news.send(4.1, frozen=False, at_once=True)
    assert [len(one.sent) for one in connections] == [2, 2, 1]
    news.repeat()
    for now in (5.0, 6.0):
        news.note()
        news.send(now, frozen=False)
    assert [len(one.sent) for one in connections] == [3, 3, 2], "more time was given, which everyone hears once"


def test_a_message_that_changes_nothing_public_does_not_delay_the_next_status(checkerboard: str) -> None:
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    audience, seats = Audience(lambda _: None), Seats(session, {}, {"ARD": "Ada", "BEL": "Ben"})
    moderator, player = RecordingConnection(), RecordingConnection()
    audience.add("moderator", cast("Any", moderator))
    audience.add("ARD", cast("Any", player))
    pacer = Pacer(session, seats, 0.0)
    news = StatusNews(session, seats, audience, pacer)
    news.send(1.0, frozen=False)
    for now in (2.0, 2.1):  # somebody orders, which no status shows
        news.note()
        news.send(now, frozen=False)
    session.command("moderator", local_id("s", "moderator", 1), Start())
    news.note()
    assert news.wait_seconds(2.2) == 0.0
    news.send(2.2, frozen=False)
    assert [len(one.sent) for one in (moderator, player)] == [2, 2]
    session.command("moderator", local_id("s", "moderator", 2), Pause())
    news.note()
    news.send(2.3, frozen=False)
    assert [len(one.sent) for one in (moderator, player)] == [2, 2], "a status comes at most four times a second"
    assert news.is_due
    news.send(2.2 + news.wait_seconds(2.2), frozen=False)
    assert [one.sent[-1].phase for one in (moderator, player)] == ["paused", "paused"]

"""A bot plays wherever no human sits."""

from __future__ import annotations

from counterpoise.gateway.seats import Seating
from counterpoise.session.commands import Start, local_id
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster

ARD, BEL = ActorId("ARD"), ActorId("BEL")


def session_of(text: str) -> Session:
    session = Session(scenario_text=text, seed="1", session_id="s", secret="x")
    session.command("server", local_id("s", "server", 0), Start())
    return session


def test_a_human_replaces_the_bot_and_the_bot_the_human(checkerboard: str) -> None:
    session = session_of(checkerboard)
    seating = Seating(session, {seat: roster.load_bot("random")("1") for seat in session.seats}, {"BEL": "Bert"})
    assert seating.is_bot(ARD)
    assert seating.is_human(BEL)
    seating.take(ARD, "Ada")
    assert (seating.chairs[ARD].occupant, seating.chairs[ARD].player) == ("human", "Ada")
    seating.take(ARD, "")
    assert seating.chairs[ARD].player == "Ada"  # who comes back without a name keeps it
    seating.free(ARD)
    assert (seating.chairs[ARD].occupant, seating.chairs[ARD].player) == ("bot", "")


def test_only_bots_are_asked(checkerboard: str) -> None:
    session = session_of(checkerboard)
    seating = Seating(session, {seat: roster.load_bot("random")("1") for seat in session.seats}, {"BEL": "Bert"})
    for _ in range(20):
        for seat in session.called:
            seating.order(seat, seating.ask(seat))
        session.advance(session.end)
        if session.phase == "ended":
            break
    assert session.orders_of(BEL) == 0
    assert sum(session.orders_of(seat) for seat in session.seats) > 0


def test_a_seat_without_a_bot_stands_empty(checkerboard: str) -> None:
    seating = Seating(session_of(checkerboard), {}, {})
    assert {chair.occupant for chair in seating.chairs.values()} == {"empty"}
    assert [seating.ask(seat) for seat in (ARD, BEL)] == [[], []]

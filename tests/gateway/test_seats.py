"""A bot plays every seat without a human."""

from __future__ import annotations

import pytest

from counterpoise.gateway.seats import Seats
from counterpoise.session.commands import Start, local_id
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster

ARD, BEL = ActorId("ARD"), ActorId("BEL")


def session_of(text: str) -> Session:
    session = Session(scenario_text=text, seed="1", session_id="s", secret="x")
    session.command("server", local_id("s", "server", 0), Start())
    return session


def test_a_human_replaces_the_bot_and_the_bot_replaces_the_human(checkerboard: str) -> None:
    session = session_of(checkerboard)
    seats = Seats(session, {seat: roster.load_bot("random")("1") for seat in session.seats}, {"BEL": "Bert"})
    assert seats.is_bot(ARD)
    assert seats.is_human(BEL)
    seats.take(ARD, "Ada")
    assert (seats.by_id[ARD].occupant, seats.by_id[ARD].player) == ("human", "Ada")
    seats.take(ARD, "")
    assert seats.by_id[ARD].player == "Ada"  # a player who returns without a name keeps the old name
    seats.free(ARD)
    assert (seats.by_id[ARD].occupant, seats.by_id[ARD].player) == ("bot", "")


def test_a_bot_that_joins_is_journalled_by_its_kind_and_a_person_never_by_name(checkerboard: str) -> None:
    session = session_of(checkerboard)
    seats = Seats(session, {}, {})
    seats.take(ARD, "bot balancer", "balancer")
    seats.take(BEL, "Bert")
    seats.note_players()
    assert (session.players[ARD], session.players[BEL]) == ("balancer", "human")
    again = Seats(session, {}, {"ARD": "bot balancer", "BEL": "Bert"})  # after a restart, before they return
    again.note_players()
    assert (session.players[ARD], session.players[BEL]) == ("balancer", "human")
    again.take(ARD, "Ada")  # a person takes over
    again.note_players()
    assert session.players[ARD] == "human"


@pytest.mark.parametrize("taken", ["human", "the record"])
def test_no_bot_goes_by_the_name_of_people_or_of_the_record(checkerboard: str, taken: str) -> None:
    session = session_of(checkerboard)
    seats = Seats(session, {}, {})
    seats.take(ARD, "Ada", taken)
    seats.note_players()
    assert session.players[ARD] == f"bot {taken}"


def test_only_bots_are_asked(checkerboard: str) -> None:
    session = session_of(checkerboard)
    seats = Seats(session, {seat: roster.load_bot("random")("1") for seat in session.seats}, {"BEL": "Bert"})
    for _ in range(20):
        for seat in session.called:
            seats.order(seat, seats.ask(seat))
        session.advance(session.end)
        if session.phase == "ended":
            break
    assert session.orders_of(BEL) == 0
    assert sum(session.orders_of(seat) for seat in session.seats) > 0


def test_a_seat_without_a_bot_is_empty(checkerboard: str) -> None:
    seats = Seats(session_of(checkerboard), {}, {})
    assert {chair.occupant for chair in seats.by_id.values()} == {"empty"}
    assert [seats.ask(seat) for seat in (ARD, BEL)] == [[], []]

"""An order that waits can be taken back or replaced until the clock moves, once, and in every replay alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterpoise.errors import OrderError
from counterpoise.session.commands import Start, Withdraw
from counterpoise.session.export.input_tables import orders_table
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import decode_session
from counterpoise.sim.moves.message import Message
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.types import Intent

Make = Callable[..., Session]
INTENTS: tuple[Intent, ...] = ("friendly", "neutral", "hostile")


def started(session: Session) -> Session:
    session.command("moderator", "start", Start())
    return session


def intents_towards(session: Session, about: str) -> list[str]:
    incidents = session.simulation.world.incidents
    return [i.detail["intent"] for i in incidents if i.kind == "statement" and about in i.actors]


def test_an_order_that_was_taken_back_never_acts(new_session: Make) -> None:
    session = started(new_session())
    a, b, *_ = session.seats
    session.submit(a, "1", 0, StateIntent(b, "hostile"))
    session.submit(a, "2", 0, StateIntent(b, "friendly"))
    answer = session.command(a, "3", Withdraw("1"))
    assert answer.is_new
    assert [move for _, move in session.orders.take()] == [StateIntent(b, "friendly")]


def test_a_replacement_takes_the_place_of_the_first_order(new_session: Make) -> None:
    session = started(new_session())
    a, b, c, *_ = session.seats
    session.submit(a, "1", 0, StateIntent(b, "hostile"))
    session.submit(a, "2", 0, StateIntent(c, "friendly"))
    session.submit(a, "3", 0, StateIntent(b, "neutral"), "1")
    assert list(session.orders.take()) == [(a, StateIntent(b, "neutral")), (a, StateIntent(c, "friendly"))]


def test_to_take_back_twice_counts_once_and_has_the_same_ack(new_session: Make) -> None:
    session = started(new_session(streaming=True))
    a, b, *_ = session.seats
    session.submit(a, "1", 0, StateIntent(b, "hostile"))
    session.submit(a, "2", 0, StateIntent(b, "friendly"), "1")
    taken = session.command(a, "3", Withdraw("2"))
    session.advance(session.end)
    assert session.command(a, "3", Withdraw("2")).ack == taken.ack
    assert not session.submit(a, "2", 0, StateIntent(b, "friendly"), "1").is_new
    with pytest.raises(OrderError, match="idempotency_mismatch"):
        session.submit(a, "2", 0, StateIntent(b, "friendly"))
    with pytest.raises(OrderError, match="idempotency_mismatch"):
        session.command(b, "3", Withdraw("2"))


def test_only_ones_own_order_that_waits_can_be_taken_back(new_session: Make) -> None:
    session = started(new_session())
    a, b, *_ = session.seats
    session.submit(a, "1", 0, StateIntent(b, "hostile"))
    session.submit(a, "letter", 0, Message((b,), "It is said."))
    before = session.take_entries()
    for seat, wanted in ((b, "1"), (a, "never given"), (a, "letter")):
        with pytest.raises(OrderError, match="not_waiting"):
            session.command(seat, f"w/{seat}/{wanted}", Withdraw(wanted))
        with pytest.raises(OrderError, match="not_waiting"):
            session.submit(seat, f"r/{seat}/{wanted}", 0, StateIntent(session.seats[2], "neutral"), wanted)
    with pytest.raises(OrderError, match=r"\$\.replaces"):
        session.submit(a, "another letter", 0, Message((b,), "I meant:"), "1")
    session.advance(session.end)
    with pytest.raises(OrderError, match="not_waiting"):
        session.command(a, "late", Withdraw("1"))
    assert before
    assert not any(entry.kind == "command" for entry in session.take_entries())


def test_a_moderator_who_takes_back_an_order_is_told_that_only_a_seat_can(new_session: Make) -> None:
    session = started(new_session())
    a, b, *_ = session.seats
    session.submit(a, "1", 0, StateIntent(b, "hostile"))
    with pytest.raises(OrderError) as caught:
        session.command("moderator", "2", Withdraw("1"))
    assert caught.value.code == "forbidden"
    assert (
        caught.value.got == "only a seat can withdraw, with the message withdraw. Moderators cannot do it for a seat."
    )
    assert list(session.orders.take()) == [(a, StateIntent(b, "hostile"))]


def test_a_refused_replacement_leaves_the_first_order(new_session: Make) -> None:
    session = started(new_session())
    a, b, *_ = session.seats
    session.submit(a, "1", 0, StateIntent(b, "hostile"))
    with pytest.raises(OrderError):
        session.submit(a, "2", 0, StateIntent(a, "hostile"), "1")
    assert list(session.orders.take()) == [(a, StateIntent(b, "hostile"))]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_was_taken_back_leaves_the_game_as_if_it_had_never_been_ordered(new_session: Make, data: Any) -> None:
    """Draw orders, replacements and withdrawals; a second game gets only what is left in the end."""
    session = started(new_session())
    a, *others = session.seats
    given: dict[str, StateIntent] = {}
    for number in range(data.draw(st.integers(1, 12))):
        name = f"{number}"
        act = data.draw(st.sampled_from(("order", "replace", "withdraw"))) if given else "order"
        old = data.draw(st.sampled_from(sorted(given))) if given else ""
        move = StateIntent(data.draw(st.sampled_from(others)), data.draw(st.sampled_from(INTENTS)))
        if act == "withdraw":
            session.command(a, name, Withdraw(old))
            del given[old]
        elif act == "replace":
            session.submit(a, name, 0, move, old)
            given = {(name if key == old else key): (move if key == old else kept) for key, kept in given.items()}
        else:
            session.submit(a, name, 0, move)
            given[name] = move
    session.take_entries()
    session.take_outputs()
    assert [order.id for order in decode_session(session.snapshot()).pending[a]] == list(given)
    plain = started(new_session())
    for name, move in given.items():
        plain.submit(a, name, 0, move)
    for game in (session, plain):
        game.advance(game.end)
    assert session.simulation.snapshot() == plain.simulation.snapshot()


def test_a_journal_with_orders_taken_back_replays_and_goes_on_from_a_snapshot(new_session: Make) -> None:
    session = started(new_session())
    a, b, c, *_ = session.seats
    session.submit(a, "1", 0, StateIntent(b, "hostile"))
    session.submit(a, "2", 0, StateIntent(c, "hostile"))
    session.submit(a, "3", 0, StateIntent(b, "neutral"), "1")
    early = session.take_entries()
    state = decode_session(session.snapshot())
    session.command(a, "4", Withdraw("2"))
    session.advance(session.end)
    entries = [*early, *session.take_entries()]
    for known in (None, state):
        again = replay(entries, "journal", state=known)
        assert again.simulation.snapshot() == session.simulation.snapshot()


def test_the_table_of_orders_says_which_were_taken_back(new_session: Make) -> None:
    session = started(new_session())
    a, b, *_ = session.seats
    session.submit(a, "1", 0, StateIntent(b, "hostile"))
    session.submit(a, "2", 0, StateIntent(b, "friendly"), "1")
    session.submit(a, "3", 0, StateIntent(b, "neutral"))
    session.command(a, "4", Withdraw("2"))
    session.advance(5)
    entries = session.take_entries()
    table = orders_table(entries, session.simulation.world.calendar)
    rows = {row["order"]: row for row in (dict(zip(table.names, row, strict=True)) for row in table.rows())}
    assert rows["1"]["taken_back"] == rows["2"]["entry"]
    assert rows["2"]["replaces"] == "1"
    assert rows["2"]["taken_back"] == rows["4"]["entry"]
    assert (rows["3"]["replaces"], rows["3"]["taken_back"]) == (None, None)
    assert (rows["1"]["window"], rows["4"]["window"]) == (0, None)

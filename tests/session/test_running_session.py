"""A session takes orders, stops where a seat must decide, and publishes nothing before it has journalled it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from counterpoise.errors import OrderError, ProtocolError
from counterpoise.session.commands import End, Inject, Pace, Pause, Resume, Start
from counterpoise.session.in_process_play import play
from counterpoise.session.message_streams import SeatStream
from counterpoise.session.orders.acknowledgements import Acknowledgement
from counterpoise.session.orders.pending_orders import ORDERS_PER_STOP
from counterpoise.session.orders.talk import MESSAGES_PER_WINDOW
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.message import Message
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.wire.messages import Ack, IncidentNews, WindowNews

Make = Callable[..., Session]


def number(n: int) -> str:
    return f"{n:032x}"


def started(session: Session) -> Session:
    session.command("moderator", number(0xFFFF), Start())
    return session


def test_a_new_session_has_written_its_forecasts_before_anyone_can_order(new_session: Make) -> None:
    session = new_session()
    assert [entry.kind for entry in session.take_entries()] == ["header", "structure", "digest", "forecast"]
    assert session.called == session.seats


def test_an_order_in_the_lobby_is_refused(new_session: Make) -> None:
    session = new_session()
    first, second = session.seats[:2]
    with pytest.raises(OrderError, match="not_running"):
        session.submit(first, number(1), 0, Message(to=(second,), text="hello"))


def test_the_same_order_twice_gets_the_same_ack_and_counts_once(new_session: Make) -> None:
    session = started(new_session(streaming=True))
    first, second = session.seats[:2]
    move = Message(to=(second,), text="hello")
    answer = session.submit(first, number(1), 0, move)
    assert answer.is_new
    assert session.submit(first, number(1), 0, move) == Acknowledgement(answer.ack, is_new=False)
    session.advance(session.end)
    assert session.submit(first, number(1), 0, move) == Acknowledgement(answer.ack, is_new=False)
    assert sum(1 for entry in session.take_entries() if entry.kind == "order") == 1


def test_an_id_used_again_for_something_else_is_refused(new_session: Make) -> None:
    session = started(new_session())
    first, second, third = session.seats[:3]
    session.submit(first, number(1), 0, Message(to=(second,), text="hello"))
    with pytest.raises(OrderError, match="idempotency_mismatch"):
        session.submit(first, number(1), 0, Message(to=(third,), text="hello"))
    with pytest.raises(OrderError, match="idempotency_mismatch"):
        session.submit(second, number(1), 0, Message(to=(third,), text="hello"))


def test_an_order_for_a_closed_window_is_late(new_session: Make) -> None:
    session = started(new_session())
    first, second = session.seats[:2]
    while session.window == 0:
        session.advance(session.end)
    with pytest.raises(OrderError, match="late"):
        session.submit(first, number(1), 0, Message(to=(second,), text="hello"))


def test_no_seat_can_flood_one_stop(new_session: Make) -> None:
    session = started(new_session())
    first, second = session.seats[:2]
    for n in range(ORDERS_PER_STOP):
        session.submit(first, number(n), 0, StateIntent(about=second, intent="friendly"))
    with pytest.raises(OrderError, match="too_many"):
        session.submit(first, number(ORDERS_PER_STOP), 0, StateIntent(about=second, intent="hostile"))


def test_no_seat_can_flood_one_window_with_messages(new_session: Make) -> None:
    session = started(new_session())
    first, second = session.seats[:2]
    for n in range(MESSAGES_PER_WINDOW):
        session.submit(first, number(n), 0, Message(to=(second,), text=f"{n}"))
    with pytest.raises(OrderError, match="too_many"):
        session.submit(first, number(MESSAGES_PER_WINDOW), 0, Message(to=(second,), text="more"))
    session.submit(second, number(MESSAGES_PER_WINDOW + 1), 0, Message(to=(first,), text="Enough."))


def test_the_order_of_arrival_of_simultaneous_orders_changes_nothing(new_session: Make) -> None:
    digests = []
    for flip in (False, True):
        session = started(new_session())
        orders = [(seat, StateIntent(about=session.seats[0], intent="hostile")) for seat in session.seats[1:]]
        for n, (seat, move) in enumerate(reversed(orders) if flip else orders):
            session.submit(seat, number(n), 0, move)
        while session.window == 0:
            session.advance(session.end)
        digests.append([e.content() for e in session.take_entries() if e.kind == "digest"])
    assert digests[0] == digests[1]


def test_a_paused_clock_does_not_move(new_session: Make) -> None:
    session = started(new_session())
    session.command("m", number(1), Pause(reason="lunch"))
    session.advance(session.end)
    assert session.now == 0
    session.command("m", number(2), Resume())
    session.advance(session.end)
    assert session.now > 0


@pytest.mark.parametrize("command", [Pause(), Resume()])
def test_a_command_that_makes_no_sense_now_is_refused(new_session: Make, command: Any) -> None:
    with pytest.raises(OrderError, match="illegal"):
        new_session().command("m", number(1), command)


def test_an_inject_with_a_mistake_changes_nothing(new_session: Make) -> None:
    session = started(new_session())
    session.take_entries()
    with pytest.raises(OrderError):
        session.command("m", number(1), Inject(inject={"kind": "no_such_thing"}))
    assert session.take_entries() == []


def test_an_inject_that_contradicts_itself_is_refused_and_one_with_a_date_in_words_is_taken(new_session: Make) -> None:
    session = started(new_session())
    first, second = session.seats[:2]
    pact = {"kind": "form_alignment", "members": [first, second], "commitment": "arms", "until": "1911-12-01"}
    with pytest.raises(OrderError) as caught:
        session.command("m", number(1), Inject(inject=pact))
    assert (caught.value.path, caught.value.got) == ("$.inject.lead", "nothing")
    session.command("m", number(2), Inject(inject={**pact, "lead": first}))
    world = session.simulation.world
    made = [a for a in world.alignments.values() if a.until == world.calendar.tick_of(date(1911, 12, 1))]
    assert [(a.members, a.lead) for a in made] == [((first, second), first)]


def test_ending_a_session_scores_it_and_closes_it_to_orders(new_session: Make) -> None:
    session = started(new_session())
    first, second = session.seats[:2]
    session.command("m", number(1), End())
    assert session.phase == "ended"
    assert session.take_entries()[-1].kind == "end"
    with pytest.raises(OrderError, match="game_over"):
        session.submit(first, number(2), 0, Message(to=(second,), text="hello"))


def test_each_seat_is_numbered_without_gaps_and_chained(new_session: Make, line_up: Callable[..., Any]) -> None:
    session = new_session(streaming=True)
    seen: dict[str, list[Any]] = {}
    play(session, line_up(session, "1"), until=400)
    for address, message in session.take_outputs():
        seen.setdefault(address, []).append(message)
    for address, messages in seen.items():
        numbers = [message.vseq for message in messages]
        assert numbers == sorted(set(numbers)), address
        assert session.messages.resume(address, messages[0].vseq, messages[0].receipt) == "delta"


def test_a_private_message_reaches_its_two_seats_and_the_moderator_only(new_session: Make) -> None:
    session = started(new_session(streaming=True))
    first, second = session.seats[:2]
    session.submit(first, number(1), 0, Message(to=(second,), text="between us"))
    session.advance(session.end)
    readers = {
        address
        for address, message in session.take_outputs()
        if isinstance(message, IncidentNews) and "between us" in str(message.incident)
    }
    assert readers == {first, second, MODERATOR}


def test_a_call_is_announced_to_those_called_only(new_session: Make, line_up: Callable[..., Any]) -> None:
    session = new_session(streaming=True)
    stops: list[tuple[str, WindowNews]] = []

    def collect(running: Session) -> None:
        stops.extend((a, m) for a, m in running.take_outputs() if isinstance(m, WindowNews))

    play(session, line_up(session, "3"), until=900, after_stop=collect)
    calls = [(address, news) for address, news in stops if news.occasion == "call"]
    assert calls, "nobody was called in two and a half years"
    assert all(news.called or address == MODERATOR for address, news in calls)


def test_a_client_that_comes_back_gets_what_it_missed(new_session: Make) -> None:
    session = started(new_session(streaming=True))
    first, second = session.seats[:2]
    ack = session.submit(first, number(1), 0, Message(to=(second,), text="hello")).ack
    session.advance(session.end)
    assert session.messages.resume(first, ack.vseq, ack.receipt) == "delta"
    missed = session.messages.missed(first, ack.vseq)
    assert [message.vseq for message in missed] == list(range(ack.vseq + 1, session.messages.head(first)[0] + 1))
    assert session.messages.resume(first, 0, "") == "fresh"


def test_a_client_that_saw_messages_the_server_lost_is_told_so(new_session: Make) -> None:
    session = started(new_session(streaming=True))
    first = session.seats[0]
    future = SeatStream[Ack](first, b"")
    for n in range(50):
        future.push(b"%d" % n, lambda vseq, receipt: Ack(id="", vseq=vseq, receipt=receipt))
    with pytest.raises(ProtocolError, match="log_regressed"):
        session.messages.resume(first, future.vseq, future.receipt)


def test_a_receipt_that_the_session_never_gave_is_a_bad_receipt(new_session: Make) -> None:
    session = started(new_session(streaming=True))
    first, second = session.seats[:2]
    with pytest.raises(ProtocolError, match="bad_receipt"):
        session.messages.resume(first, 50, "f" * 32)
    ack = session.submit(first, number(1), 0, Message(to=(second,), text="hello")).ack
    with pytest.raises(ProtocolError, match="bad_receipt"):
        session.messages.resume(first, ack.vseq, "0" * 32)
    with pytest.raises(ProtocolError, match="bad_receipt"):
        session.messages.resume(second, ack.vseq + 9, ack.receipt)


def test_commands_of_the_server_get_no_message_number(new_session: Make) -> None:
    session = started(new_session(streaming=True))
    before = session.messages.head(MODERATOR)
    session.note_player(session.seats[0], "human")
    session.note_player(session.seats[0], "human")
    assert session.messages.head(MODERATOR) == before
    assert [e.content()["command"] for e in session.take_entries() if e.kind == "command"][1:] == [
        {"kind": "seated", "seat": session.seats[0], "player": "human"}
    ]


def test_pace_is_part_of_the_journal(new_session: Make) -> None:
    session = started(new_session())
    session.command("m", number(1), Pace(mode="continuous", days_per_second=30.0))
    assert session.pace.days_per_second == 30.0
    assert session.take_entries()[-1].content()["command"]["days_per_second"] == 30.0


def test_the_forecasts_of_a_window_precede_its_orders(new_session: Make, line_up: Callable[..., Any]) -> None:
    session = new_session()
    play(session, line_up(session, "2"), until=800)
    announced = set()
    orders = 0
    for entry in session.take_entries():
        content = entry.content()
        if entry.kind == "forecast":
            announced.add(content["window"])
        elif entry.kind == "order":
            orders += 1
            assert content["window"] in announced
    assert orders > 20

"""A message arrives when it is sent, reaches only those it is for, and changes nothing but what they have read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterpoise.errors import OrderError
from counterpoise.session.commands import SERVER, Heard, Read, SetTalk, Start
from counterpoise.session.in_process_play import BotPlayers, play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.orders.talk import messages_for
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import decode_session
from counterpoise.sim.bot import HEARD_PER_WINDOW
from counterpoise.sim.digest import dyad_rows, row
from counterpoise.sim.move import Move
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.message import Message
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.types import ActorId, TalkLevel
from counterpoise.sim.views.view import View
from counterpoise.wire.messages import IncidentNews

Make = Callable[..., Session]
numbers = count(1)


def fresh_id() -> str:
    return f"{next(numbers):032x}"


def started(session: Session) -> Session:
    session.command("moderator", "start", Start())
    session.take_outputs()
    return session


def write(session: Session, seat: ActorId, to: Sequence[ActorId], text: str = "", **more: Any) -> None:
    session.submit(seat, f"{seat}/{session.orders_of(seat)}", session.window, Message(tuple(to), text, **more))


def heard_by(session: Session) -> dict[str, list[str]]:
    """Take what waits to be sent and return the texts of the messages at each address."""
    heard: dict[str, list[str]] = {}
    for address, news in session.take_outputs():
        if isinstance(news, IncidentNews) and news.incident["kind"] == "message":
            heard.setdefault(address, []).append(news.incident["detail"]["text"])
    return heard


def test_a_message_reaches_its_addressees_and_the_moderator_while_the_clock_stands(new_session: Make) -> None:
    session = started(new_session(streaming=True))
    a, b, c, *_ = session.seats
    write(session, a, [b], "to one")
    assert heard_by(session) == {a: ["to one"], b: ["to one"], "moderator": ["to one"]}
    write(session, a, [b, c], "to two")
    assert set(heard_by(session)) == {a, b, c, "moderator"}
    write(session, a, [], "to all")
    assert set(heard_by(session)) == {*session.seats, "moderator", "observer"}
    assert session.now == 0
    assert [incident["kind"] for incident in session.view(b).incidents].count("message") == 3


def test_a_message_to_an_alliance_reaches_its_members_only(new_session: Make) -> None:
    session = started(new_session(streaming=True))
    world = session.simulation.world
    pact = next(iter(world.alignments.values()))
    outsider = next(seat for seat in session.seats if seat not in pact.members)
    write(session, pact.members[0], [], "to us", alliance=pact.id)
    assert set(heard_by(session)) == {*pact.members, "moderator"}
    with pytest.raises(OrderError, match="alliance"):
        write(session, outsider, [], "to you", alliance=pact.id)


def test_messages_between_the_same_states_are_numbered_in_one_thread(new_session: Make) -> None:
    session = started(new_session())
    a, b, c, *_ = session.seats
    write(session, a, [b], "1")
    write(session, b, [a], "2")
    write(session, a, [c, b], "1")
    write(session, c, [b, a], "2")
    shown = messages_for(session.simulation.world, session.texts, b)
    pair, three = "+".join(sorted((a, b))), "+".join(sorted((a, b, c)))
    assert [(m["detail"]["thread"], m["detail"]["text"]) for m in shown] == [
        (pair, "1"), (pair, "2"), (three, "1"), (three, "2"),
    ]  # fmt: skip
    assert [str(m["detail"]["number"]) for m in shown] == [m["detail"]["text"] for m in shown]
    assert [m["detail"]["thread"] for m in messages_for(session.simulation.world, session.texts, c)] == [three, three]


LEVELS: dict[TalkLevel, tuple[bool, bool, bool, bool]] = {
    "none": (False, False, False, False),
    "public": (False, True, False, True),
    "offers": (False, False, True, True),
    "free": (True, True, True, True),
}


@pytest.mark.parametrize("level", LEVELS)
def test_the_moderator_sets_what_may_be_written(new_session: Make, level: TalkLevel) -> None:
    session = started(new_session())
    a, b, *_ = session.seats
    for step in ("public" if level == "none" else "none", level):
        session.command("moderator", fresh_id(), SetTalk(step))
    letters: list[dict[str, Any]] = [
        {"to": (b,), "text": "words"},
        {"to": (), "text": "words"},
        {"to": (b,), "offer": "aid", "ask": "support"},
        {"to": (), "offer": "peace", "about": b},
    ]
    taken = []
    for letter in letters:
        try:
            session.submit(a, fresh_id(), 0, Message(**letter))
            taken.append("taken")
        except OrderError as error:
            taken.append(error.code)
    assert taken == ["taken" if allowed else "illegal" for allowed in LEVELS[level]]
    assert session.view(a).talk == level
    assert bool(Message.legal(session.view(a))) == any(LEVELS[level])


def test_a_level_of_talk_that_holds_already_is_refused_and_leaves_no_incident(new_session: Make) -> None:
    session = started(new_session())
    session.command("moderator", fresh_id(), SetTalk("offers"))
    before = len(session.simulation.world.incidents)
    with pytest.raises(OrderError) as caught:
        session.command("moderator", fresh_id(), SetTalk("offers"))
    assert (caught.value.code, caught.value.path, caught.value.got) == ("illegal", "$.command.level", "offers")
    assert len(session.simulation.world.incidents) == before


def test_an_order_with_words_that_waits_while_words_are_forbidden_is_dropped(new_session: Make) -> None:
    session = started(new_session())
    a, b, *_ = session.seats
    session.submit(a, fresh_id(), 0, Demand(b, "policy", "Do as we say."))
    session.command("moderator", fresh_id(), SetTalk("offers"))
    session.advance(1)
    (dropped,) = [one for one in session.simulation.world.incidents if one.kind == "order_void"]
    assert (dropped.actors, dropped.detail["path"]) == ((a,), "$.move.text")


def test_a_scenario_sets_what_may_be_written_at_first(checkerboard: str) -> None:
    quiet = checkerboard.replace("[scenario]\n", '[scenario]\ntalk = "none"\n', 1)
    session = started(Session(scenario_text=quiet, seed="1", session_id="s", secret="s"))
    with pytest.raises(OrderError, match="no talk is allowed"):
        write(session, session.seats[0], [session.seats[1]], "hello")


def test_read_marks_are_kept_by_seat_and_never_go_back(new_session: Make) -> None:
    session = started(new_session())
    a, b, c, *_ = session.seats
    for text in ("1", "2", "3"):
        write(session, a, [b], text)
    thread = "+".join(sorted((a, b)))
    session.command(b, fresh_id(), Read(thread, 3))
    session.command(b, fresh_id(), Read(thread, 2))
    assert (session.talk.read_by(a), session.talk.read_by(b)) == ({}, {thread: 3})
    for seat, mark in ((c, Read(thread, 1)), (b, Read(thread, 4)), (b, Read("no such thread", 1))):
        with pytest.raises(OrderError, match="illegal"):
            session.command(seat, fresh_id(), mark)
    with pytest.raises(OrderError, match="only a seat"):
        session.command("moderator", fresh_id(), Read(thread, 1))
    session.take_entries()
    session.take_outputs()
    assert decode_session(session.snapshot()).talk.read == {b: {thread: 3}}


class Parrot:
    """Answers every message that it gets with the same words, and has a friend for life."""

    name = "parrot"

    def __init__(self) -> None:
        self.heard: list[str] = []

    def decide(self, view: View) -> list[Move]:
        return []

    def hear(self, view: View, message: dict[str, Any]) -> list[Move]:
        self.heard.append(message["detail"]["text"])
        return [
            Message((message["actors"][0],), f"{message['detail']['text']}!"),
            StateIntent(message["actors"][0], "friendly"),
        ]


def chatter(new_session: Make) -> tuple[Session, dict[ActorId, Parrot]]:
    session = started(new_session())
    a, b, c, *_ = session.seats
    parrots = {b: Parrot(), c: Parrot()}
    write(session, a, [b, c], "hello")
    write(session, b, [c], "psst")
    BotPlayers(session, parrots).decide([b, c])
    return session, parrots


def test_bots_answer_messages_at_once_and_only_so_often_in_one_window(new_session: Make) -> None:
    session, parrots = chatter(new_session)
    b, c = session.seats[1:3]
    assert session.now == 0
    assert parrots[b].heard[0] == "hello"
    assert parrots[c].heard[:2] == ["hello", "psst"]
    assert len(parrots[c].heard) == HEARD_PER_WINDOW, "two parrots would talk for ever"
    texts = [m["detail"]["text"] for m in messages_for(session.simulation.world, session.texts, session.seats[0])]
    assert texts[0] == "hello"
    assert "hello!" in texts


def test_what_bots_answer_is_journalled_and_replayed_in_the_same_order(new_session: Make) -> None:
    session, _ = chatter(new_session)
    session.advance(session.end)
    entries = session.take_entries()
    asked = [e.content()["command"] for e in entries if e.kind == "command" and e.content()["who"] == SERVER]
    assert [command["seat"] for command in asked if command["kind"] == "heard"][:2] == list(session.seats[1:3])
    again = replay(entries, "journal")
    assert messages_for(again.simulation.world, again.texts, None) == messages_for(
        session.simulation.world, session.texts, None
    )
    for _ in range(2):
        once_more = chatter(new_session)[0].take_entries()
        assert once_more == entries[: len(once_more)]


def test_only_the_server_notes_that_a_bot_is_asked(new_session: Make) -> None:
    session = started(new_session())
    a, b, *_ = session.seats
    write(session, a, [b], "hello")
    (asked,) = session.talk.unheard()
    with pytest.raises(OrderError, match="forbidden"):
        session.command("moderator", fresh_id(), Heard(*asked))
    session.note_heard(*asked)
    with pytest.raises(OrderError, match="illegal"):
        session.note_heard(*asked)


def test_bots_that_hear_nothing_are_not_asked(new_session: Make, line_up: Callable[..., Any]) -> None:
    session = new_session()
    play(session, line_up(session, "1"), until=200)
    assert not any(b'"heard"' in entry.body for entry in session.take_entries())


@pytest.mark.parametrize("chances", range(3))
def test_a_bot_that_fails_while_it_hears_only_fails_to_answer(new_session: Make, chances: int) -> None:
    class Stumbler(Parrot):
        def hear(self, view: View, message: dict[str, Any]) -> list[Move]:
            return [None, 7, ["x"]][chances]  # type: ignore[return-value]

    session = started(new_session())
    a, b, *_ = session.seats
    write(session, a, [b], "hello")
    players = BotPlayers(session, {b: Stumbler()})
    players.decide([b])
    assert len(players.statistics.failures[b]) == 1
    session.advance(session.end)
    assert session.now > 0


# What talk does not do.


def acts(session: Session, chances: Any) -> Iterator[tuple[ActorId, Move]]:
    """Yield some legal orders of some seats, the same for equal draws."""
    for seat in session.called:
        other = next(one for one in session.seats if one != seat)
        if chances.draw(st.booleans()):
            yield seat, StateIntent(other, chances.draw(st.sampled_from(("friendly", "hostile"))))
        if chances.draw(st.booleans()):
            yield seat, Arm(0.1)


def world_without_talk(session: Session) -> list[Any]:
    """Return what happened, without the messages and without the numbers of things."""
    world = session.simulation.world
    incidents = [(i.tick, i.kind, i.actors) for i in world.incidents if i.kind != "message"]
    actors = [row(actor) for actor in world.actors.values()]
    return [world.tick, actors, dyad_rows(list(world.dyads.values())), incidents, world.scores]


def forecasts_in(entries: Sequence[Entry]) -> list[bytes]:
    return [entry.body for entry in entries if entry.kind == "forecast"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data(), seed=st.integers(0, 1000))
def test_talk_changes_neither_the_world_nor_any_forecast(new_session: Make, data: Any, seed: int) -> None:
    silent, talking = (started(new_session(seed=str(seed))) for _ in range(2))
    texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
    for _ in range(3):
        orders = list(acts(silent, data))
        for session in (silent, talking):
            for seat, move in orders:
                session.submit(seat, fresh_id(), session.window, move)
        frozen = [record.point for record in talking.ledger.open_decisions]
        for _ in range(data.draw(st.integers(0, 4))):
            writer, *others = data.draw(st.permutations([actor.id for actor in talking.simulation.world.active()]))
            write(talking, writer, others[: data.draw(st.integers(0, 2))], data.draw(texts))
        assert [record.point for record in talking.ledger.open_decisions] == frozen
        for session in (silent, talking):
            session.advance(session.end)
    assert world_without_talk(talking) == world_without_talk(silent)
    assert forecasts_in(talking.take_entries()) == forecasts_in(silent.take_entries())


def test_the_forecasts_of_a_window_are_journalled_before_its_first_message(new_session: Make) -> None:
    session = started(new_session())
    a, b, *_ = session.seats
    while session.window < 2:
        if session.occasion == "window":
            write(session, a, [b], f"in window {session.window}")
        session.advance(session.end)
    write(session, a, [b], "in window 2")
    entries = session.take_entries()
    for window in range(3):
        forecast = next(e.sequence for e in entries if e.kind == "forecast" and e.content()["window"] == window)
        orders = [e.sequence for e in entries if e.kind == "order" and e.content()["window"] == window]
        assert orders
        assert forecast < min(orders)

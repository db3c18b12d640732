"""The same id again gives the same answer; a moderator's commands are journalled, administration is not."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.gateway import requests
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.sim.catalogue import legal_moves
from counterpoise.sim.types import ActorId
from counterpoise.wire.messages import Error, Noted
from counterpoise_clients.client import Client, OrderRefused

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

Host = Callable[..., Awaitable[tuple[Server, Links]]]


async def journal_of(server: Server) -> list[Any]:
    room = server.hub.rooms["s"]
    return list(await room.writer.call(lambda journal: list(journal.entries())))


def commands_in(entries: list[Any]) -> list[str]:
    return [entry.content()["command"]["kind"] for entry in entries if entry.kind == "command"]


def answers(request_id: str, ack: Any) -> bool:
    return bool(ack.id == request_id)


async def test_an_order_sent_twice_counts_once_and_gets_the_same_bytes(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    server, links = await host()
    guests = [invite(links.seats["ARD"]), invite(links.seats["BEL"], "counterpoise.v2.msgpack")]
    for guest in guests:
        await guest.join()
    await begin(links)
    for guest in guests:
        to = "COR"
        order = await guest.order(letter(to))
        await guest.hear("ack")
        await guest.order(letter(to), order_id=order)
        await guest.hear("ack")
        acks = [f for f, m in zip(guest.frames, guest.heard, strict=True) if m.__struct_config__.tag == "ack"]
        assert acks[0] == acks[1]
        seat = guest.all("welcome")[0].seat
        orders = [e for e in await journal_of(server) if e.kind == "order" and e.content()["seat"] == seat]
        assert len(orders) == 1


async def test_the_same_id_with_other_content_is_refused(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    _, links = await host()
    ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await ard.join()
    await bel.join()
    await begin(links)
    order = await ard.order(letter(text="one"))
    await ard.hear("ack")
    await ard.order(letter(text="two"), order_id=order)
    error = await ard.hear("error")
    assert (error.code, error.path, error.id) == ("idempotency_mismatch", "$.id", order)
    await bel.order(letter("ARD"), order_id=order)
    assert (await bel.hear("error")).code == "idempotency_mismatch"


async def test_commands_are_journalled_and_acknowledged(host: Host, invite: Invite) -> None:
    server, links = await host()
    moderator = invite(links.moderator)
    welcome = await moderator.join()
    assert "injects" in welcome.catalogue
    for kind, fields in (
        ("start", {}),
        ("pause", {"reason": "questions"}),
        ("resume", {}),
        ("pace", {"mode": "continuous", "days_per_second": 0.01}),
        ("inject", {"inject": {"kind": "announce", "text": "A comet is seen."}}),
        ("end", {}),
    ):
        sent = await moderator.command(kind, **fields)
        answer = await moderator.hear("ack", partial(answers, sent)) if kind != "inject" else None
        if answer is None:
            await asyncio.sleep(0.2)
    kinds = [entry.content()["command"]["kind"] for entry in await journal_of(server) if entry.kind == "command"]
    assert [kind for kind in kinds if kind not in ("inject", "seated")] == ["start", "pause", "resume", "pace", "end"]
    assert (await moderator.hear("status", lambda m: m.phase == "ended")).phase == "ended"


async def test_a_malformed_command_is_refused_with_its_path(host: Host, invite: Invite) -> None:
    _, links = await host()
    moderator = invite(links.moderator)
    await moderator.join()
    for kind, fields, path in (
        ("resume", {}, "$.command.kind"),
        ("dance", {}, "$.command"),
        ("pace", {"days_per_second": -1}, "$.command.days_per_second"),
        ("inject", {"inject": {"kind": "miracle"}}, "$"),
        ("seat", {"seat": "ZZZ", "to": "bot"}, "$.command.seat"),
        ("seat", {"seat": "ARD", "to": "limbo"}, "$.command.to"),
    ):
        sent = await moderator.command(kind, **fields)
        error = await moderator.hear("error")
        assert error.id == sent
        assert error.path.startswith(path), error


async def test_close_window_ends_the_wait(host: Host, invite: Invite) -> None:
    _, links = await host()
    moderator, ard = invite(links.moderator), invite(links.seats["ARD"])
    await moderator.join()
    await ard.join()
    await moderator.command("start")
    await moderator.hear("ack")
    await asyncio.sleep(0.3)
    assert ard.all("status")[-1].tick == 0
    await moderator.command("close_window")
    assert (await ard.hear("observe", lambda m: m.view.tick > 0)).called is not None


async def test_giving_a_seat_to_its_bot_and_opening_it_again_is_not_journalled(
    host: Host, invite: Invite, begin: Begin
) -> None:
    server, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join(name="Ada")
    other = invite(links.seats["BEL"])  # the clock waits for this seat
    await other.join()
    moderator = await begin(links)
    before = [e for e in await journal_of(server) if e.kind == "command"]
    sent = await moderator.command("seat", seat="ARD", to="bot")
    assert (await moderator.hear("ack")).id == sent
    assert (await ard.until_closed())[0] == 4001
    status = await moderator.hear("status", lambda m: any(s.seat == "ARD" and s.occupant == "bot" for s in m.seats))
    assert next(s for s in status.seats if s.seat == "ARD").player == ""
    await ard.open()
    await ard.say("hello", protocol=2, token=ard.token)
    assert (await ard.until_closed())[0] == 4001

    sent = await moderator.command("seat", seat="ARD", to="open")
    link = await moderator.hear("link")
    assert link.seat == "ARD"
    newcomer = invite(link.url)
    assert (await newcomer.join(name="Bo")).seat == "ARD"
    await moderator.say("command", id=sent, command={"kind": "seat", "seat": "ARD", "to": "open"})
    assert (await moderator.hear("ack", lambda m: m.id == sent)).id == sent
    await asyncio.sleep(0.1)
    assert newcomer.closed is None  # the repeated command did nothing
    assert [e for e in await journal_of(server) if e.kind == "command"] == before


async def test_a_new_link_for_a_held_seat_keeps_the_seat_for_the_next_human(
    host: Host, invite: Invite, begin: Begin
) -> None:
    server, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join(name="Ada")
    moderator = await begin(links)
    await moderator.hear("status", lambda m: any(s.seat == "ARD" and s.occupant == "human" for s in m.seats))
    await moderator.command("seat", seat="ARD", to="open")
    link = await moderator.hear("link")
    assert (await ard.until_closed())[0] == 4001
    await asyncio.sleep(0.2)
    room = server.hub.rooms["s"]
    assert room.seats.is_human(ActorId("ARD")), "no bot may play before the person arrives"
    assert not [e for e in await journal_of(server) if e.kind == "order" and e.content()["seat"] == "ARD"]
    assert room.seats.by_id[ActorId("ARD")].player == ""
    newcomer = invite(link.url)
    assert (await newcomer.join()).seat == "ARD"
    assert room.seats.by_id[ActorId("ARD")].player == "", "the next human has no name yet"


async def test_an_order_with_bad_text_is_answered_under_its_id_every_time(
    host: Host, invite: Invite, begin: Begin
) -> None:
    _, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join()
    await begin(links)
    await ard.hear("observe")
    for text in ("bell \x07", "long " * 3000, "\x07 again", "\x07 and again"):
        sent = await ard.order({"kind": "message", "to": ["BEL"], "text": text})
        error = await ard.hear("error")
        assert error.id == sent
        assert error.path == "$.move.text"
    sent = await ard.order({"kind": "message", "to": ["BEL"], "text": "a\tb\nc"})
    assert (await ard.hear("ack", lambda m: m.id != "")).id == sent
    assert ard.closed is None


async def test_moderators_see_every_seat_players_their_own_and_observers_after_the_end(
    host: Host, invite: Invite
) -> None:
    _, links = await host(autostart=True)
    moderator, observer, ard = invite(links.moderator), invite(links.observer), invite(links.seats["ARD"])
    for guest in (moderator, observer, ard):
        await guest.join()
    await ard.hear("observe")
    await moderator.say("look", seat="BEL")
    await moderator.say("look", seat="ARD")
    assert [(await moderator.hear("observe")).view.own.id for _ in range(2)] == ["BEL", "ARD"], (
        "each look has its answer"
    )
    await observer.say("look", seat="BEL")
    assert (await observer.hear("error")).code == "wrong_phase"
    await ard.say("look")
    assert (await ard.hear("observe")).view.own.id == "ARD"
    await moderator.say("look")
    assert (await moderator.hear("error")).path == "$.seat"


async def test_a_refusal_does_not_overtake_the_answer_to_an_earlier_request(
    host: Host, invite: Invite, begin: Begin
) -> None:
    _, links = await host()
    guest = invite(links.seats["ARD"])
    await guest.join()
    await begin(links)
    await guest.hear("observe")
    for _ in range(5):
        await guest.say("ready", tick=0)
        await guest.say("look", seat="BEL")
        await guest.say("nonsense")
    await guest.until(lambda: len(guest.all("noted")) + len(guest.all("error")) == 15)
    answers = [message for message in guest.heard if isinstance(message, Noted | Error)]
    assert isinstance(answers[0], Noted)
    assert [getattr(message, "answers", "ready") for message in answers] == ["ready", "look", ""] * 5


@pytest.mark.timeout(30)
async def test_a_refused_look_right_after_ready_raises(host: Host, begin: Begin) -> None:
    _, links = await host()
    async with Client(links.seats["ARD"]) as client:
        await begin(links)
        await client.wait_until_started()
        await client.ready()
        with pytest.raises(OrderRefused, match="not_allowed"):
            await client.look("BEL")
        await client.ready()
        await client.look()


ODD: tuple[Any, ...] = (
    {},
    [],
    {"kind": {}},
    [[]],
    None,
    True,
    -1,
    2**53 - 1,
    1.5,
    1e308,
    "",
    "seat",
    "\ufffd",
    "x" * 300,
)
"""Values that the codec lets through and that no field expects."""
KNOWN = (
    {"kind": "start"},
    {"kind": "pause", "reason": "why"},
    {"kind": "pace", "mode": "windows", "days_per_second": 1.0, "window_seconds": 60.0, "call_seconds": 60.0},
    {"kind": "inject", "inject": {"kind": "announce", "text": "A comet."}},
    {"kind": "inject", "inject": {"kind": "misperceive", "observer": "ARD", "other": "BEL", "amount": 0.1}},
    {"kind": "talk", "level": "full"},
    {"kind": "show_evidence", "shown": True},
    {"kind": "seat", "seat": "DUN", "to": "open"},
    {"kind": "carry_on"},
    {"kind": "withdraw", "order": "0" * 32},
    {"kind": "read", "thread": "ARD", "number": 1},
    {"kind": "heard", "seat": "ARD", "message": 1},
)


def misshapen(known: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """Every map with one of its values, or one more key, replaced by every odd value; also one level down."""
    made = [{**one, key: odd} for one in known for key in (*one, "more") for odd in ODD]
    inside = [one for one in known if "inject" in one]
    made += [{**one, "inject": {**one["inject"], key: odd}} for one in inside for key in one["inject"] for odd in ODD]
    return made


@pytest.mark.timeout(120)
async def test_every_command_of_a_wrong_shape_is_answered_and_the_session_goes_on(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    _, links = await host(rate_per_second=100_000.0, rate_burst=100_000)
    ard = invite(links.seats["ARD"])
    await ard.join()
    moderator = await begin(links)
    for command in [{}, *({"kind": odd} for odd in ODD), *misshapen(KNOWN)]:
        sent = secrets.token_hex(16)
        await moderator.say("command", id=sent, command=command)
        await moderator.until(lambda sent=sent: any(getattr(m, "id", "") == sent for m in moderator.heard[-20:]))
    moves: tuple[dict[str, Any], ...] = (letter(), {"kind": "propose", "to": ["BEL"], "terms": {"form": "pact"}})
    for move in misshapen(moves):
        sent = await ard.order(move, window=0)
        await ard.until(lambda sent=sent: any(getattr(m, "id", "") == sent for m in ard.heard[-20:]))
    assert [m for m in (*moderator.heard, *ard.heard) if isinstance(m, Error) and m.code == "internal"] == []
    assert (moderator.closed, ard.closed) == (None, None)


@pytest.mark.timeout(30)
async def test_a_check_that_fails_unexpectedly_is_answered_and_ends_nothing(
    host: Host, invite: Invite, begin: Begin, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join()
    moderator = await begin(links)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("counterpoise.session.commands.require_possible", fail)
        sent = await moderator.command("pause")
        error = await moderator.hear("error")
        assert (error.code, error.id, error.path) == ("internal", sent, "$.command")
    with monkeypatch.context() as broken:
        broken.setattr("counterpoise.gateway.requests.open_calls", fail)
        await ard.say("ready", tick=0)
        assert (await ard.hear("error")).answers == "ready"
        await ard.order(letter())
        assert await ard.hear("ack")
    assert "pause" not in commands_in(await journal_of(server))
    await moderator.command("pause")
    assert await moderator.hear("ack")
    assert "pause" in commands_in(await journal_of(server))


@pytest.mark.timeout(30)
async def test_a_failure_after_something_was_written_stops_the_session_before_its_commit(
    host: Host, invite: Invite, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, links = await host()
    moderator = await begin(links)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("counterpoise.session.running_session.carry_out", fail)
    await moderator.command("pause")
    assert (await moderator.until_closed())[0] == 1011
    assert "pause" not in commands_in(await journal_of(server))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("with_ids", [True, False])
@pytest.mark.parametrize("subprotocol", ["counterpoise.v2.json", "counterpoise.v2.msgpack"])
async def test_every_one_of_many_looks_at_once_is_answered(
    host: Host, invite: Invite, begin: Begin, subprotocol: str, with_ids: bool
) -> None:
    _, links = await host(rate_per_second=1000.0, rate_burst=1000)
    ard, observer = invite(links.seats["ARD"], subprotocol), invite(links.moderator, subprotocol)
    await ard.join()
    await observer.join()
    await begin(links)
    await ard.hear("observe")
    for guest, seats in ((ard, [""]), (observer, ["BEL", "COR"])):
        before, sent = len(guest.all("observe")), [secrets.token_hex(16) if with_ids else "" for _ in range(20)]
        for number, look_id in enumerate(sent):
            await guest.say("look", seat=seats[number % len(seats)], **({"id": look_id} if with_ids else {}))
        await guest.say("ping", n=7)
        await guest.until(lambda guest=guest, before=before: len(guest.all("observe")) >= before + 20)
        answers = guest.all("observe")[before:]
        assert [answer.id for answer in answers if answer.id] == [look_id for look_id in sent if look_id]


@pytest.mark.timeout(60)
async def test_looks_at_once_and_refused_ones_among_them_each_get_their_own_answer(host: Host, begin: Begin) -> None:
    _, links = await host()
    async with Client(links.seats["ARD"]) as client, Client(links.moderator) as moderator:
        await begin(links)
        await client.wait_until_started()
        outcomes = await asyncio.gather(
            *(client.look(seat) for seat in ("", "BEL", "", "COR", "")), return_exceptions=True
        )
        assert [isinstance(outcome, OrderRefused) for outcome in outcomes] == [False, True, False, True, False]
        seen = await asyncio.gather(*(moderator.look(seat) for seat in ("BEL", "COR", "BEL", "DUN", "COR")))
        assert [observe.view.own.id for observe in seen] == ["BEL", "COR", "BEL", "DUN", "COR"]
        await client.look()


async def test_a_seat_hears_what_it_may_order_and_why_not_the_rest(host: Host, invite: Invite, begin: Begin) -> None:
    _, links = await host()
    seat = invite(links.seats["ARD"])
    await seat.join()
    await begin(links)
    await seat.say("ask_moves", id="a" * 32)
    told = await seat.hear("moves")
    assert (told.id, told.answers) == ("a" * 32, [])
    assert told.options["mobilize"].expected == ""
    assert told.options["join_war"].expected == "a war"
    await seat.say("ask_moves", id="b" * 32, move={"kind": "guarantee", "to": "ARD"})
    judged = await seat.hear("moves", lambda message: message.id == "b" * 32)
    assert list(judged.options) == ["guarantee"]
    assert judged.options["guarantee"].expected == "another state"
    assert "ARD" not in judged.options["guarantee"].choices["to"]
    await seat.say("ask_moves", id="c" * 32, move={"kind": "guarantee"})
    refused = await seat.hear("error")
    assert (refused.id, refused.answers) == ("c" * 32, "ask_moves")


async def test_a_seat_hears_its_legal_moves_with_all_their_fields(host: Host, begin: Begin) -> None:
    server, links = await host()
    async with Client(links.seats["ARD"], bot="asking") as client:
        await begin(links)
        await client.wait_until_started()
        told = await client.legal_moves()
        session = server.hub.rooms["s"].session
        assert told == legal_moves(session.view(ActorId("ARD")))
        assert list(dict.fromkeys(move.kind for move in told)) == session.observe(ActorId("ARD")).kinds
        threats = await client.legal_moves("mobilize")
        assert threats == [move for move in told if move.kind == "mobilize"]
        assert (await client.order(threats[0])).id
        with pytest.raises(OrderRefused, match=r"\$.kind: expected .*, got \"mobilise\""):
            await client.legal_moves("mobilise")


async def test_more_legal_moves_than_an_answer_has_are_asked_for_by_kind(
    host: Host, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "LEGAL_MAX", 20)
    _, links = await host()
    async with Client(links.seats["ARD"], bot="asking") as client:
        await begin(links)
        await client.wait_until_started()
        moves = await client.ask_legal()
        assert (len(moves.legal), moves.more, moves.options, moves.answers) == (20, True, {}, [])
        assert not (await client.ask_legal("mobilize")).more

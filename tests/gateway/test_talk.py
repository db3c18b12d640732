"""Talk and second thoughts through the wire: messages while the clock stands, orders taken back, calls left open."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.gateway.talk_rates import MESSAGES_BURST
from counterpoise.session.commands import Pace
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import HEARD_PER_WINDOW, Bot
from counterpoise.sim.move import Move
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.torture.host_process import HostProcess
from counterpoise.wire.messages import SUBPROTOCOLS
from counterpoise_clients.client import Client
from counterpoise_clients.network.bot_runner import run_bot

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

    from counterpoise.torture.guest import Guest

MSGPACK, JSON = SUBPROTOCOLS
OLD = "counterpoise.v1.json"


class Parrot:
    """Answers every message with the same words."""

    name = "parrot"

    def decide(self, view: View) -> list[Move]:
        return []

    def hear(self, view: View, message: Mapping[str, Any]) -> list[Move]:
        return [Message((message["actors"][0],), message["detail"]["text"] + "!")]


def parrots(session: Session) -> Mapping[ActorId, Bot]:
    return {seat: Parrot() for seat in session.seats}


def is_message(news: Any) -> bool:
    return bool(news.incident["kind"] == "message")


async def journal_of(server: Any) -> list[Entry]:
    room = server.hub.rooms["s"]
    entries: list[Entry] = await room.writer.call(lambda journal: list(journal.entries()))
    return entries


async def joined(links: Any, invite: Invite, *seats: str) -> list[Guest]:
    guests = [invite(links.seats[seat], (JSON, MSGPACK)[place % 2]) for place, seat in enumerate(seats)]
    for guest in guests:
        await guest.join()
    return guests


async def test_a_message_is_delivered_while_the_clock_stands(
    host: Any, invite: Invite, begin: Begin, letter: Letter
) -> None:
    server, links = await host()
    ard, bel, cor = await joined(links, invite, "ARD", "BEL", "COR")
    moderator = await begin(links)
    await ard.order({"kind": "message", "to": ["BEL"], "text": "Only for you"})
    news = await bel.hear("incident", is_message)
    assert (news.incident["detail"]["text"], news.incident["tick"]) == ("Only for you", 0)
    assert (await moderator.hear("incident", is_message)).incident == news.incident
    await bel.order({"kind": "message", "text": "Hear, all"})
    assert (await cor.hear("incident", is_message)).incident["detail"]["text"] == "Hear, all"
    assert server.hub.rooms["s"].session.now == 0
    assert not any("Only for you" in str(message) for message in cor.heard)


async def test_who_comes_back_gets_what_was_written_and_how_far_the_seat_has_read(
    host: Any, invite: Invite, begin: Begin
) -> None:
    _, links = await host()
    ard, bel = await joined(links, invite, "ARD", "BEL")
    moderator = await begin(links)
    for text in ("one", "two"):
        await ard.order({"kind": "message", "to": ["BEL"], "text": text})
    await bel.hear("incident", lambda m: is_message(m) and m.incident["detail"]["text"] == "two")
    await bel.say("read", id="a" * 32, thread="ARD+BEL", number=2)
    assert (await bel.hear("read_mark")).number == 2
    await bel.say("read", id="c" * 32, thread="ARD+BEL", number=1)
    assert (await bel.hear("read_mark")).number == 2, "a mark never goes back"
    again = invite(links.seats["BEL"])
    again.token = bel.token
    await again.join()
    talk = await again.hear("talk")
    assert [message["detail"]["text"] for message in talk.messages] == ["one", "two"]
    assert talk.read == {"ARD+BEL": 2}
    assert not ard.all("read_mark")
    assert not moderator.all("read_mark")
    await again.say("read", id="b" * 32, thread="COR+DUN", number=1)
    assert (await again.hear("error")).path == "$.thread"


async def test_the_moderator_sets_what_may_be_written_and_everyone_is_told(
    host: Any, invite: Invite, begin: Begin
) -> None:
    _, links = await host()
    (ard,) = await joined(links, invite, "ARD")
    moderator = await begin(links)
    await moderator.command("talk", level="none")
    await ard.hear("status", lambda m: m.talk == "none")
    await ard.order({"kind": "message", "to": ["BEL"], "text": "psst"})
    assert (await ard.hear("error")).code == "illegal"
    await moderator.command("talk", level="loud")
    assert (await moderator.hear("error")).path == "$.command.level"


async def test_a_seat_that_writes_too_fast_is_told_when_to_try_again(host: Any, invite: Invite, begin: Begin) -> None:
    server, links = await host(rate_per_second=1000, rate_burst=1000, unanswered=1000)
    (ard,) = await joined(links, invite, "ARD")
    await begin(links)
    for _ in range(3 * MESSAGES_BURST):
        await ard.order({"kind": "message", "to": ["BEL"], "text": "!"})
    error = await ard.hear("error")
    assert error.code == "rate_limited"
    assert server.hub.rooms["s"].session.orders_of(ActorId("ARD")) >= MESSAGES_BURST


async def test_an_order_is_replaced_and_taken_back_until_the_clock_moves(
    host: Any, invite: Invite, begin: Begin
) -> None:
    server, links = await host()
    (ard,) = await joined(links, invite, "ARD")
    await begin(links)
    first = await ard.order({"kind": "state_intent", "about": "BEL", "intent": "hostile"})
    second = secrets.token_hex(16)
    await ard.hear("ack", lambda m: m.id == first)
    move = {"kind": "state_intent", "about": "COR", "intent": "hostile"}
    for _ in range(2):
        await ard.say("order", id=second, window=0, move=move, replaces=first)
        await ard.hear("ack", lambda m: m.id == second)
    for _ in range(2):
        await ard.say("withdraw", id="c" * 32, order=second)
        await ard.hear("ack", lambda m: m.id == "c" * 32)
    await ard.say("withdraw", id="d" * 32, order=first)
    error = await ard.hear("error")
    assert (error.code, error.path, error.id) == ("not_waiting", "$.order", "d" * 32)
    await ard.say("ready", tick=0)
    await ard.hear("observe", lambda m: m.view.tick > 0)
    session = server.hub.rooms["s"].session
    assert not any(i.kind == "statement" and i.actors[0] == "ARD" for i in session.simulation.world.incidents)


async def test_in_continuous_time_an_order_can_be_taken_back_until_the_next_beat(
    host: Any, invite: Invite, begin: Begin
) -> None:
    server, links = await host(pace=Pace(mode="continuous", days_per_second=4.0))
    (ard,) = await joined(links, invite, "ARD")
    await begin(links)
    first = await ard.order({"kind": "state_intent", "about": "BEL", "intent": "hostile"})
    await ard.say("withdraw", id="c" * 32, order=first)
    answer = await ard.hear("ack", lambda m: m.id == "c" * 32)
    assert answer.id == "c" * 32
    second = await ard.order({"kind": "state_intent", "about": "BEL", "intent": "hostile"})
    await ard.hear("incident", lambda m: m.incident["kind"] == "statement")
    await ard.say("withdraw", id="d" * 32, order=second)
    assert (await ard.hear("error")).code == "not_waiting"
    stated = [i for i in server.hub.rooms["s"].session.simulation.world.incidents if i.kind == "statement"]
    assert len([i for i in stated if i.actors[0] == "ARD"]) == 1


async def test_ready_is_taken_with_an_open_call_and_names_what_is_answered_by_default(
    host: Any, invite: Invite, begin: Begin
) -> None:
    _, links = await host()
    ard, bel = await joined(links, invite, "ARD", "BEL")
    await begin(links)
    await ard.order({"kind": "propose_alliance", "to": "BEL", "commitment": "consultation", "secret": False})
    await ard.hear("ack")
    for guest in (ard, bel):
        await guest.say("ready", tick=0)
        assert (await guest.hear("noted")).open == []
    called = await bel.hear("observe", lambda m: any(call.reason == "proposal" for call in m.view.calls))
    (call,) = called.view.calls
    await bel.say("ready", tick=called.view.tick)
    (left,) = (await bel.hear("noted")).open
    assert (left.call, left.reason, left.subject, left.deadline) == (call.id, "proposal", call.subject, call.deadline)
    assert left.defaults == ("no answer",)


async def test_a_ready_seat_whose_order_answers_the_call_leaves_nothing_open(
    host: Any, invite: Invite, begin: Begin
) -> None:
    _, links = await host()
    ard, bel = await joined(links, invite, "ARD", "BEL")
    await begin(links)
    await ard.order({"kind": "propose_alliance", "to": "BEL", "commitment": "consultation", "secret": False})
    await ard.hear("ack")
    for guest in (ard, bel):
        await guest.say("ready", tick=0)
    called = await bel.hear("observe", lambda m: any(call.reason == "proposal" for call in m.view.calls))
    answer = await bel.order({"kind": "answer_proposal", "proposal": called.view.calls[0].subject, "accept": False})
    await bel.hear("ack", lambda m: m.id == answer)
    # The other called seats keep the clock where it is, or the answer has been taken and acts: either way nothing is open.
    await bel.say("withdraw", id="e" * 32, order=answer)
    await bel.hear("ack", lambda m: m.id == "e" * 32)
    again = await bel.order({"kind": "answer_proposal", "proposal": called.view.calls[0].subject, "accept": True})
    await bel.hear("ack", lambda m: m.id == again)
    await bel.say("ready", tick=called.view.tick)
    assert (await bel.hear("noted", lambda m: m.tick == called.view.tick)).open == []


@pytest.mark.parametrize("subprotocol", [OLD, JSON])
async def test_a_client_of_version_1_is_refused_by_a_message_that_names_the_version(
    host: Any, invite: Invite, subprotocol: str
) -> None:
    _, links = await host()
    guest = await invite(links.seats["ARD"], subprotocol).open()
    await guest.say("hello", protocol=1, token=guest.token)
    error = await guest.hear("error")
    assert (error.code, error.path, error.expected, error.got) == (
        "other_version", "$.protocol", "protocol 2", "protocol 1",
    )  # fmt: skip
    assert "protocol 2" in (await guest.hear("bye")).reason
    assert (await guest.until_closed())[0] == 4006


async def test_bots_of_the_server_answer_at_once_and_every_replay_has_the_same_answers(
    host: Any, invite: Invite, begin: Begin
) -> None:
    server, links = await host(bots=parrots)
    (ard,) = await joined(links, invite, "ARD")
    await begin(links)
    await ard.order({"kind": "message", "to": ["BEL"], "text": "one"})
    for _ in range(2 * HEARD_PER_WINDOW):
        await ard.order({"kind": "message", "to": ["COR"], "text": "many"})
    texts = [
        (await ard.hear("incident", lambda m: is_message(m) and m.incident["actors"][0] != "ARD")).incident
        for _ in range(1 + HEARD_PER_WINDOW)
    ]
    assert [(one["actors"][0], one["detail"]["text"]) for one in texts] == [
        ("BEL", "one!"), *[("COR", "many!")] * HEARD_PER_WINDOW,
    ]  # fmt: skip
    await ard.until(lambda: len(ard.all("ack")) == 1 + 2 * HEARD_PER_WINDOW)  # nothing moves any more
    session = server.hub.rooms["s"].session
    assert session.now == 0
    again = replay(await journal_of(server), "s")
    assert [i for i in again.simulation.world.incidents if i.kind == "message"] == [
        i for i in session.simulation.world.incidents if i.kind == "message"
    ]


async def test_a_bot_on_the_network_answers_messages_while_the_clock_stands(
    host: Any, invite: Invite, begin: Begin
) -> None:
    server, links = await host()
    (ard,) = await joined(links, invite, "ARD")
    async with Client(links.seats["BEL"], name="parrot") as client:
        playing = asyncio.create_task(run_bot(client, Parrot()))
        await begin(links)
        await ard.order({"kind": "message", "to": ["BEL"], "text": "hello"})
        news = await ard.hear("incident", lambda m: is_message(m) and m.incident["actors"][0] == "BEL")
        assert news.incident["detail"]["text"] == "hello!"
        assert server.hub.rooms["s"].session.now == 0
        playing.cancel()


def ids_of(guest: Guest) -> list[str]:
    return [message.id for message in guest.all("ack")]


def texts_of(guest: Guest) -> list[str]:
    return [message.incident["detail"]["text"] for message in guest.all("incident") if is_message(message)]


@pytest.mark.slow
@pytest.mark.timeout(170)
async def test_kill_9_between_sending_and_the_ack_loses_and_doubles_no_message_and_no_second_thought(
    tmp_path: Path, invite: Invite
) -> None:
    """Send, kill before or after the answer, come back and send the same again: each counts once and is heard once."""
    async with HostProcess(tmp_path / "data", tmp_path / "log", days_per_second=0.01) as server:
        ard, bel = invite(server.links["seats"]["ARD"]), invite(server.links["seats"]["BEL"])
        sent: list[dict[str, Any]] = []
        intent = {"kind": "state_intent", "about": "COR", "intent": "hostile"}
        for round_number in range(int(os.environ.get("COUNTERPOISE_KILLS", "4"))):
            await ard.join()
            await bel.join()
            given, other = secrets.token_hex(16), secrets.token_hex(16)
            frames: list[dict[str, Any]] = [
                {"t": "order", "id": secrets.token_hex(16), "window": 0,
                 "move": {"kind": "message", "to": ["BEL"], "text": f"{round_number}"}},
                {"t": "order", "id": given, "window": 0, "move": intent},
                {"t": "order", "id": other, "window": 0, "move": {**intent, "about": "BEL"}, "replaces": given},
                {"t": "withdraw", "id": secrets.token_hex(16), "order": other},
            ]  # fmt: skip
            sent += frames
            for frame in frames:
                await ard.raw(ard.encode(frame))
            if round_number % 2:
                await ard.until(lambda last: last in ids_of(ard), frames[round_number % 4]["id"])
            await server.kill()
            await ard.until_closed()
            await bel.until_closed()
            await server.start()
            await ard.join()
            await bel.join()
            for frame in frames:
                await ard.raw(ard.encode(frame))
            await ard.until(lambda all_of_them: set(ids_of(ard)) >= all_of_them, {frame["id"] for frame in frames})
            await bel.until(lambda text: text in texts_of(bel), f"{round_number}")
            await ard.leave()
            await bel.leave()
        assert await server.kill(signal.SIGTERM) == 0
    entries = server.journal()
    stored = [entry.content()["id"] for entry in entries if entry.kind in ("order", "command")]
    assert sorted(one for one in stored if one in [frame["id"] for frame in sent]) == sorted(f["id"] for f in sent)
    assert sorted(texts_of(bel)) == sorted({frame["move"]["text"] for frame in sent if "text" in frame.get("move", {})})
    assert replay(entries, "s").orders.moves_of(ActorId("ARD")) == []

"""The SDK against a server that speaks real messages over a real socket and breaks the connection when asked to."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

import pytest

from counterpoise.wire.messages import (
    PROTOCOL_VERSION,
    Ack,
    AskDebrief,
    ClientMessage,
    Error,
    Hello,
    IncidentNews,
    Look,
    OpenCall,
    Order,
    Ping,
    Read,
    ReadMark,
    Ready,
    ServerMessage,
    Talk,
    Withdraw,
)
from counterpoise_clients.client import Client, KeptToken, OrderRefused, SeatLost
from counterpoise_clients.network.resume import Backoff

if TYPE_CHECKING:
    from tests.clients.conftest import LoopbackServer

pytestmark = pytest.mark.timeout(30)
TOKEN = "kq3vXh1n0pZr8sWd"
QUICK = Backoff(first_s=0.01, max_s=0.05, restart_s=0.05)


@pytest.mark.parametrize("form", ["msgpack", "json"])
async def test_a_client_says_hello_and_plays_in_both_subprotocols(server: LoopbackServer, form: str) -> None:
    async with Client(server.link, subprotocol=form, name="Amina") as client:
        assert (client.seat, client.session) == ("EGY", "s1")
        assert server.hellos == [Hello(PROTOCOL_VERSION, TOKEN, 0, "", "Amina", client="sdk")]
        await server.until(lambda: client.latest is not None)
        ack = await client.order({"kind": "arm"})
        assert ack.vseq == 1
        assert (await client.command({"kind": "pause"})).vseq == 2
        assert (await client.look()).view.tick == 5000
        assert await client.ask_debrief() == {"decisions": []}
        await client.ping()
        orders = [message for message in server.heard if isinstance(message, Order)]
        assert [(order.window, order.move) for order in orders] == [(12, {"kind": "arm"})]
        assert len(client.unanswered_orders) == 0


async def test_an_order_right_after_the_welcome_waits_for_the_first_view(server: LoopbackServer) -> None:
    server.called_at = []
    async with Client(server.link) as client:
        order, ready = asyncio.create_task(client.order({"kind": "arm"})), asyncio.create_task(client.ready())
        await client.ping()
        assert client.latest is None
        await server.says[-1](server.observe(1096))
        await order
        await ready
        await client.ping()
    assert [message.window for message in server.heard if isinstance(message, Order)] == [12]
    assert [message.tick for message in server.heard if isinstance(message, Ready)] == [1096]


@pytest.mark.parametrize(("code", "lines"), [("late", 0), ("not_running", 1)])
async def test_a_late_ready_is_not_worth_a_line_and_other_refusals_get_a_sentence(
    server: LoopbackServer, caplog: pytest.LogCaptureFixture, code: str, lines: int
) -> None:
    server.script = lambda message: (
        Error(code, "$.tick", "the open window", "another", answers="ready") if isinstance(message, Ready) else None
    )
    async with Client(server.link) as client:
        await server.until(lambda: client.latest is not None)
        await client.ready()
        await client.ping()
    told = [record.getMessage() for record in caplog.records if record.name.startswith("counterpoise")]
    assert len(told) == lines
    assert all("this seat is ready" in line and "Ready(" not in line for line in told)


async def test_a_refused_order_raises_with_code_and_path(server: LoopbackServer) -> None:
    server.script = lambda message: (
        Error("illegal", "$.move.to", "another state", "your own", message.id) if isinstance(message, Order) else None
    )
    async with Client(server.link) as client:
        with pytest.raises(OrderRefused) as refused:
            await client.order({"kind": "guarantee", "to": "EGY"})
        assert (refused.value.code, refused.value.path) == ("illegal", "$.move.to")
        assert len(client.unanswered_orders) == 0


async def test_the_first_frame_after_each_welcome_shows_that_the_token_has_arrived(server: LoopbackServer) -> None:
    async with Client(server.link) as client:
        await client.ping()
    assert [type(message) for message in server.confirmed] == [Ping]


async def test_an_order_with_a_lost_ack_is_resent_under_its_id_and_counts_once(server: LoopbackServer) -> None:
    lost: list[str] = []

    def lose_the_first_ack(message: ClientMessage) -> tuple[int, str] | None:
        if isinstance(message, Order) and not lost:
            lost.append(message.id)
            server.counted[message.id] = server.number(lambda vseq, receipt: Ack(message.id, vseq, receipt))
            return 1012, "restarting"
        return None

    server.script = lose_the_first_ack
    async with Client(server.link, backoff=QUICK) as client:
        acks = await asyncio.gather(client.order({"kind": "arm"}), client.order({"kind": "mobilize"}))
        assert [ack.vseq for ack in acks] == [1, 2]
        assert client.connection.connection_count == 2
    assert len(server.counted) == 2
    ids = [message.id for message in server.heard if isinstance(message, Order)]
    assert ids.count(lost[0]) == 2
    assert server.hellos[1].token == "next-token-1"


async def test_a_client_whose_token_another_has_replaced_goes_on_with_the_newer_one(server: LoopbackServer) -> None:
    kept = KeptToken()

    def another_client_comes_first(message: ClientMessage) -> tuple[int, str] | None:
        if isinstance(message, Hello) and message.token != "token-of-the-other":
            kept.newest = "token-of-the-other"
            return 4001, "this link is not valid"
        return None

    server.script = another_client_comes_first
    async with Client(server.link, kept, backoff=QUICK) as client:
        assert client.loss is None
    assert [hello.token for hello in server.hellos][1:] == ["token-of-the-other"]
    assert kept.newest == "next-token-2"


async def test_a_client_whose_token_is_void_and_the_newest_is_lost(server: LoopbackServer) -> None:
    server.script = lambda message: (4001, "this link is not valid") if isinstance(message, Hello) else None
    with pytest.raises(SeatLost, match="4001"):
        async with Client(server.link, KeptToken(), backoff=QUICK):
            pass
    assert len(server.hellos) == 1


async def test_nothing_is_sent_twice_while_the_connection_lasts(server: LoopbackServer) -> None:
    async with Client(server.link) as client:
        await asyncio.gather(*(client.order({"kind": "message", "text": str(n)}) for n in range(30)))
    orders = [message for message in server.heard if isinstance(message, Order)]
    assert len({order.id for order in orders}) == len(orders) == 30
    assert [order.move["text"] for order in orders] == [str(n) for n in range(30)]


async def test_a_client_resumes_from_the_last_number_without_repeated_messages(server: LoopbackServer) -> None:
    news: list[int] = []

    def listener(message: ServerMessage) -> None:
        if isinstance(message, IncidentNews):
            news.append(message.incident["id"])

    async with Client(server.link, backoff=QUICK, on_message=listener) as client:
        await client.order({"kind": "arm"})
        for number in range(3):
            server.number(partial(IncidentNews, incident={"id": number}))
        server.script = lambda message: (1011, "a fault") if isinstance(message, Ping) and message.n < 0 else None
        await client.connection.send(Ping(-1))
        await server.until(lambda: news == [0, 1, 2])
        assert (server.hellos[1].last_vseq, server.hellos[1].last_receipt) == (1, "receipt-1")
        assert (client.connection.received.last, client.connection.received.receipt) == (4, "receipt-4")


@pytest.mark.parametrize("code", [1000, 1008, 4001, 4002, 4006, 4007])
async def test_after_a_final_close_the_seat_is_lost_with_the_servers_reason(server: LoopbackServer, code: int) -> None:
    server.script = lambda message: (code, "the whole reason, at length")
    with pytest.raises(SeatLost, match="the whole reason, at length") as lost:
        async with Client(server.link, backoff=QUICK):
            pass
    assert lost.value.code == code
    assert len(server.hellos) == 1


async def test_a_waiting_order_raises_when_the_seat_is_lost(server: LoopbackServer) -> None:
    server.script = lambda message: (4002, "opened elsewhere") if isinstance(message, Order) else None
    async with Client(server.link, backoff=QUICK) as client:
        with pytest.raises(SeatLost, match="4002"):
            await client.order({"kind": "arm"})
        with pytest.raises(SeatLost):
            await client.order({"kind": "arm"})
        assert len(server.hellos) == 1


async def test_a_client_gives_up_when_no_server_answers(unused_tcp_port: int) -> None:
    link = f"http://127.0.0.1:{unused_tcp_port}/j/s1#{TOKEN}"
    with pytest.raises(SeatLost):
        async with Client(link, backoff=QUICK, give_up_after_s=0.3):
            pass


async def test_a_client_waits_for_a_server_that_comes_back(server: LoopbackServer) -> None:
    refusals = iter([True, True, False])
    server.script = lambda message: (1013, "not yet") if isinstance(message, Hello) and next(refusals, False) else None
    async with Client(server.link, backoff=QUICK) as client:
        assert client.seat == "EGY"
    assert len(server.hellos) == 3


async def test_an_unanswered_request_is_resent_after_a_reconnect(server: LoopbackServer) -> None:
    broken: list[bool] = []

    def break_once(message: ClientMessage) -> tuple[int, str] | None:
        if isinstance(message, AskDebrief) and not broken:
            broken.append(True)
            return 1011, "a fault"
        return None

    server.script = break_once
    async with Client(server.link, backoff=QUICK) as client:
        assert await client.ask_debrief() == {"decisions": []}


async def test_a_refused_request_raises_and_does_not_affect_the_next(server: LoopbackServer) -> None:
    server.script = lambda message: (
        Error("not_allowed", "$.t", "a role", "another", message.id, answers="look")
        if isinstance(message, Look) and message.seat
        else None
    )
    async with Client(server.link) as client:
        with pytest.raises(OrderRefused, match="not_allowed"):
            await client.look("ISR")
        await client.look()


async def test_an_error_fails_the_request_that_it_names_and_no_earlier_one(server: LoopbackServer) -> None:
    server.script = lambda message: (
        Error("not_allowed", "$.t", "a role", "another", message.id, "look") if isinstance(message, Look) else None
    )
    async with Client(server.link) as client:
        debrief = asyncio.create_task(client.ask_debrief())
        ping = asyncio.create_task(client.ping())
        with pytest.raises(OrderRefused, match="not_allowed"):
            await client.look("ISR")
        assert await debrief == {"decisions": []}
        await ping


async def test_a_closed_client_leaves_no_task_behind(server: LoopbackServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="asyncio")
    before = len(asyncio.all_tasks())
    client = Client(server.link)
    await client.connect()
    await client.close()
    await client.close()
    await server.until(lambda: len(asyncio.all_tasks()) <= before)
    assert client.loss is not None
    assert caplog.records == []


async def test_an_order_is_replaced_and_taken_back(server: LoopbackServer) -> None:
    async with Client(server.link) as client:
        first = await client.order({"kind": "arm"})
        second = await client.order({"kind": "govern"}, replaces=first.id)
        await client.withdraw(second.id)
        await client.mark_read("everyone", 3)
    sent = [message for message in server.heard if not isinstance(message, Ping)]
    assert isinstance(sent[1], Order)
    assert sent[1].replaces == first.id
    assert isinstance(sent[2], Withdraw)
    assert sent[2].order == second.id
    assert isinstance(sent[3], Read)
    assert (sent[3].thread, sent[3].number) == ("everyone", 3)


async def test_a_client_knows_what_was_written_and_what_it_has_left_open(server: LoopbackServer) -> None:
    letters = [{"id": n, "kind": "message", "actors": ["ISR"], "detail": {"number": n}} for n in (1, 2)]
    server.left_open = [OpenCall(9, "peace", 3, 1100, ("accept", "refuse"))]
    async with Client(server.link) as client:
        await client.ping()
        await server.says[-1](Talk(letters[:1], {"everyone": 1}))
        for letter in (letters[0], letters[1]):
            await server.says[-1](server.number(partial(IncidentNews, incident=letter)))
        await server.says[-1](ReadMark("everyone", 2))
        await client.ready(1096)
        await client.ping()
        assert [message["id"] for message in client.messages] == [1, 2], "one came twice, and counts once"
        assert client.read_marks == {"everyone": 2}
        assert client.left_open == server.left_open

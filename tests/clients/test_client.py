"""The SDK against a peer that speaks real messages over a real socket and breaks the connection when told to."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import msgspec
import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise.wire.codec import codec_for
from counterpoise.wire.messages import (
    SUBPROTOCOLS,
    Ack,
    AskDebrief,
    Bye,
    ClientMessage,
    Command,
    DebriefReport,
    Error,
    Hello,
    IncidentNews,
    Look,
    Observe,
    Order,
    Phase,
    Ping,
    Pong,
    Ready,
    ServerMessage,
    Status,
    Welcome,
)
from counterpoise_clients.client import Client, OrderRefused, SeatLost
from counterpoise_clients.network.bot_runner import run_bot
from counterpoise_clients.network.resume import Backoff
from message_examples import examples

pytestmark = pytest.mark.timeout(30)
TOKEN = "kq3vXh1n0pZr8sWd"
QUICK = Backoff(first_s=0.01, max_s=0.05, restart_s=0.05)
SAMPLES: dict[type, Any] = {type(each.message): each.message for each in examples()}


class LoopbackServer:
    """Numbers and answers what clients send, as a session does; ``script`` may break in on each message."""

    def __init__(self) -> None:
        self.port = 0
        self.hellos: list[Hello] = []
        self.heard: list[ClientMessage] = []
        self.counted: dict[str, Ack] = {}
        self.sent: list[Ack | IncidentNews] = []
        self.called_at: list[int] = [1096]
        self.phase: Phase = "running"
        self.says: list[Callable[[ServerMessage], Any]] = []
        self.script: Callable[[ClientMessage], tuple[int, str] | ServerMessage | None] = lambda message: None

    @property
    def link(self) -> str:
        return f"http://127.0.0.1:{self.port}/j/s1#{TOKEN}"

    def observe(self, tick: int, *, called: bool = True) -> Observe:
        sample: Observe = SAMPLES[Observe]
        view = msgspec.convert({**msgspec.to_builtins(sample.view), "tick": tick, "window": tick // 91}, View)
        return Observe(len(self.sent), called, view, {})

    def number(self, make: Callable[[int, str], Any]) -> Any:
        vseq = len(self.sent) + 1
        self.sent.append(make(vseq, f"receipt-{vseq}"))
        return self.sent[-1]

    async def handle(self, socket: ServerConnection) -> None:
        codec = codec_for(socket.subprotocol)

        async def say(message: ServerMessage) -> None:
            await socket.send(codec.encode(message))

        self.says.append(say)
        hello = codec.decode(await socket.recv())
        assert isinstance(hello, Hello)
        self.hellos.append(hello)
        answer = self.script(hello)
        if isinstance(answer, tuple):
            await say(Bye(answer[1], answer[0]))
            await socket.close(answer[0], "short")
            return
        delta = hello.last_vseq > 0
        head = (len(self.sent), f"receipt-{len(self.sent)}") if self.sent else (0, "")
        await say(
            msgspec.structs.replace(
                SAMPLES[Welcome],
                resume="delta" if delta else "fresh",
                vseq=head[0],
                receipt=head[1],
                next_token=f"next-token-{len(self.hellos)}",
            )
        )
        for missed in self.sent[hello.last_vseq :] if delta else []:
            await say(missed)
        if self.called_at:
            await say(self.observe(self.called_at[0]))
        await say(msgspec.structs.replace(SAMPLES[Status], phase=self.phase))
        try:
            async for frame in socket:
                await self._answer(codec.decode(frame), say, socket)
        except ConnectionClosed:
            return

    async def _answer(
        self, message: ClientMessage, say: Callable[[ServerMessage], Any], socket: ServerConnection
    ) -> None:
        self.heard.append(message)
        answer = self.script(message)
        if isinstance(answer, tuple):
            await socket.close(*answer)
        elif answer is not None:
            await say(answer)
        elif isinstance(message, Order | Command):
            if message.id not in self.counted:
                self.counted[message.id] = self.number(lambda vseq, receipt: Ack(message.id, vseq, receipt))
            await say(self.counted[message.id])
        elif isinstance(message, Ready):
            await say(Ack("", len(self.sent), "head"))
            self.called_at = [tick for tick in self.called_at if tick > message.tick]
            if self.called_at:
                await say(self.observe(self.called_at[0]))
            else:
                await say(msgspec.structs.replace(SAMPLES[Status], phase="ended"))
        elif isinstance(message, Look):
            await say(self.observe(5000, called=False))
        elif isinstance(message, AskDebrief):
            await say(DebriefReport({"decisions": []}))
        elif isinstance(message, Ping):
            await say(Pong(message.n))


@asynccontextmanager
async def serving() -> AsyncIterator[LoopbackServer]:
    server = LoopbackServer()
    async with serve(
        server.handle,
        "127.0.0.1",
        0,
        subprotocols=list(SUBPROTOCOLS),  # type: ignore[arg-type]
        compression=None,
        close_timeout=1,
    ) as listening:
        server.port = next(iter(listening.sockets)).getsockname()[1]
        yield server


@pytest.fixture
async def server() -> AsyncIterator[LoopbackServer]:
    async with serving() as running:
        yield running


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("form", ["msgpack", "json"])
async def test_a_client_says_hello_and_plays_in_either_form(server: LoopbackServer, form: str) -> None:
    async with Client(server.link, subprotocol=form, name="Amina") as client:
        assert (client.seat, client.session) == ("EGY", "s1")
        assert server.hellos == [Hello(1, TOKEN, 0, "", "Amina")]
        await until(lambda: client.latest is not None)
        ack = await client.order({"kind": "arm"})
        assert ack.vseq == 1
        assert (await client.command({"kind": "pause"})).vseq == 2
        assert (await client.look()).view.tick == 5000
        assert await client.ask_debrief() == {"decisions": []}
        await client.ping()
        orders = [message for message in server.heard if isinstance(message, Order)]
        assert [(order.window, order.move) for order in orders] == [(12, {"kind": "arm"})]
        assert len(client.unanswered_orders) == 0


async def test_a_refused_order_raises_with_the_place_and_the_reason(server: LoopbackServer) -> None:
    server.script = lambda message: (
        Error("illegal", "$.move.to", "another state", "your own", message.id) if isinstance(message, Order) else None
    )
    async with Client(server.link) as client:
        with pytest.raises(OrderRefused) as refused:
            await client.order({"kind": "guarantee", "to": "EGY"})
        assert (refused.value.code, refused.value.path) == ("illegal", "$.move.to")
        assert len(client.unanswered_orders) == 0


async def test_an_order_whose_ack_was_lost_is_sent_again_under_its_id_and_counts_once(server: LoopbackServer) -> None:
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
        assert client.connection.connections == 2
    assert len(server.counted) == 2
    ids = [message.id for message in server.heard if isinstance(message, Order)]
    assert ids.count(lost[0]) == 2
    assert server.hellos[1].token == "next-token-1"


async def test_nothing_is_sent_twice_while_the_connection_lasts(server: LoopbackServer) -> None:
    async with Client(server.link) as client:
        await asyncio.gather(*(client.order({"kind": "message", "text": str(n)}) for n in range(30)))
    orders = [message for message in server.heard if isinstance(message, Order)]
    assert len({order.id for order in orders}) == len(orders) == 30
    assert [order.move["text"] for order in orders] == [str(n) for n in range(30)]


async def test_a_client_resumes_from_the_last_number_and_takes_no_news_twice(server: LoopbackServer) -> None:
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
        await until(lambda: news == [0, 1, 2])
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


async def test_an_order_that_waits_when_the_seat_is_lost_raises(server: LoopbackServer) -> None:
    server.script = lambda message: (4002, "opened elsewhere") if isinstance(message, Order) else None
    async with Client(server.link, backoff=QUICK) as client:
        with pytest.raises(SeatLost, match="4002"):
            await client.order({"kind": "arm"})
        with pytest.raises(SeatLost):
            await client.order({"kind": "arm"})
        assert len(server.hellos) == 1


async def test_a_server_that_is_not_there_is_given_up_after_a_while() -> None:
    async with serving() as server:
        link = server.link
    with pytest.raises(SeatLost):
        async with Client(link, backoff=QUICK, give_up_after_s=0.3):
            pass


async def test_a_client_waits_for_a_server_that_comes_back(server: LoopbackServer) -> None:
    refusals = iter([True, True, False])
    server.script = lambda message: (1013, "not yet") if isinstance(message, Hello) and next(refusals, False) else None
    async with Client(server.link, backoff=QUICK) as client:
        assert client.seat == "EGY"
    assert len(server.hellos) == 3


async def test_a_question_without_an_answer_is_asked_again_after_a_reconnect(server: LoopbackServer) -> None:
    broken: list[bool] = []

    def break_once(message: ClientMessage) -> tuple[int, str] | None:
        if isinstance(message, AskDebrief) and not broken:
            broken.append(True)
            return 1011, "a fault"
        return None

    server.script = break_once
    async with Client(server.link, backoff=QUICK) as client:
        assert await client.ask_debrief() == {"decisions": []}


async def test_a_refused_question_raises_and_leaves_the_next_alone(server: LoopbackServer) -> None:
    server.script = lambda message: (
        Error("not_allowed", "$.t", "a role", "another") if isinstance(message, Look) and message.seat else None
    )
    async with Client(server.link) as client:
        with pytest.raises(OrderRefused, match="not_allowed"):
            await client.look("ISR")
        await client.look()


class Recorder:
    """Orders one move at each stop, and keeps what it saw."""

    def __init__(self) -> None:
        self.ticks: list[int] = []

    def decide(self, view: View) -> list[Any]:
        self.ticks.append(view.tick)
        return [Message(ActorId("ISR"), str(view.tick))]


class Stumbler(Recorder):
    """Fails at its first stop, and returns nothing sensible at its second."""

    def decide(self, view: View) -> list[Any]:
        super().decide(view)
        if len(self.ticks) == 1:
            raise ZeroDivisionError("oops")
        if len(self.ticks) == 2:
            return None  # type: ignore[return-value]
        return [object()]


async def test_a_bot_plays_each_stop_once_until_the_end(server: LoopbackServer) -> None:
    server.called_at = [0, 91, 100, 182]
    bot = Recorder()
    async with Client(server.link) as client:
        assert await run_bot(client, bot) == "the session has ended"
    assert bot.ticks == [0, 91, 100, 182]
    orders = [message for message in server.heard if isinstance(message, Order)]
    assert [(order.window, order.move["text"]) for order in orders] == [(0, "0"), (1, "91"), (1, "100"), (2, "182")]
    kinds = [type(message) for message in server.heard]
    assert kinds == [Order, Ready] * 4


async def test_a_bot_decides_nothing_before_the_session_has_started(server: LoopbackServer) -> None:
    server.phase, server.called_at = "lobby", [0]
    bot = Recorder()
    async with Client(server.link) as client:
        playing = asyncio.create_task(run_bot(client, bot))
        await until(lambda: client.status is not None and client.latest is not None)
        await client.ping()
        assert bot.ticks == []
        await server.says[0](msgspec.structs.replace(SAMPLES[Status], phase="running"))
        await playing
    assert bot.ticks == [0]
    assert [type(message) for message in server.heard] == [Ping, Order, Ready]


async def test_a_bot_that_fails_is_reported_and_its_seat_is_ready_all_the_same(server: LoopbackServer) -> None:
    server.called_at = [0, 91, 182]
    told: list[str] = []
    async with Client(server.link) as client:
        await run_bot(client, Stumbler(), report=told.append)
    assert [type(message) for message in server.heard] == [Ready] * 3
    assert len(told) == 3
    assert "ZeroDivisionError: oops" in told[0]
    assert "Traceback" in told[0]
    assert "decide returned nothing" in told[1]
    assert "decide returned an object among its moves" in told[2]


async def test_a_refused_move_is_reported_with_the_move(server: LoopbackServer) -> None:
    server.script = lambda message: (
        Error("illegal", "$.move", "peace", "war", message.id) if isinstance(message, Order) else None
    )
    told: list[str] = []
    async with Client(server.link) as client:
        await run_bot(client, Recorder(), report=told.append)
    (line,) = told
    assert "Message(to='ISR'" in line
    assert "illegal: $.move: expected peace, got war" in line


async def test_a_bot_that_is_late_is_told_of_once_and_summed_up_at_the_end(server: LoopbackServer) -> None:
    server.called_at = [0, 91, 182, 546]
    decisions: list[int] = []
    told: list[str] = []

    class Slow:
        def decide(self, view: View) -> list[Any]:
            decisions.append(view.tick)
            if view.tick in (0, 182):  # while it thinks, the clock goes on
                asyncio.run_coroutine_threadsafe(go_on(view.tick), loop).result(10)
            return []

    async def go_on(tick: int) -> None:
        server.called_at = [later for later in server.called_at if later > tick]
        await server.says[0](server.observe(server.called_at[0]))
        await until(lambda: client.latest is not None and client.latest.view.tick > tick)

    loop = asyncio.get_running_loop()
    async with Client(server.link) as client:
        await run_bot(client, Slow(), report=told.append)
    assert decisions == [0, 91, 182, 546]
    assert len(told) == 2
    assert "the bot is late: it took 0." in told[0]
    assert told[1].endswith("the bot was late and missed 5 windows")


async def test_play_outlives_a_broken_connection(server: LoopbackServer) -> None:
    server.called_at = [0, 91, 182]
    broken: list[int] = []

    def break_on_the_first_ready(message: ClientMessage) -> tuple[int, str] | None:
        if isinstance(message, Ready) and not broken:
            broken.append(message.tick)
            return 1012, "restarting"
        return None

    server.script = break_on_the_first_ready
    bot = Recorder()
    async with Client(server.link, backoff=QUICK) as client:
        assert await run_bot(client, bot) == "the session has ended"
    assert bot.ticks == [0, 91, 182]
    assert len(server.counted) == 3


async def test_play_raises_when_the_seat_is_taken_away(server: LoopbackServer) -> None:
    server.script = lambda message: (4002, "opened elsewhere") if isinstance(message, Order) else None
    async with Client(server.link, backoff=QUICK) as client:
        with pytest.raises(SeatLost, match="opened elsewhere"):
            await run_bot(client, Recorder())


async def test_a_client_that_leaves_leaves_nothing_behind(
    server: LoopbackServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="asyncio")
    before = len(asyncio.all_tasks())
    client = Client(server.link)
    await client.connect()
    await client.close()
    await client.close()
    await until(lambda: len(asyncio.all_tasks()) <= before)
    assert client.loss is not None
    assert caplog.records == []

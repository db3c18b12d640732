"""A bot that runs over the network plays every stop, and its faults never block the session."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.wire.messages import ClientMessage, Error, Order, Ping, Ready
from counterpoise_clients.client import Client, SeatLost
from counterpoise_clients.network.bot_runner import run_bot
from counterpoise_clients.network.resume import Backoff

if TYPE_CHECKING:
    from tests.clients.conftest import LoopbackServer

pytestmark = pytest.mark.timeout(30)
QUICK = Backoff(first_s=0.01, max_s=0.05, restart_s=0.05)


class Recorder:
    """Orders one move at each stop, and keeps what it saw."""

    def __init__(self) -> None:
        self.ticks: list[int] = []

    def decide(self, view: View) -> list[Any]:
        self.ticks.append(view.tick)
        return [Message((ActorId("ISR"),), str(view.tick))]


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
        await server.until(lambda: client.status is not None and client.latest is not None)
        await client.ping()
        assert bot.ticks == []
        await server.says[0](server.status("running"))
        await playing
    assert bot.ticks == [0]
    assert [type(message) for message in server.heard] == [Ping, Order, Ready]


async def test_a_failing_bot_is_reported_and_its_seat_is_still_ready(server: LoopbackServer) -> None:
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
    assert "Message(to=('ISR',)" in line
    assert "illegal: $.move: expected peace, got war" in line


async def test_a_late_bot_is_reported_once_and_counted_at_the_end(server: LoopbackServer) -> None:
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
        await server.until(lambda: client.latest is not None and client.latest.view.tick > tick)

    loop = asyncio.get_running_loop()
    async with Client(server.link) as client:
        await run_bot(client, Slow(), report=told.append)
    assert decisions == [0, 91, 182, 546]
    assert len(told) == 2
    assert "the bot is late: it took 0." in told[0]
    assert told[1].endswith("the bot was late and missed 5 windows")


async def test_a_bot_plays_on_after_a_broken_connection(server: LoopbackServer) -> None:
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


async def test_run_bot_raises_when_the_seat_is_lost(server: LoopbackServer) -> None:
    server.script = lambda message: (4002, "opened elsewhere") if isinstance(message, Order) else None
    async with Client(server.link, backoff=QUICK) as client:
        with pytest.raises(SeatLost, match="opened elsewhere"):
            await run_bot(client, Recorder())

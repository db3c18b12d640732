"""Frames keep their order on a connection; connections break, fall silent and slow down."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from counterpoise.simulation.network import BUFFER_BYTES, PROXY_SECONDS, Network, SocketEnd
from counterpoise.simulation.virtual_loop import VirtualLoop


class Taker:
    """A process that takes every connection, as long as it is not busy."""

    def __init__(self) -> None:
        self.accepted: list[SocketEnd] = []
        self.is_busy = False

    async def takes(self, url: str) -> bool:
        if self.is_busy:
            await asyncio.sleep(100.0)
        return not self.is_busy

    def accept(self, end: SocketEnd, url: str) -> None:
        self.accepted.append(end)


Scene = Callable[[Network, SocketEnd, SocketEnd], Awaitable[Any]]


def play(scene: Scene, seed: int = 1) -> Any:
    """Run a scene with both ends of a connection: the client's, then the server's."""

    async def run() -> Any:
        network, taker = Network(Random(seed)), Taker()
        network.listeners.append(taker)
        async with network.dialler("ARD")("ws://server/s/game/ws", "sub") as mine:
            return await scene(network, mine, taker.accepted[0])

    loop = VirtualLoop(Random(seed))  # type: ignore[abstract]
    try:
        return loop.run_until_complete(run())
    finally:
        loop.close()


@pytest.mark.parametrize("seed", range(5))
def test_frames_arrive_in_the_order_in_which_they_were_sent(seed: int) -> None:
    async def scene(network: Network, mine: SocketEnd, theirs: SocketEnd) -> list[Any]:
        for number in range(50):
            await theirs.send(bytes([number]))
        return [await mine.recv() for _ in range(50)]

    assert play(scene, seed) == [bytes([number]) for number in range(50)]


def test_frames_before_a_close_arrive_and_then_the_code() -> None:
    async def scene(network: Network, mine: SocketEnd, theirs: SocketEnd) -> tuple[Any, Any]:
        await theirs.send(b"last")
        await theirs.close(4003, "too slow")
        first = await mine.recv()
        with pytest.raises(ConnectionClosed) as closed:
            await mine.recv()
        return first, closed.value.rcvd.code if closed.value.rcvd else None

    assert play(scene) == (b"last", 4003)


def test_a_broken_connection_loses_what_is_on_the_way() -> None:
    async def scene(network: Network, mine: SocketEnd, theirs: SocketEnd) -> None:
        await theirs.send(b"lost")
        network.break_connection("ARD")
        with pytest.raises(ConnectionClosed):
            await mine.recv()
        with pytest.raises(ConnectionClosed):
            await theirs.send(b"more")

    play(scene)


def test_both_ends_notice_silence_by_their_pings() -> None:
    async def scene(network: Network, mine: SocketEnd, theirs: SocketEnd) -> float:
        network.silence("ARD")
        await theirs.send(b"lost")
        with pytest.raises(ConnectionClosed):
            await mine.recv()
        return asyncio.get_running_loop().time()

    assert 15.0 < play(scene) < 31.0


def test_a_sender_waits_for_a_slow_reader() -> None:
    async def scene(network: Network, mine: SocketEnd, theirs: SocketEnd) -> float:
        reading = asyncio.create_task(mine.recv())
        await asyncio.sleep(0.1)
        network.slow_down("ARD", 5.0)
        await theirs.send(bytes(BUFFER_BYTES))
        await reading
        reading = asyncio.create_task(mine.recv())
        await theirs.send(bytes(BUFFER_BYTES))
        assert theirs.is_congested is False
        await reading
        return asyncio.get_running_loop().time()

    assert play(scene) > 5.0


def test_a_proxy_passes_a_process_by_that_does_not_answer() -> None:
    async def scene(network: Network, mine: SocketEnd, theirs: SocketEnd) -> tuple[int, float]:
        busy, other = Taker(), Taker()
        busy.is_busy = True
        network.listeners[:] = [busy, other]
        async with network.dialler("COR")("ws://server/s/game/ws", "sub"):
            return len(other.accepted), asyncio.get_running_loop().time()

    accepted, seconds = play(scene)
    assert accepted == 1
    assert seconds > PROXY_SECONDS


def test_without_a_process_nobody_answers_and_one_that_does_not_serve_the_session_refuses() -> None:
    async def scene(network: Network, mine: SocketEnd, theirs: SocketEnd) -> None:
        busy = Taker()
        busy.is_busy = True
        network.listeners[:] = [busy]
        with pytest.raises(InvalidStatus):
            async with network.dialler("COR")("ws://server/s/game/ws", "sub"):
                pass
        network.listeners.clear()
        with pytest.raises(ConnectionRefusedError):
            async with network.dialler("COR")("ws://server/s/game/ws", "sub"):
                pass

    play(scene)

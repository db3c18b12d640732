"""The client of the orders benchmark, in its own process: it reads a plan from standard input and prints results as JSON.

It uses little processor time: of the server's frames it decodes acks, errors and windows, and skips incidents and views.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, TypeVar

import msgpack
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from counterpoise.wire.messages import PROTOCOL_VERSION, SUBPROTOCOLS
from counterpoise_clients.network.links import parse_link

DECODED = {tag: msgpack.packb("t") + msgpack.packb(tag) for tag in ("ack", "error", "window", "welcome")}
"""The first bytes of the frames that are decoded, after the byte that opens the map."""

CLEARING_SECONDS = 1.5
"""Time for the clock to advance and for waiting orders to take effect before the next phase is measured."""


class Client(ABC):
    """One connection, which sends a frame and waits for its answer, again and again."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.latencies: list[float] = []
        self.refused = 0

    async def repeat(self, until: float, most: int) -> None:
        """Send frames, each after the answer to the last, until a time, but at least one answer, or a number of answers."""
        while (time.perf_counter() < until or not self.latencies) and len(self.latencies) < most:
            began = time.perf_counter()
            if await self.once():
                self.latencies.append(time.perf_counter() - began)
            else:
                self.refused += 1
                await asyncio.sleep(0.01)

    @abstractmethod
    async def once(self) -> bool:
        """Send one frame, wait for its answer, and return whether it was accepted."""


class EchoClient(Client):
    """A connection to the bare echo server, which gets the same bytes as the real one."""

    async def once(self) -> bool:
        """Send an order, which the echo server returns."""
        await self.socket.send(order(0, "EGY"))
        return bool(msgpack.unpackb(await self.socket.recv()))


class OrderClient(Client):
    """A seat of a session."""

    def __init__(self, socket: ClientConnection, to: str = "") -> None:
        super().__init__(socket)
        self.to = to
        self.window = 0

    async def join(self, token: str) -> None:
        """Send hello and wait for the welcome."""
        await self.socket.send(msgpack.packb({"t": "hello", "protocol": PROTOCOL_VERSION, "token": token}))
        while (await self.hear())["t"] != "welcome":
            pass

    async def once(self) -> bool:
        """Send an order that waits for the clock: a note with words, which are journalled apart."""
        await self.socket.send(order(self.window, self.to))
        while True:
            heard = await self.hear()
            if heard["t"] == "ack":
                return True
            if heard["t"] == "error":
                return False

    async def hear(self) -> dict[str, Any]:
        """Return the next decoded message other than a window."""
        while True:
            frame = await self.socket.recv()
            assert isinstance(frame, bytes)
            if any(frame.startswith(head, 1) for head in DECODED.values()):
                message: dict[str, Any] = msgpack.unpackb(frame)
                if message["t"] == "window":
                    self.window = message["window"]
                else:
                    return message


class ModeratorClient(OrderClient):
    """The moderator of a session, who receives every incident of it."""

    def __init__(self, socket: ClientConnection, to: str = "") -> None:
        super().__init__(socket, to)
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listening: asyncio.Task[None] | None = None

    async def command(self, kind: str) -> None:
        """Send a moderator command and wait for its answer."""
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        number = secrets.token_hex(16)
        await self.socket.send(msgpack.packb({"t": "command", "id": number, "command": {"kind": kind}}))
        while (answer := await self._answers.get()).get("id") != number:
            pass
        if answer["t"] == "error":
            raise RuntimeError(f"{kind} was refused: {answer}")

    async def _listen(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                self._answers.put_nowait(await self.hear())


S = TypeVar("S", bound=OrderClient)


def order(window: int, to: str) -> bytes:
    """Return the frame of a new order."""
    # Not a message: a server bounds how fast a seat may write to others.
    move = {"kind": "give_reason", "reason": "threat", "note": f"I fear {to}."}
    return bytes(msgpack.packb({"t": "order", "id": secrets.token_hex(16), "window": window, "move": move}))


async def open_connection(url: str, subprotocol: str = "") -> ClientConnection:
    """Open a connection with the settings of the server."""
    offered = [Subprotocol(subprotocol)] if subprotocol else None
    return await connect(url, subprotocols=offered, compression=None, proxy=None, max_size=None)


async def seated_client(kind: type[S], link: str, to: str = "") -> S:
    """Return a client that has joined its seat by a join link."""
    where = parse_link(link)
    client = kind(await open_connection(where.url, SUBPROTOCOLS[0]), to)
    await client.join(where.token)
    return client


async def measured_phase(
    clients: Sequence[Client], seconds: float, most: int = sys.maxsize, *, meter: ClientConnection
) -> dict[str, float]:
    """Let all clients repeat for a time or a number of answers.

    Args:
        clients: who repeats.
        seconds: how long.
        most: how many answers each client waits for at most.
        meter: a connection to the echo server, which tells the processor time of the process of both servers.

    Returns:
        The counts, the latencies in ms, and the processor seconds that the servers used.
    """
    for client in clients:
        client.latencies, client.refused = [], 0
    used = await processor_seconds(meter)
    began = time.perf_counter()
    await asyncio.gather(*(client.repeat(began + seconds, most) for client in clients))
    passed = time.perf_counter() - began
    used = await processor_seconds(meter) - used
    waits = sorted(itertools.chain.from_iterable(client.latencies for client in clients))
    return {
        "seconds": passed,
        "processor": used,
        "answered": len(waits),
        "refused": sum(client.refused for client in clients),
        "p50": 1000 * waits[len(waits) // 2],
        "p99": 1000 * waits[len(waits) * 99 // 100],
    }


async def processor_seconds(meter: ClientConnection) -> float:
    """Return the processor time that the process of the servers has used so far, in seconds."""
    await meter.send("processor time")
    return float(await meter.recv())


async def main(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Connect to both servers, then measure echoes and orders in turns."""
    moderators: list[ModeratorClient] = []
    players: list[OrderClient] = []
    for session in plan["sessions"]:
        moderators.append(await seated_client(ModeratorClient, session["moderator"]))
        seats = list(session["seats"])
        for place, (code, link) in enumerate(session["seats"].items()):
            others = [*seats[place + 1 :], *seats[:place]] or [code]
            players.append(await seated_client(OrderClient, link, others[0]))
    echoes = [EchoClient(await open_connection(plan["echo"])) for _ in players]
    meter = await open_connection(plan["echo"])
    await asyncio.gather(*(moderator.command("start") for moderator in moderators))
    await asyncio.gather(*(moderator.command("pause") for moderator in moderators))
    rounds = []
    for _ in range(plan["repetitions"]):
        found = {"echo": await measured_phase(echoes, plan["seconds"], meter=meter)}
        await asyncio.gather(*(moderator.command("resume") for moderator in moderators))
        found["running"] = await measured_phase(players, plan["seconds"], meter=meter)
        await asyncio.sleep(CLEARING_SECONDS)
        await asyncio.gather(*(moderator.command("pause") for moderator in moderators))
        found["standing"] = await measured_phase(players, plan["seconds"], plan["orders_standing"], meter=meter)
        await asyncio.gather(*(moderator.command("resume") for moderator in moderators))
        await asyncio.sleep(CLEARING_SECONDS)
        await asyncio.gather(*(moderator.command("pause") for moderator in moderators))
        rounds.append(found)
    # Abort instead of closing: a close would have to read all frames that the server still sends.
    for socket in (meter, *(client.socket for client in (*echoes, *players, *moderators))):
        socket.transport.abort()
    return rounds


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(json.load(sys.stdin)))))

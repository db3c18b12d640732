"""The client's side of the orders benchmark, a process of its own: plan in on standard input, findings out as JSON.

It spends as little as it can: of the server's frames it decodes acks, refusals and windows, and lets news and views pass.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import sys
import time
from collections.abc import Sequence
from typing import Any, TypeVar

import msgpack
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from counterpoise.wire.messages import PROTOCOL_VERSION, SUBPROTOCOLS
from counterpoise_clients.network.links import parse_link

HEARD = {tag: msgpack.packb("t") + msgpack.packb(tag) for tag in ("ack", "error", "window", "welcome")}
"""How the frames worth decoding begin, after the byte that opens the map."""

CLEARING_SECONDS = 1.5
"""Time for the clock to move and for every order that waited to be told, before the next phase is measured."""


class Client:
    """One connection. ``say`` sends a map and returns the frame that answers it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.latencies: list[float] = []
        self.refused = 0

    async def repeat(self, until: float, most: int) -> None:
        """Send frame after frame until the time has come or so many are answered, each when the one before is."""
        while time.perf_counter() < until and len(self.latencies) < most:
            began = time.perf_counter()
            if await self.once():
                self.latencies.append(time.perf_counter() - began)
            else:
                self.refused += 1
                await asyncio.sleep(0.01)

    async def once(self) -> bool:
        """Send one frame and wait for its answer; tells whether it was taken."""
        raise NotImplementedError


class Echoing(Client):
    """A connection to the bare echo, which gets the same bytes as the server."""

    async def once(self) -> bool:
        """Send an order to nobody."""
        await self.socket.send(order(0, "EGY"))
        return bool(msgpack.unpackb(await self.socket.recv()))


class Ordering(Client):
    """A seat of a session."""

    def __init__(self, socket: ClientConnection, to: str = "") -> None:
        super().__init__(socket)
        self.to = to
        self.window = 0

    async def join(self, token: str) -> None:
        """Say hello and wait for the welcome."""
        await self.socket.send(msgpack.packb({"t": "hello", "protocol": PROTOCOL_VERSION, "token": token}))
        while (await self.hear())["t"] != "welcome":
            pass

    async def once(self) -> bool:
        """Order a message to another state."""
        await self.socket.send(order(self.window, self.to))
        while True:
            heard = await self.hear()
            if heard["t"] == "ack":
                return True
            if heard["t"] == "error":
                return False

    async def hear(self) -> dict[str, Any]:
        """Return the next message that matters."""
        while True:
            frame = await self.socket.recv()
            assert isinstance(frame, bytes)
            if any(frame.startswith(head, 1) for head in HEARD.values()):
                message: dict[str, Any] = msgpack.unpackb(frame)
                if message["t"] == "window":
                    self.window = message["window"]
                else:
                    return message


class Moderating(Ordering):
    """The moderator of a session, who also hears everything that happens in it."""

    def __init__(self, socket: ClientConnection, to: str = "") -> None:
        super().__init__(socket, to)
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listening: asyncio.Task[None] | None = None

    async def command(self, kind: str) -> None:
        """Command something and wait until it is done."""
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


S = TypeVar("S", bound=Ordering)


def order(window: int, to: str) -> bytes:
    """Return the frame of a new order."""
    move = {"kind": "message", "to": to, "text": "Let us talk."}
    return bytes(msgpack.packb({"t": "order", "id": secrets.token_hex(16), "window": window, "move": move}))


async def dial(url: str, subprotocol: str = "") -> ClientConnection:
    """Open a connection as the server wants it."""
    offered = [Subprotocol(subprotocol)] if subprotocol else None
    return await connect(url, subprotocols=offered, compression=None, proxy=None, max_size=None)


async def seat(kind: type[S], link: str, to: str = "") -> S:
    """Connect by a join link and sit down."""
    where = parse_link(link)
    client = kind(await dial(where.url, SUBPROTOCOLS[0]), to)
    await client.join(where.token)
    return client


async def phase(clients: Sequence[Client], seconds: float, most: int = sys.maxsize) -> dict[str, float]:
    """Let all clients repeat for so long, or so often; return how much was answered, and the wait for it in ms."""
    for client in clients:
        client.latencies, client.refused = [], 0
    began = time.perf_counter()
    await asyncio.gather(*(client.repeat(began + seconds, most) for client in clients))
    passed = time.perf_counter() - began
    waits = sorted(itertools.chain.from_iterable(client.latencies for client in clients))
    return {
        "seconds": passed,
        "answered": len(waits),
        "refused": sum(client.refused for client in clients),
        "p50": 1000 * waits[len(waits) // 2],
        "p99": 1000 * waits[len(waits) * 99 // 100],
    }


async def main(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Connect to both, then let echo and orders take turns."""
    moderators: list[Moderating] = []
    players: list[Ordering] = []
    for session in plan["sessions"]:
        moderators.append(await seat(Moderating, session["moderator"]))
        seats = list(session["seats"])
        for place, (code, link) in enumerate(session["seats"].items()):
            others = [*seats[place + 1 :], *seats[:place]] or [code]
            players.append(await seat(Ordering, link, others[0]))
    echoes = [Echoing(await dial(plan["echo"])) for _ in players]
    await asyncio.gather(*(moderator.command("start") for moderator in moderators))
    await asyncio.gather(*(moderator.command("pause") for moderator in moderators))
    rounds = []
    for _ in range(plan["repetitions"]):
        found = {"echo": await phase(echoes, plan["seconds"])}
        await asyncio.gather(*(moderator.command("resume") for moderator in moderators))
        found["running"] = await phase(players, plan["seconds"])
        await asyncio.sleep(CLEARING_SECONDS)
        await asyncio.gather(*(moderator.command("pause") for moderator in moderators))
        found["standing"] = await phase(players, plan["seconds"], plan["orders_standing"])
        await asyncio.gather(*(moderator.command("resume") for moderator in moderators))
        await asyncio.sleep(CLEARING_SECONDS)
        await asyncio.gather(*(moderator.command("pause") for moderator in moderators))
        rounds.append(found)
    # Not closed politely: what the server still has to say would have to be read first.
    for client in (*echoes, *players, *moderators):
        client.socket.transport.abort()
    return rounds


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(json.load(sys.stdin)))))

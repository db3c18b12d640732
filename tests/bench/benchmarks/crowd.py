"""What a crowd costs: a message to a thousand observers, and fifteen hundred clients that return at the same moment.

The references are a bare websockets server in the same process: ``broadcast`` of the same frame to as many connections, and as
many connections that are opened, send a frame and get one as long as a welcome.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgpack
from crowd_process import CrowdProcess, crowd_process
from measurement import Report, figure, ratio, scenario
from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

from counterpoise.gateway.audience import Outgoing
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.published_messages import OBSERVER
from counterpoise.wire.codec import CODECS
from counterpoise.wire.messages import PROTOCOL_VERSION, SUBPROTOCOLS, IncidentNews
from counterpoise_clients.network.links import parse_link

SETTLING_SECONDS = 0.6
"""Time for the status that follows arrivals and departures."""


def measure(*, tiny: bool) -> Report:
    """Measure broadcasts and returns on both servers in turns."""
    observers, returning, rounds, repetitions = (20, 30, 3, 1) if tiny else (1000, 1500, 20, 3)
    name = "checkerboard" if tiny else "middle-east-1955"
    found = asyncio.run(_measure(name, observers, returning, rounds, repetitions))
    return Report(
        "Crowds",
        (
            ratio(
                "processor time of a bare broadcast over that of a message to observers", found["bare"], found["sent"]
            ),
            ratio("time of bare arrivals over that of returning clients", found["bare arrivals"], found["returns"]),
            figure("message to all observers, processor time", "ms", *(1000 * one for one in found["sent"])),
            figure("reference: bare broadcast, processor time", "ms", *(1000 * one for one in found["bare"])),
            figure("all clients have returned after", "s", *found["returns"]),
            figure("reference: bare arrivals", "s", *found["bare arrivals"]),
            figure("first arrivals by a shared link", "s", *found["joins"]),
        ),
        (
            f"{observers} observers of one session of {name} get an incident {rounds} times, each when all have the one before.",
            f"{returning} observers lose their connections and return at once with their newest tokens.",
            "Every welcome carries the catalogue of moves; the bare server sends one frame of the same length.",
        ),
    )


async def _measure(name: str, observers: int, returning: int, rounds: int, repetitions: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {key: [] for key in ("bare", "sent", "bare arrivals", "returns", "joins")}
    with tempfile.TemporaryDirectory() as folder:
        config = ServerConfig(data_dir=Path(folder), port=0)
        async with Server(config) as server, crowd_process() as crowd:
            links = await server.hub.create(scenario_text=scenario(name), seed="1", session_id="s")
            link = parse_link(links.observer)
            room = await server.hub.room("s")
            news = IncidentNews(1, 32 * "0", _incident(room.session.scenario.actors[0].id))
            frame = CODECS[SUBPROTOCOLS[0]].encode(news)
            for _ in range(repetitions):
                opened = await _open(crowd, link.url, [_hello(link.token)] * observers)
                welcome_bytes = opened["first"][0]["bytes"]
                await asyncio.sleep(SETTLING_SECONDS)

                async def deliver() -> None:
                    room.audience.deliver([Outgoing(OBSERVER, news)])

                found["sent"].append(await _cost(crowd, deliver, rounds))
                await crowd.ask("drop")
                found["joins"].append(opened["seconds"])
                async with _BareServer(b"w" * welcome_bytes) as bare:
                    await _open(crowd, bare.url, [b"h"] * observers, subprotocol="")

                    async def bare_broadcast() -> None:
                        broadcast(bare.connections, frame)

                    found["bare"].append(await _cost(crowd, bare_broadcast, rounds))
                    await crowd.ask("drop")
                    opened = await _open(crowd, bare.url, [_hello(link.token)] * returning, subprotocol="")
                    found["bare arrivals"].append(opened["seconds"])
                    await crowd.ask("drop")
                opened = await _open(crowd, link.url, [_hello(link.token)] * returning)
                tokens = [first["next_token"] for first in opened["first"]]
                await crowd.ask("drop")
                await asyncio.sleep(SETTLING_SECONDS)
                opened = await _open(crowd, link.url, [_hello(token) for token in tokens])
                assert all(first.get("t") == "welcome" for first in opened["first"]), "somebody was refused"
                found["returns"].append(opened["seconds"])
                await crowd.ask("drop")
                await asyncio.sleep(SETTLING_SECONDS)
    return found


async def _open(
    crowd: CrowdProcess, url: str, frames: list[bytes], *, subprotocol: str = SUBPROTOCOLS[0]
) -> dict[str, Any]:
    return await crowd.ask("open", url=url, subprotocol=subprotocol, frames=[frame.hex() for frame in frames])


async def _cost(crowd: CrowdProcess, send: Callable[[], Awaitable[None]], rounds: int) -> float:
    """Return the processor seconds of this process for one message to everybody."""
    gc.collect()
    await crowd.ask("mark")
    began = time.process_time()
    for sent in range(rounds):
        await send()
        await crowd.ask("hear", frames=sent + 1)
    return (time.process_time() - began) / rounds


def _hello(token: str) -> bytes:
    return bytes(msgpack.packb({"t": "hello", "protocol": PROTOCOL_VERSION, "token": token}))


def _incident(state: str) -> dict[str, Any]:
    detail = {"statement": "peaceful", "toward": state, "text": "We want nothing but peace with our neighbours."}
    return {"id": 1, "date": "1955-01-01", "tick": 0, "kind": "statement", "actors": [state], "detail": detail}


class _BareServer:
    """A websockets server that answers the first frame of a client with one of its own, and keeps the connection."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self.connections: set[ServerConnection] = set()
        self.url = ""

    async def __aenter__(self) -> _BareServer:
        self._server = await serve(self._serve, "127.0.0.1", 0, compression=None, backlog=1024)
        port = next(iter(self._server.sockets)).getsockname()[1]
        self.url = f"ws://127.0.0.1:{port}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, connection: ServerConnection) -> None:
        self.connections.add(connection)
        with contextlib.suppress(ConnectionClosed):
            await connection.recv()
            await connection.send(self._answer)
            await connection.wait_closed()
        self.connections.discard(connection)

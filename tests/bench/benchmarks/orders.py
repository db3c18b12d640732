"""Orders per second of the real server over 100 connections, beside a bare websockets + msgpack echo server.

Both servers run in this process and take turns. One other process is the client of both and does the same with both: over
each connection it sends one frame and waits for its answer before the next. The clock that counts is the processor time of the
process of the servers: other programs on the machine do not change it. The server answers an order after it is checked,
chained, on the disk (SQLite, synchronous=FULL) and numbered for its seat; the echo server only decodes and encodes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgpack
from measurement import Figure, Report, figure, ratio, scenario
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.orders.pending_orders import ORDERS_PER_STOP

DAYS_PER_SECOND = 7.0
UNLIMITED = 1_000_000
ORDERS_STANDING = 60
assert ORDERS_STANDING <= ORDERS_PER_STOP, "further orders would be refused"


def measure(*, tiny: bool) -> Report:
    """Run both servers, let the client process measure them, and compare."""
    connections, seconds, repetitions = (8, 0.3, 1) if tiny else (100, 3.0, 3)
    name = "checkerboard" if tiny else "middle-east-1955"
    rounds, sessions = asyncio.run(_serve_both(name, connections, seconds, repetitions))
    echo, standing, running = ([found[part] for found in rounds] for part in ("echo", "standing", "running"))
    refused = sum(found["refused"] for found in (*standing, *running))
    return Report(
        f"Orders over {connections} connections",
        (
            ratio("processor time of an echo over that of an order, clock running", _costs(echo), _costs(running)),
            ratio("processor time of an echo over that of an order, clock standing", _costs(echo), _costs(standing)),
            ratio("orders over echoes while the clock runs", _rates(running), _rates(echo)),
            ratio("orders over echoes while the clock stands", _rates(standing), _rates(echo)),
            ratio("median wait for an ack over that for an echo", _column(running, "p50"), _column(echo, "p50")),
            figure("orders acknowledged while the clock runs", "per second", *_rates(running)),
            *_waits("an ack", running),
            figure("orders acknowledged while the clock stands", "per second", *_rates(standing)),
            *_waits("an ack while the clock stands", standing),
            figure("reference: bare echo", "round trips per second", *_rates(echo)),
            *_waits("an echo", echo),
        ),
        (
            f"{sessions} sessions of {name} share the server, one connection a seat, a moderator listening in each.",
            "Each order is a note with words: it is checked, journalled, and later sent to its seat and the moderator.",
            f"The clock runs at {DAYS_PER_SECOND:g} days a second: at four stops a second orders act and views are sent.",
            f"A seat may order {ORDERS_PER_STOP} times at one stop, {4 * ORDERS_PER_STOP} a second; no seat reaches that here.",
            f"While the clock stands (a pause) each seat orders {ORDERS_STANDING} times. It also stands during the echoes.",
            f"The rate limit of a client is raised for the benchmark. Refused orders, which do not count: {refused}.",
        ),
    )


def _rates(rounds: list[dict[str, float]]) -> list[float]:
    return [found["answered"] / found["seconds"] for found in rounds]


def _costs(rounds: list[dict[str, float]]) -> list[float]:
    """Return the processor seconds of the server for each answer."""
    return [found["processor"] / found["answered"] for found in rounds]


def _column(rounds: list[dict[str, float]], name: str) -> list[float]:
    return [found[name] for found in rounds]


def _waits(what: str, rounds: list[dict[str, float]]) -> tuple[Figure, Figure]:
    return (
        figure(f"wait for {what}, median", "ms", *_column(rounds, "p50")),
        figure(f"wait for {what}, 99th percentile", "ms", *_column(rounds, "p99")),
    )


async def _serve_both(
    name: str, connections: int, seconds: float, repetitions: int
) -> tuple[list[dict[str, Any]], int]:
    text = scenario(name)
    with tempfile.TemporaryDirectory() as folder:
        config = ServerConfig(data_dir=Path(folder), port=0, rate_per_second=UNLIMITED, rate_burst=UNLIMITED)
        async with Server(config) as server, serve(_echo, "127.0.0.1", 0, compression=None) as echo:
            port = next(iter(echo.sockets)).getsockname()[1]
            sessions: list[dict[str, Any]] = []
            seated = 0
            while seated < connections:
                links = await server.hub.create(
                    scenario_text=text,
                    seed=str(len(sessions)),
                    pace=Pace(mode="continuous", days_per_second=DAYS_PER_SECOND),
                )
                world = server.hub.rooms[links.session].session.simulation.world
                active = [actor.id for actor in world.active()][: connections - seated]
                sessions.append({"moderator": links.moderator, "seats": {seat: links.seats[seat] for seat in active}})
                seated += len(active)
            plan = {
                "echo": f"ws://127.0.0.1:{port}",
                "sessions": sessions,
                "seconds": seconds,
                "repetitions": repetitions,
                "orders_standing": ORDERS_STANDING,
            }
            return await _load(plan, 60.0 + 4 * seconds * repetitions), len(sessions)


async def _echo(socket: ServerConnection) -> None:
    """Echo the content of binary frames; answer a text frame with the processor time of this process."""
    with contextlib.suppress(ConnectionClosed):
        async for frame in socket:
            if isinstance(frame, str):
                await socket.send(repr(time.process_time()))
                continue
            await socket.send(msgpack.packb(msgpack.unpackb(frame)))


async def _load(plan: dict[str, Any], within: float) -> list[dict[str, Any]]:
    """Return the results of the client process, which reads the plan from standard input and prints its results."""
    script = Path(__file__).resolve().parents[1] / "load_client.py"
    client = await asyncio.create_subprocess_exec(
        sys.executable,
        str(script),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(within):
            said, complaints = await client.communicate(json.dumps(plan).encode())
    except TimeoutError:
        client.kill()
        await client.wait()
        raise
    if client.returncode != 0:
        raise RuntimeError(complaints.decode())
    rounds: list[dict[str, Any]] = json.loads(said)
    return rounds

"""How long an honest player waits for an ack while somebody attacks the server.

Server, attackers and the honest player have a process each. The attackers know what anybody can know: the address of the server
and the observers' link of another session. The clock of the player's session stands.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from statistics import median
from typing import Any

import msgpack
from crowd_process import CrowdProcess, crowd_process
from measurement import Report, figure, ratio, scenario

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.wire.messages import PROTOCOL_VERSION, SUBPROTOCOLS
from counterpoise_clients.network.links import Link, parse_link

LOOKS_PER_SECOND = 19.0
"""Just below what would close a connection for a player; an observer is told to slow down."""
Attack = Callable[[CrowdProcess, Link, int, float], Coroutine[Any, Any, None]]


def measure(*, tiny: bool) -> Report:
    """Measure the player's waits without an attack and under each, in turns."""
    attackers, seconds, repetitions = (20, 0.15, 1) if tiny else (500, 3.0, 3)
    name = "checkerboard" if tiny else "middle-east-1955"
    waits = asyncio.run(_measure(name, attackers, seconds, repetitions))
    worst = _worst(waits)
    return Report(
        "Attacks",
        (
            ratio("wait under the worst attack over that without one", worst, waits["no attack"]),
            *(figure(f"99th percentile of the wait, {what}", "ms", *waits[what]) for what in ATTACKS),
        ),
        (
            f"{attackers} attackers; each attack lasts {seconds:g} s, in which one player orders again and again.",
            "Each order is sent 20 ms after the ack of the one before.",
            "Attackers and player share the machine with the server: part of a wait is that of a process for a processor.",
        ),
    )


def _worst(waits: dict[str, list[float]]) -> list[float]:
    """Return the waits under the attack whose median is the longest."""
    return max((found for what, found in waits.items() if what != "no attack"), key=median)


async def _measure(name: str, attackers: int, seconds: float, repetitions: int) -> dict[str, list[float]]:
    waits: dict[str, list[float]] = {what: [] for what in ATTACKS}
    with tempfile.TemporaryDirectory() as folder:
        config = ServerConfig(data_dir=Path(folder), port=0, rate_per_second=1000, rate_burst=1000)
        async with Server(config) as server, crowd_process() as crowd, crowd_process() as honest:
            played, other = [
                await server.hub.create(
                    scenario_text=scenario(name),
                    seed=identity,
                    session_id=identity,
                    pace=Pace("windows", 1.0, 86_400.0, 86_400.0),
                )
                for identity in ("played", "other")
            ]
            await _start(honest, crowd, played)
            target = parse_link(other.observer)
            for _ in range(repetitions):
                for what, attack in ATTACKS.items():
                    attacking = asyncio.create_task(attack(crowd, target, attackers, seconds))
                    found = await honest.ask("orders", seconds=seconds)
                    await attacking
                    await crowd.ask("drop")
                    waits[what].append(found["p99"])
                    await asyncio.sleep(seconds / 6)
    return waits


async def _start(honest: CrowdProcess, crowd: CrowdProcess, links: Links) -> None:
    """Seat the player, for whom the clock waits, and start the session."""
    moderator, seat = parse_link(links.moderator), parse_link(next(iter(links.seats.values())))
    await honest.ask("open", url=seat.url, subprotocol=SUBPROTOCOLS[0], frames=[hello(seat.token).hex()])
    await crowd.ask("open", url=moderator.url, subprotocol=SUBPROTOCOLS[0], frames=[hello(moderator.token).hex()])
    start = msgpack.packb({"t": "command", "id": 32 * "a", "command": {"kind": "start"}})
    await crowd.ask("flood", frame=start.hex(), per_second=1.0, seconds=0.5)
    await crowd.ask("drop")


def hello(token: str) -> bytes:
    """Return the frame with which a client says hello."""
    return bytes(msgpack.packb({"t": "hello", "protocol": PROTOCOL_VERSION, "token": token}))


async def _nothing(crowd: CrowdProcess, target: Link, attackers: int, seconds: float) -> None:
    await asyncio.sleep(seconds)


async def _silence(crowd: CrowdProcess, target: Link, attackers: int, seconds: float) -> None:
    """Open sockets that never say hello, twice as many as the other attacks have."""
    await crowd.ask("open", url=target.url, subprotocol=SUBPROTOCOLS[0], frames=[""] * (2 * attackers))


async def _joins(crowd: CrowdProcess, target: Link, attackers: int, seconds: float) -> None:
    await crowd.ask("open", url=target.url, subprotocol=SUBPROTOCOLS[0], frames=[hello(target.token).hex()] * attackers)


async def _bad_tokens(crowd: CrowdProcess, target: Link, attackers: int, seconds: float) -> None:
    await crowd.ask("open", url=target.url, subprotocol=SUBPROTOCOLS[0], frames=[hello("x" * 32).hex()] * attackers)


def _flood(frame: bytes, *, reading: bool = True) -> Attack:
    """Return the attack of a tenth of the attackers as observers who send a frame at a high rate."""

    async def attack(crowd: CrowdProcess, target: Link, attackers: int, seconds: float) -> None:
        joined = [hello(target.token).hex()] * max(1, attackers // 10)
        await crowd.ask("open", url=target.url, subprotocol=SUBPROTOCOLS[0], frames=joined)
        await crowd.ask("flood", frame=frame.hex(), per_second=LOOKS_PER_SECOND, seconds=seconds, reading=reading)

    return attack


LOOK = bytes(msgpack.packb({"t": "look", "seat": "", "id": 32 * "b"}))
DEBRIEF = bytes(msgpack.packb({"t": "ask_debrief"}))
ATTACKS: dict[str, Attack] = {
    "no attack": _nothing,
    "sockets that never say hello": _silence,
    "joins by the observers' link": _joins,
    "tokens that are not valid": _bad_tokens,
    "looks of observers": _flood(LOOK),
    "looks of observers who do not read": _flood(LOOK, reading=False),
    "frames that are no messages": _flood(b"\xc1" * 200),
    "requests for a debrief": _flood(DEBRIEF),
}

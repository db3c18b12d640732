"""The trial ``connect``."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from random import Random

from websockets.exceptions import InvalidHandshake

from counterpoise.torture.attack import attacked
from counterpoise.torture.guest import ConnectionEnded, Guest
from counterpoise.torture.host_process import HostProcess
from counterpoise.torture.silent_sockets import handshake
from counterpoise.torture.trial import Trial, TrialRun

AT_ONCE = 100
ENDED_SECONDS = 20.0
JOIN_SECONDS = 0.25
"""Between two honest joins."""
KINDS = (
    "leaves at once",
    "leaves in the handshake",
    "leaves after the handshake",
    "has a wrong token",
    "asks for a page",
)


class Connections(Trial):
    """Opens connections and closes them again."""

    name = "connect"
    does = "Connects again and again: to leave at once, half open, with wrong tokens, for pages, while people join."
    passes = "Everyone with a valid link gets in, and files and memory come back to what they were."
    seconds_max = (1800.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Connect, and join meanwhile."""
        count = run.size(10_000, 600)
        attempts, joins, refused = Counter[str](), list[float](), list[str]()
        async with run.host(days_per_second=1.0) as host, attacked(run, host, megabytes_peak=60):
            joining = asyncio.create_task(_join_again_and_again(host, joins, refused))
            try:
                await _attack(run, host, count, attempts)
            finally:
                joining.cancel()
                await asyncio.gather(joining, return_exceptions=True)
        run.figure("attempts", attempts.total())
        run.figure("attempts that failed to connect", attempts["failed"])
        run.figure("honest joins", len(joins))
        run.figure("honest joins refused", len(refused))
        run.figure("slowest honest join", max(joins, default=0.0), "s")
        run.require(not refused, f"{len(refused)} honest joins were refused: {refused[:3]}")
        run.require(joins, "nobody joined during the attack")
        run.require(attempts["not ended"] == 0, f"{attempts['not ended']} wrong tokens were not refused in time")


async def _attack(run: TrialRun, host: HostProcess, count: int, attempts: Counter[str]) -> None:
    gate, random, url = asyncio.Semaphore(AT_ONCE), run.random("connect"), f"http://127.0.0.1:{host.port}/j/s#"

    async def attempt(kind: str, token: str) -> None:
        async with gate:
            try:
                await _connect(kind, host.port, url + token)
                attempts[kind] += 1
            except TimeoutError:
                attempts["not ended"] += 1
            except (OSError, EOFError, InvalidHandshake, asyncio.IncompleteReadError):
                attempts["failed"] += 1
            run.show(attempts.total() / count)

    await asyncio.gather(*(attempt(random.choice(KINDS), _token(random)) for _ in range(count)))


def _token(random: Random) -> str:
    return random.randbytes(16).hex()


async def _connect(kind: str, port: int, link: str) -> None:
    """Make one attempt.

    Raises:
        TimeoutError: the server did not close a connection with a wrong token.
    """
    if kind == "has a wrong token":
        guest = Guest(link)
        try:
            async with asyncio.timeout(ENDED_SECONDS):
                await guest.open()
                await guest.say_hello()
                await guest.until_closed(ENDED_SECONDS)
        finally:
            await guest.abandon()
        return
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        request = handshake()
        if kind == "leaves in the handshake":
            writer.write(request[: len(request) // 2])
        elif kind == "leaves after the handshake":
            writer.write(request)
            await reader.readuntil(b"\r\n\r\n")
        elif kind == "asks for a page":
            writer.write(b"GET /j/s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            await reader.read()
        await writer.drain()
    finally:
        writer.transport.abort()


async def _join_again_and_again(host: HostProcess, joins: list[float], refused: list[str]) -> None:
    while True:
        guest, began = Guest(host.links["observer"]), time.monotonic()
        try:
            await guest.join()
            joins.append(time.monotonic() - began)
        except (OSError, EOFError, InvalidHandshake, ConnectionEnded, TimeoutError) as error:
            refused.append(f"{type(error).__name__}: {error}")
        finally:
            await guest.abandon()
        await asyncio.sleep(JOIN_SECONDS)

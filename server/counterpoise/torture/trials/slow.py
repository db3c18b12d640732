"""The trial ``slow``."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time

from websockets.exceptions import ConnectionClosed

from counterpoise.torture.attack import attacked
from counterpoise.torture.guest import MSGPACK, Guest, small_socket
from counterpoise.torture.host_process import HostProcess
from counterpoise.torture.trial import Trial, TrialRun
from counterpoise.wire.messages import CLOSE_SLOW

LOOK_SECONDS = 0.06
"""Between two looks: slightly longer than the rate limit asks for."""
LOOKS_AT_ONCE = 35
"""The rate limit lets so many pass at once."""
SLOW_SECONDS = 40.0
"""How long the slow player may look without reading."""
CLOSED_SECONDS = 20.0


class SlowReader(Trial):
    """Lets a player ask without reading the answers."""

    name = "slow"
    does = "Lets a player ask for views without reading them, beside many observers who do read."
    passes = f"The slow player is closed with {CLOSE_SLOW}, comes back and has missed nothing; the others play on."
    seconds_max = (600.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Look without reading, then come back."""
        readers = run.size(200, 30)
        async with run.host(days_per_second=20.0) as host:
            audience = await _audience(host, readers)
            try:
                async with attacked(run, host, megabytes_peak=60):
                    await _read_nothing(run, host)
                run.require(all(one.closed is None for one in audience), "an observer who reads was dropped")
            finally:
                await asyncio.gather(*(one.abandon() for one in audience))
        run.figure("readers", readers)


async def _audience(host: HostProcess, count: int) -> list[Guest]:
    audience = [Guest(host.links["observer"], MSGPACK) for _ in range(count)]
    for observer in audience:
        await observer.join()
        observer.keeps = "nothing"
    return audience


async def _read_nothing(run: TrialRun, host: HostProcess) -> None:
    """Look again and again without reading until the server closes; then resume."""
    seat, link = next(iter(host.seats["s"].items()))
    slow = Guest(link)
    await slow.open(sock=await small_socket(slow.url), max_queue=1)
    await slow.say_hello()
    await slow.hear("observe")
    last, began = slow.last, time.monotonic()
    slow.stop_reading()
    looks = 0
    with contextlib.suppress(ConnectionClosed):
        async with asyncio.timeout(SLOW_SECONDS):
            with contextlib.suppress(TimeoutError):
                while slow.closed is None:
                    await slow.say("look", id=secrets.token_hex(16))
                    looks += 1
                    run.show(min(0.8, 0.8 * looks * LOOK_SECONDS / SLOW_SECONDS))
                    if looks > LOOKS_AT_ONCE:
                        await asyncio.sleep(LOOK_SECONDS)
    slow.socket.transport.resume_reading()
    code, _ = await slow.until_closed(CLOSED_SECONDS)
    run.figure("looks before the close", looks)
    run.figure("seconds until the close", time.monotonic() - began, "s")
    # The server drops the socket of a client that does not read even the close: then there is no code.
    run.require(code in (CLOSE_SLOW, 1006), f"the slow player {seat} was closed with {code}, expected {CLOSE_SLOW}")
    seen = len(slow.heard)
    welcome = await slow.join(last=slow.last)
    run.require(welcome.resume == "delta", f"the slow player came back with {welcome.resume}, expected delta")
    await slow.hear("observe")
    numbers = [m.vseq for tag in ("incident", "window", "ack") for m in slow.all(tag)]
    expected = set(range(last[0] + 1, max(numbers, default=0) + 1))
    missed = len(expected.difference(numbers))
    run.figure("messages after the return", len(slow.heard) - seen)
    run.figure("missed", missed)
    run.require(missed == 0, f"the slow player missed {missed} of {len(expected)} messages")
    await slow.leave()
    run.show(1.0)

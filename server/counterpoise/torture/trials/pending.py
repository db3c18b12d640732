"""The trial ``pending``."""

from __future__ import annotations

import asyncio
import time

from websockets.exceptions import InvalidHandshake

from counterpoise.torture.attack import attacked
from counterpoise.torture.guest import ConnectionEnded, Guest
from counterpoise.torture.silent_sockets import silent_sockets
from counterpoise.torture.trial import Trial, TrialRun

PAUSE_SECONDS = 0.01
"""Between two further silent sockets. A machine that cannot take so many in a second takes nobody else either."""
JOIN_SECONDS = 30.0
"""How long somebody who joins waits for the connection."""
KEPT_MEGABYTES = 120
"""Python keeps memory that thousands of sockets have taken for the next ones."""


class PendingSockets(Trial):
    """Fills the server with sockets that never say hello."""

    name = "pending"
    does = "Holds silent sockets open and opens more all the time, while people join, all from one address."
    passes = "Everyone who says hello gets in, and nobody who is in is dropped."
    seconds_max = (600.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Open silent sockets, then join."""
        silent_count, people = run.size(4500, 1100), run.size(200, 43)
        seconds: list[float] = []
        async with (
            run.host(days_per_second=1.0) as host,
            attacked(run, host, megabytes_peak=run.size(260, 90), megabytes_kept=run.size(KEPT_MEGABYTES, 40)),
            silent_sockets(host.port, silent_count, pause_seconds=PAUSE_SECONDS) as silent,
        ):
            run.show(0.5)
            guests = [Guest(host.links["observer"]) for _ in range(people)]
            welcomed = await asyncio.gather(*(_is_welcomed(guest, seconds) for guest in guests))
            opened = silent.opened
            run.show(0.9)
            await asyncio.gather(*(guest.abandon() for guest in guests))
        run.figure("silent sockets", opened)
        run.figure("people who join", people)
        run.figure("refused", people - sum(welcomed))
        run.figure("slowest welcome", max(seconds, default=0.0), "s")
        run.require(all(welcomed), f"{people - sum(welcomed)} of {people} people were refused")
        run.require(opened >= silent_count, f"only {opened} silent sockets could be opened")


async def _is_welcomed(guest: Guest, seconds: list[float]) -> bool:
    began = time.monotonic()
    try:
        await guest.open(open_timeout=JOIN_SECONDS)
        await guest.say_hello()
        await guest.hear("welcome")
    except (OSError, EOFError, InvalidHandshake, ConnectionEnded, TimeoutError):
        return False
    seconds.append(time.monotonic() - began)
    return True

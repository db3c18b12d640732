"""Honest players in a process of their own, whose waits show what an attack costs others.

The process reads one line of JSON from standard input, the links of the seats and the states that they write to. It plays until
standard input ends, and prints what it found as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from counterpoise.torture.guest import Guest
from counterpoise.torture.host_process import HostProcess, end_process
from counterpoise.torture.ordering_player import OrderingPlayer, Wait

STOP_SECONDS = 60.0


@dataclass
class HonestPlayers:
    """What honest players found; complete once ``honest_players`` has ended.

    Args:
        count: how many players there are.
    """

    count: int
    waits: list[Wait] = field(default_factory=list)
    losses: int = 0
    """How often a player lost its connection."""

    def p99_ms(self, since: float, until: float) -> float | None:
        """Return the 99th percentile of the waits for acks of orders that were sent in a period; ``None`` if there were few."""
        found = [1000 * wait.seconds for wait in self.waits if since <= wait.began < until]
        return quantiles(found, n=100)[98] if len(found) > 10 else None

    def answered(self, since: float, until: float) -> int:
        """Return how many orders of a period were acknowledged."""
        return sum(since <= wait.began < until for wait in self.waits)


@asynccontextmanager
async def honest_players(host: HostProcess, count: int) -> AsyncIterator[HonestPlayers]:
    """Let honest players order, spread over the sessions of a server, from the last seats of each on.

    Args:
        host: the server.
        count: how many players.
    """
    seats: list[tuple[str, str]] = []
    for place in range(count):
        links = host.seats[host.sessions[place % len(host.sessions)]]
        seats.append((list(links.values())[-1 - place // len(host.sessions)], next(iter(links))))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    honest = HonestPlayers(count)
    try:
        process.stdin.write(json.dumps(seats).encode() + b"\n")
        await process.stdin.drain()
        await process.stdout.readline()  # all of them have joined
        yield honest
        process.stdin.close()
        async with asyncio.timeout(STOP_SECONDS):
            found: dict[str, Any] = json.loads(await process.stdout.read())
        honest.waits, honest.losses = [Wait(*wait) for wait in found["waits"]], found["losses"]
    finally:
        await end_process(process)


async def play(seats: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Play the seats until standard input ends; return the waits, and how often a connection was lost."""
    players = [OrderingPlayer(Guest(link), to=to) for link, to in seats]
    done = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait_for_end() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(done.set)

    threading.Thread(target=wait_for_end, daemon=True).start()
    playing = asyncio.gather(*(player.play(done) for player in players))
    while not all(player.waits for player in players) and not done.is_set():
        await asyncio.sleep(0.02)
    sys.stdout.write("joined\n")
    sys.stdout.flush()
    await playing
    return {
        "waits": [wait for player in players for wait in player.waits],
        "losses": sum(len(player.resumes) for player in players),
    }


if __name__ == "__main__":
    given = json.loads(sys.stdin.readline())
    sys.stdout.write(json.dumps(asyncio.run(play(given))))

"""The trial ``soak``."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from random import Random

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from counterpoise.torture.acknowledged_orders import Comparison, compared
from counterpoise.torture.guest import MSGPACK, ConnectionEnded, Guest
from counterpoise.torture.host_process import HostProcess
from counterpoise.torture.ordering_player import OrderingPlayer, players_of
from counterpoise.torture.process_usage import Usage, usage_of
from counterpoise.torture.trial import Trial, TrialRun

SPARE_FILES = 12
MEGABYTES_PER_1000_ORDERS = 25.0
"""Memory that a server may take for 1000 orders: a session keeps its acks and messages for those who come back."""
SAMPLE_SECONDS = 0.5
LOST = (OSError, EOFError, InvalidHandshake, ConnectionClosed, ConnectionEnded, TimeoutError)


class Soak(Trial):
    """Plays for a long time with people who come and go."""

    name = "soak"
    does = "Lets players and observers come, order, vanish and come back for a long time, in several sessions."
    passes = (
        "Nothing acknowledged is lost or doubled, files come back to what they were, and memory grows with orders only."
    )
    seconds_max = (2400.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Play, and look at the server from time to time."""
        seconds, players_count, observers_count = run.size(300, 8), run.size(24, 6), run.size(36, 6)
        sessions = ("s", "t", "u")[: run.size(3, 1)]
        async with run.host(sessions=sessions, days_per_second=2.0) as host:
            before = usage_of(host.pid)
            players = players_of(host, players_count)
            samples = await _play(run, host, players, observers_count, seconds)
            await asyncio.sleep(2.0)
            after = usage_of(host.pid)
            run.require(await host.kill(signal.SIGTERM) == 0, "the server did not end in good order after SIGTERM")
            found = Comparison()
            for session in sessions:
                own = [player for player in players if player.session == session]
                found += compared(host.journal(session), own, session)
        run.figure("seconds", seconds, "s")
        run.figure("clients", players_count + observers_count)
        run.figure("connections", sum(len(player.welcomes) for player in players))
        run.figure("orders acknowledged", found.acknowledged)
        run.figure("lost", found.lost)
        run.figure("doubled", found.doubled)
        run.figure("messages missed", found.missed)
        run.require(found.is_sound, str(found))
        run.require(found.acknowledged > seconds, f"too little was ordered to prove anything: {found.acknowledged}")
        if before is None or after is None:
            run.notes.append("memory and open files of the server: this system does not tell")
            return
        _note_usage(run, before, after, samples, found.acknowledged)


def _note_usage(run: TrialRun, before: Usage, after: Usage, samples: list[Usage], orders: int) -> None:
    warm = samples[len(samples) // 4] if samples else before
    grown = after.megabytes - warm.megabytes
    run.figure("memory before", before.megabytes, "MB")
    run.figure("memory after a quarter of the time", warm.megabytes, "MB")
    run.figure("memory after", after.megabytes, "MB")
    run.figure("open files before", before.files)
    run.figure("most open files", max((each.files for each in samples), default=before.files))
    run.figure("open files after", after.files)
    bound = 10.0 + MEGABYTES_PER_1000_ORDERS * orders / 1000
    run.require(grown < bound, f"memory grew by {grown:.0f} MB after the first quarter, expected under {bound:.0f} MB")
    left = after.files - before.files
    run.require(left <= SPARE_FILES, f"{left} files more than before are open after everybody has left")


async def _play(
    run: TrialRun, host: HostProcess, players: list[OrderingPlayer], observers: int, seconds: float
) -> list[Usage]:
    """Let everybody come and go until the time is over; return what the server used meanwhile."""
    until, samples = time.monotonic() + seconds, list[Usage]()

    async def sample() -> None:
        while (left := until - time.monotonic()) > 0:
            usage = usage_of(host.pid)
            if usage is not None:
                samples.append(usage)
            run.show(1 - left / seconds)
            await asyncio.sleep(SAMPLE_SECONDS)

    await asyncio.gather(
        sample(),
        *(_come_and_go(player, run.random(f"player {number}"), until) for number, player in enumerate(players)),
        *(_look_in(host.links["observer"], run.random(f"observer {number}"), until) for number in range(observers)),
    )
    return samples


async def _come_and_go(player: OrderingPlayer, random: Random, until: float) -> None:
    while (left := until - time.monotonic()) > 0:
        done = asyncio.Event()
        asyncio.get_running_loop().call_later(min(left, random.uniform(1, 20)), done.set)
        await player.play(done)
        await player.guest.abandon()
        await asyncio.sleep(random.uniform(0, 1))


async def _look_in(link: str, random: Random, until: float) -> None:
    while time.monotonic() < until:
        guest = Guest(link, MSGPACK)
        with contextlib.suppress(*LOST):
            await guest.join()
            guest.keeps = "nothing"
            await asyncio.sleep(min(random.uniform(1, 20), max(0.0, until - time.monotonic())))
        await guest.abandon()
        await asyncio.sleep(random.uniform(0, 0.5))

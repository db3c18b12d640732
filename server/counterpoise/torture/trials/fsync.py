"""The trial ``fsync``."""

from __future__ import annotations

import asyncio
from statistics import median

from counterpoise.torture.disk_faults import injecting
from counterpoise.torture.ordering_player import players_of
from counterpoise.torture.trial import Trial, TrialRun

DELAY_MS = 100


class Fsync(Trial):
    """Delays every sync of the disk."""

    name = "fsync"
    does = f"Adds {DELAY_MS} ms to every sync of the disk and measures the fastest ack."
    passes = f"No order is acknowledged in less than {DELAY_MS} ms."
    seconds_max = (480.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Order until there are enough acks."""
        wanted = run.size(100, 12)
        slow_disk = await injecting("fdatasync", f"delay_exit={DELAY_MS * 1000}")
        async with run.host(under=slow_disk, days_per_second=1.0) as host:
            (player,) = players_of(host, 1)
            done = asyncio.Event()
            playing = asyncio.create_task(player.play(done))
            try:
                while len(player.waits) < wanted and not playing.done():
                    await asyncio.sleep(0.1)
                    run.show(len(player.waits) / wanted)
            finally:
                done.set()
                await asyncio.wait_for(playing, 60)
        waits_ms = [1000 * wait.seconds for wait in player.waits]
        run.figure("acks", len(waits_ms))
        run.require(len(waits_ms) >= wanted, "the player left before there were enough acks")
        if waits_ms:
            run.figure("fastest ack", min(waits_ms), "ms")
            run.figure("median ack", median(waits_ms), "ms")
            run.require(min(waits_ms) >= DELAY_MS, f"an order was acknowledged after {min(waits_ms):.1f} ms")

"""What an attack costs: waits of honest players, memory and open files of the server, before, during and after."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from counterpoise.torture.honest_players import HonestPlayers, honest_players
from counterpoise.torture.host_process import HostProcess
from counterpoise.torture.process_usage import Usage, usage_of
from counterpoise.torture.trial import TrialRun

AIM_MS = 100.0
"""What the 99th percentile of an honest player should stay under. It depends on the machine, so no trial fails by it."""
RECOVERY_SECONDS = 15.0
"""Within so long after an attack, files and memory of the server are what they were."""
SPARE_FILES = 8
"""Files that a server may have open more than before: its journals are opened again from time to time."""
SAMPLE_SECONDS = 0.1


@asynccontextmanager
async def attacked(
    run: TrialRun, host: HostProcess, *, megabytes_peak: float, megabytes_kept: float = 40.0
) -> AsyncIterator[None]:
    """Let honest players order before and during an attack, and note what it cost them and the server.

    The body of the ``async with`` is the attack. It closes what it opened.

    Args:
        run: gets figures and problems.
        host: the server.
        megabytes_peak: how much memory the server may take during the attack beyond what it had.
        megabytes_kept: how much of it the server may keep.
    """
    async with honest_players(host, 4) as honest:
        # The first orders of a process are slow: code is loaded, and memory is taken for good.
        await asyncio.sleep(run.size(3, 1))
        quiet = time.monotonic()
        await asyncio.sleep(run.size(10, 1))
        before = usage_of(host.pid)
        began = time.monotonic()
        peak: list[Usage] = []
        sampling = asyncio.create_task(_sample(host.pid, peak))
        try:
            yield
        finally:
            sampling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sampling
        ended = time.monotonic()
        after = await _recovered(host.pid, before, megabytes_kept)
    _note_waits(run, honest, quiet, began, ended)
    if before is None or after is None:
        run.notes.append("memory and open files of the server: this system does not tell")
        return
    most = max(each.megabytes for each in [before, *peak])
    run.figure("memory before", before.megabytes, "MB")
    run.figure("most memory during", most, "MB")
    run.figure("memory after", after.megabytes, "MB")
    run.figure("open files before", before.files)
    run.figure("most open files during", max(each.files for each in [before, *peak]))
    run.figure("open files after", after.files)
    taken, kept = most - before.megabytes, after.megabytes - before.megabytes
    run.require(taken <= megabytes_peak, f"the server took {taken:.0f} MB more, expected at most {megabytes_peak:g}")
    run.require(kept <= megabytes_kept, f"the server kept {kept:.0f} MB more, expected at most {megabytes_kept:g}")
    left = after.files - before.files
    run.require(left <= SPARE_FILES, f"{left} files more than before are open {RECOVERY_SECONDS:g} s after the attack")


def _note_waits(run: TrialRun, honest: HonestPlayers, quiet: float, began: float, ended: float) -> None:
    calm, hit = honest.p99_ms(quiet, began), honest.p99_ms(began, ended)
    run.figure("honest orders acknowledged during", honest.answered(began, ended))
    if calm is not None and hit is not None:
        run.figure("honest p99 before", calm, "ms")
        run.figure("honest p99 during", hit, "ms")
        run.figure("ratio of the two", hit / calm)
        run.notes.append(f"honest p99 {hit:.0f} ms, aim under {AIM_MS:g} ms: {'met' if hit < AIM_MS else 'not met'}")
    run.require(honest.losses == 0, f"honest players lost their connection {honest.losses} times")
    # An honest player waits for each answer: one that is starved is acknowledged next to nothing.
    wanted = 0.5 * honest.count * (ended - began)
    run.require(
        honest.answered(began, ended) > wanted,
        f"honest players were acknowledged {honest.answered(began, ended)} orders in {ended - began:.0f} s",
    )


async def _sample(pid: int, found: list[Usage]) -> None:
    while True:
        usage = usage_of(pid)
        if usage is not None:
            found.append(usage)
        await asyncio.sleep(SAMPLE_SECONDS)


async def _recovered(pid: int, before: Usage | None, megabytes_kept: float) -> Usage | None:
    """Return what the server uses once it is back to what it used before, or after the time that it has for that."""
    until = time.monotonic() + RECOVERY_SECONDS
    while True:
        usage = usage_of(pid)
        if usage is None or before is None or time.monotonic() > until:
            return usage
        if usage.files <= before.files + SPARE_FILES and usage.megabytes <= before.megabytes + megabytes_kept:
            return usage
        await asyncio.sleep(0.25)

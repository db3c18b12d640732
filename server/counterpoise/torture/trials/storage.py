"""The trial ``storage``."""

from __future__ import annotations

import asyncio
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

from counterpoise.errors import StorageError
from counterpoise.torture.acknowledged_orders import Comparison, compared
from counterpoise.torture.disk_faults import Command, fill, injecting, small_disk, with_file_size
from counterpoise.torture.host_process import HostFailed, HostProcess
from counterpoise.torture.ordering_player import OrderingPlayer, players_of
from counterpoise.torture.trial import Trial, TrialRun, TrialSkipped
from counterpoise.wire.messages import Ack

FAULT_SECONDS = 60.0
"""How long a server may run until it meets its fault."""
CALLS = (("fdatasync", "EIO", 60), ("pwrite64", "ENOSPC", 200), ("pwrite64", "EIO", 200))
"""A system call, its error, and the last of its calls that may be the first to fail."""
FILE_KILOBYTES = 600
FREE_KILOBYTES = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the disk.

    Args:
        name: what happens.
        under: the command that runs a program on such a disk.
        disk: the folder of a disk that is filled while the server runs; ``None`` for none.
    """

    name: str
    under: Command = ()
    disk: Path | None = None


class Storage(Trial):
    """Runs the server on a failing disk."""

    name = "storage"
    does = "Lets the sync or the write with a drawn number fail, bounds the size of files, and fills a small disk."
    passes = (
        "The server ends with 74 and says so; nothing acknowledged is lost or doubled; a retry gets the same receipt."
    )
    seconds_max = (2400.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Let players order until the disk fails, then start the server again on a sound disk."""
        faults, missing = await _faults(run)
        async with run.host("begun", days_per_second=1.0) as begun:
            await begun.kill(signal.SIGTERM)
        found, told, kinds = Comparison(), 0, len(faults) + (not missing)
        for number, fault in enumerate(faults):
            compared_here, was_told = await _meet(run, fault, f"fault-{number}", begun)
            found, told = found + compared_here, told + was_told
            run.show((number + 1) / kinds)
        try:
            async with small_disk(run.folder / "small") as disk:
                compared_here, was_told = await _meet(run, Fault("a full disk", disk=disk), "small/data", begun)
                found, told = found + compared_here, told + was_told
        except TrialSkipped as skipped:
            missing.append(skipped.reason)
            kinds -= 1
        run.notes += [f"left out: {reason}" for reason in missing]
        run.figure("faults", kinds)
        run.figure("orders acknowledged", found.acknowledged)
        run.figure("lost", found.lost)
        run.figure("doubled", found.doubled)
        run.figure("receipts changed", found.changed)
        run.figure("faults of which a player was told", told)
        run.require(found.is_sound, str(found))
        run.require(told > 0, "no player was told of any fault")
        run.require(found.acknowledged > 0, "nothing was ordered before the faults")


async def _faults(run: TrialRun) -> tuple[list[Fault], list[str]]:
    """Return the faults to meet, and what this machine lacks for others."""
    random = run.random("storage")
    faults = [Fault(f"no file over {FILE_KILOBYTES} kB", with_file_size(FILE_KILOBYTES))]
    try:
        for number in range(run.size(30, 3)):
            call, error, last = CALLS[number % len(CALLS)]
            first = random.randint(1, last)
            under = await injecting(call, f"error={error}:when={first}+")
            faults.append(Fault(f"{error} from {call} number {first} on", under))
    except TrialSkipped as skipped:
        return faults, [skipped.reason]
    return faults, []


async def _meet(run: TrialRun, fault: Fault, name: str, begun: HostProcess) -> tuple[Comparison, bool]:
    """Let a server meet a fault, and start it again without; return what was compared, and whether a player was told."""
    host = run.host(name, days_per_second=1.0, under=fault.under)
    shutil.copytree(begun.folder, host.folder)
    host.take_over(begun)
    players = players_of(host, 2)
    try:
        await host.start()
        code = await _play_until_end(host, players, fault)
    except HostFailed as failed:
        code = failed.code
    run.require(code == StorageError.exit_code, f"{fault.name}: the server ended with {code}, expected 74")
    if fault.disk is not None:
        fill(fault.disk, leave_kilobytes=None)
    host.under = ()
    await host.start()
    for player in players:
        if player.acked:
            run.require(await _same_again(player), f"{fault.name}: a retry got another answer")
    await host.kill(signal.SIGTERM)
    found = compared(host.journal(), players, fault.name)
    run.require(found.is_sound, f"{fault.name}: {found}")
    return found, any(error.code == "storage" for player in players for error in player.guest.all("error"))


async def _play_until_end(host: HostProcess, players: list[OrderingPlayer], fault: Fault) -> int:
    """Let players order until the server ends; return its exit code."""
    done = asyncio.Event()
    playing = asyncio.gather(*(player.play(done) for player in players))
    try:
        if fault.disk is not None:
            await asyncio.sleep(1.0)
            fill(fault.disk, leave_kilobytes=FREE_KILOBYTES)
        return await host.wait(FAULT_SECONDS)
    finally:
        done.set()
        await asyncio.wait_for(playing, 60)


async def _same_again(player: OrderingPlayer) -> bool:
    """Come back and send the last acknowledged order again; return whether everything is as it was."""
    if (await player.guest.join()).resume != "delta":
        return False
    order, receipt = list(player.acked.items())[-1]
    window, move = player.sent[order]
    seen = len(player.guest.heard)
    await player.guest.order(move, window=window, order_id=order)
    await player.guest.until(lambda: any(getattr(m, "id", None) == order for m in player.guest.heard[seen:]))
    ack = next(m for m in player.guest.heard[seen:] if getattr(m, "id", None) == order)
    await player.guest.leave()
    return isinstance(ack, Ack) and (ack.vseq, ack.receipt) == receipt

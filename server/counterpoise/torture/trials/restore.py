"""The trial ``restore``."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from counterpoise.store.journal_file import JournalFile
from counterpoise.store.open_files import log_of
from counterpoise.torture.guest import Guest
from counterpoise.torture.host_process import HostProcess
from counterpoise.torture.ordering_player import OrderingPlayer, players_of
from counterpoise.torture.trial import Trial, TrialRun
from counterpoise.wire.messages import CLOSE_POLICY

FRAME_BYTES = 4120
"""A page in the log of SQLite, with its header."""
LOST_FRAMES = 3

Restore = Callable[[Path, Path], None]
"""Puts an older state in place of a journal; takes the journal and the backup."""


class RestoredJournal(Trial):
    """Restores older states of a journal that a client has outlived."""

    name = "restore"
    does = "Replaces a journal by an older backup, before or after the client came, or cuts off the end of its log."
    passes = (
        "The client's receipt shows the loss: the session freezes, the moderator is told, and carry_on lets it go on."
    )
    seconds_max = (1800.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Play, restore, and come back."""
        rounds = run.size(5, 1)
        frozen = cases = 0
        for number in range(rounds):
            for name, restore, backs_up_first in CASES:
                frozen += await _restored(run, f"{name}-{number}", restore, backs_up_first=backs_up_first)
                cases += 1
                run.show(cases / (rounds * len(CASES)))
        run.figure("restored journals", cases)
        run.figure("sessions frozen", frozen)
        run.require(frozen == cases, f"only {frozen} of {cases} sessions froze")


def _replace(journal: Path, backup: Path) -> None:
    for beside in journal.parent.glob(f"{journal.name}-*"):
        beside.unlink()
    shutil.copy(backup, journal)


def _cut(journal: Path, backup: Path) -> None:
    """Cut off the last commits. SQLite accepts the rest as a sound database."""
    log = log_of(journal)
    os.truncate(log, log.stat().st_size - LOST_FRAMES * FRAME_BYTES)
    journal.with_name(f"{journal.name}-shm").unlink(missing_ok=True)


CASES: tuple[tuple[str, Restore, bool], ...] = (
    ("a-backup-from-before-the-client", _replace, True),
    ("a-backup-from-during-play", _replace, False),
    ("a-log-without-its-end", _cut, False),
)
"""The name of a case, what it does, and whether the backup was made before the client came."""


async def _restored(run: TrialRun, name: str, restore: Restore, *, backs_up_first: bool) -> bool:
    """Play one case; return whether the session froze as it should."""
    backup = run.folder / f"{name}.backup"
    async with run.host(name, days_per_second=1.0) as host:
        (player,) = players_of(host, 1)
        if backs_up_first:
            _back_up(host, backup)

        async def later() -> None:
            await _until(player, 5)
            if not backs_up_first:
                _back_up(host, backup)
            await _until(player, len(player.acked) + 12)
            # The server empties the log from time to time. What is cut off has to be in it.
            while log_of(host.journal_path()).stat().st_size < 2 * LOST_FRAMES * FRAME_BYTES:
                await asyncio.sleep(0.02)

        await _while_ordering(player, later)
        await host.kill()
        restore(host.journal_path(), backup)
        await host.start()
        before = len(run.problems)
        await _freezes(run, name, host, player)
        run.require(player.acked, f"{name}: nothing was ordered")
        return len(run.problems) == before


async def _freezes(run: TrialRun, name: str, host: HostProcess, player: OrderingPlayer) -> None:
    """Come back with the receipt; note what is not as promised."""
    moderator = Guest(host.links["moderator"])
    await moderator.join()
    guest = player.guest
    await guest.open()
    await guest.say_hello()
    code, _ = await guest.until_closed()
    run.require(code == CLOSE_POLICY, f"{name}: the client was closed with {code}, expected {CLOSE_POLICY}")
    told = [error.code for error in guest.all("error")][-1:]
    run.require(told == ["log_regressed"], f"{name}: the client was told {told}, expected log_regressed")
    alarm = await moderator.hear("error")
    run.require(alarm.code == "log_regressed", f"{name}: the moderator was told {alarm.code}, expected log_regressed")
    await moderator.command("resume")
    refused = await moderator.hear("error")
    run.require(refused.code == "log_regressed", f"{name}: a frozen session answered resume with {refused.code}")
    accepted = await moderator.command("carry_on")
    await moderator.hear("ack", lambda ack: ack.id == accepted)
    await moderator.until(lambda: moderator.all("status")[-1].phase == "running")
    await moderator.leave()


def _back_up(host: HostProcess, target: Path) -> None:
    """Copy the journal while the server plays, as ``counterpoise backup`` does."""
    with JournalFile.read_only(host.journal_path()) as source:
        source.copy_to(target)


async def _until(player: OrderingPlayer, acks: int) -> None:
    while len(player.acked) < acks:
        await asyncio.sleep(0.02)


async def _while_ordering(player: OrderingPlayer, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Let a player order until the work is done."""
    done = asyncio.Event()
    playing = asyncio.create_task(player.play(done))
    try:
        async with asyncio.timeout(60):
            await work()
    finally:
        done.set()
        await asyncio.wait_for(playing, 60)

"""The trial ``walrm``."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from counterpoise.errors import StorageError
from counterpoise.session.journal.entries import check_chain
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.open_files import log_of
from counterpoise.torture.acknowledged_orders import stored_orders
from counterpoise.torture.ordering_player import players_of
from counterpoise.torture.trial import Trial, TrialRun

NOTICE_SECONDS = 10.0
"""Within so long the server has to notice; it looks once a second, and a busy machine adds to it."""

Damage = Callable[[Path], None]


def _delete_log(journal: Path) -> None:
    log_of(journal).unlink()


def _delete_journal(journal: Path) -> None:
    journal.unlink()


def _replace_journal(journal: Path) -> None:
    copy = journal.with_suffix(".copy")
    shutil.copy(journal, copy)
    copy.replace(journal)


CASES: dict[str, Damage] = {
    "deleted-log": _delete_log,
    "deleted-journal": _delete_journal,
    "replaced-journal": _replace_journal,
}


class DeletedFiles(Trial):
    """Deletes the files of a journal under a running server."""

    name = "walrm"
    does = "Deletes the log or the file of a journal, or replaces the file, while players order."
    passes = f"The server ends with 74 within {NOTICE_SECONDS:g} s, says so, and every acknowledged order is in a file."
    seconds_max = (1200.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Play, delete, and look for the orders."""
        random, rounds = run.random("walrm"), run.size(6, 1)
        acked = lost = 0
        noticed: list[float] = []
        for number in range(rounds * len(CASES)):
            name, damage = list(CASES.items())[number % len(CASES)]
            counts = await _damaged(run, f"{name}-{number}", damage, random.randint(4, 60), noticed)
            acked, lost = acked + counts[0], lost + counts[1]
            run.show((number + 1) / (rounds * len(CASES)))
        run.figure("journals", rounds * len(CASES))
        run.figure("orders acknowledged", acked)
        run.figure("lost", lost)
        run.figure("slowest notice", max(noticed), "s")
        run.require(lost == 0, f"{lost} of {acked} acknowledged orders are in no file")
        run.require(max(noticed) < NOTICE_SECONDS, f"a server took {max(noticed):.1f} s to notice")


async def _damaged(run: TrialRun, name: str, damage: Damage, orders: int, noticed: list[float]) -> tuple[int, int]:
    """Damage the files of one journal; return how many orders were acknowledged, and how many of them are lost."""
    async with run.host(name, days_per_second=1.0) as host:
        players, done = players_of(host, 3), asyncio.Event()
        playing = asyncio.gather(*(player.play(done) for player in players))
        try:
            async with asyncio.timeout(60):
                while sum(len(player.acked) for player in players) < orders:
                    await asyncio.sleep(0.02)
            damage(host.journal_path())
            began = time.monotonic()
            code = await host.wait()
            noticed.append(time.monotonic() - began)
        finally:
            done.set()
            await asyncio.wait_for(playing, 60)
        run.require(code == StorageError.exit_code, f"{name}: the server ended with {code}, expected 74")
        told = any(error.code == "storage" for player in players for error in player.guest.all("error"))
        run.require(told, f"{name}: no player was told")
        stored: set[str] = set()
        for file in (host.journal_path(), host.folder / f"{host.journal_path().name}.rescued"):
            if file.exists():
                with JournalFile.read_only(file) as journal:
                    stored.update(stored_orders(list(check_chain(journal.entries(), file.name))))
        acked = [order for player in players for order in player.acked]
        return len(acked), len(set(acked) - stored)

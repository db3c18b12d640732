"""The trial ``flip``."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from random import Random

from counterpoise.errors import JournalError, StorageError
from counterpoise.scenario_files import scenario_text
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry, export_lines, parse_export
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.open_files import log_of
from counterpoise.torture.trial import Trial, TrialRun
from counterpoise_clients import roster

CUT_EVERY = 7
"""An export is cut off after every seventh byte."""
TURN = 200
"""Mutations between two looks at whether the trial is to end."""
ENTRIES_AT_ONCE = 3


class FlippedBytes(Trial):
    """Changes and cuts off bytes of journals."""

    name = "flip"
    does = "Flips a bit in every byte of an export, cuts it off at every seventh, and damages the log of a database."
    passes = "Every change of an export is found. A database with a damaged log is refused, or holds a prefix of its entries."
    seconds_max = (1800.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Make a journal, then mutate copies of it."""
        entries = _played(days=run.size(100, 60))
        await _exports(run, entries)
        await _logs(run, entries)


def _played(days: int) -> list[Entry]:
    """Return the journal of a game of bots."""
    text, source = scenario_text("checkerboard")
    session = Session(scenario_text=text, seed="1", session_id=source, secret=source)
    play(session, {seat: roster.load_bot("status-quo")(f"{source}/{seat}") for seat in session.seats}, until=days)
    return session.take_entries()


async def _exports(run: TrialRun, entries: list[Entry]) -> None:
    export, random = b"".join(line + b"\n" for line in export_lines(entries)), run.random("flip")
    places = range(0, len(export), 1 if not run.quick else len(export) // 1500)
    flips = [(place, 1 << random.randrange(8)) for place in places]
    cuts = range(0, len(export), CUT_EVERY if not run.quick else len(export) // 300)
    missed = 0
    for number, (place, bit) in enumerate(flips):
        changed = bytearray(export)
        changed[place] ^= bit
        missed += _is_accepted(bytes(changed))
        if number % TURN == 0:
            run.show(0.5 * number / len(flips))
            await asyncio.sleep(0)
    for number, kept in enumerate(cuts):
        missed += _is_accepted(export[:kept])
        if number % TURN == 0:
            run.show(0.5 + 0.2 * number / len(cuts))
            await asyncio.sleep(0)
    run.figure("bytes of the export", len(export))
    run.figure("bits flipped", len(flips))
    run.figure("cuts", len(cuts))
    run.figure("changes not found", missed)
    run.require(missed == 0, f"{missed} changed exports were accepted")
    run.require(_is_accepted(export), "the unchanged export was refused")


def _is_accepted(export: bytes) -> bool:
    try:
        parse_export(export, "export")
    except JournalError:
        return False
    return True


async def _logs(run: TrialRun, entries: list[Entry]) -> None:
    """Damage copies of a database whose newest entries are in its log, and read them."""
    path, random, count = run.folder / "flip.db", run.random("log"), run.size(3000, 200)
    prefixes = refused = wrong = 0
    with JournalFile.create(path) as journal:
        for start in range(0, len(entries), ENTRIES_AT_ONCE):
            journal.append(entries[start : start + ENTRIES_AT_ONCE])
        log = log_of(path).read_bytes()
        for number in range(count):
            copy = run.folder / f"copy-{number}.db"
            shutil.copy(path, copy)
            log_of(copy).write_bytes(_damaged(log, random))
            found = _entries_of(copy)
            if found is None:
                refused += 1
            elif found == entries[: len(found)]:
                prefixes += 1
            else:
                wrong += 1
            for file in run.folder.glob(f"{copy.name}*"):
                file.unlink()
            if number % 20 == 0:
                run.show(0.7 + 0.3 * number / count)
                await asyncio.sleep(0)
    run.figure("damaged logs", count)
    run.figure("read as a prefix", prefixes)
    run.figure("refused", refused)
    run.figure("read as something else", wrong)
    run.require(wrong == 0, f"{wrong} databases with a damaged log were read as another game")
    run.require(prefixes > 0, "no damaged log was read, so nothing was compared")


def _damaged(log: bytes, random: Random) -> bytes:
    """Return a log that is cut off, or in which one bit is flipped."""
    place = random.randrange(len(log))
    if random.random() < 0.5:
        return log[:place]
    return log[:place] + bytes([log[place] ^ (1 << random.randrange(8))]) + log[place + 1 :]


def _entries_of(path: Path) -> list[Entry] | None:
    """Return the entries of a database; ``None`` if it is refused."""
    try:
        with JournalFile.read_only(path) as journal:
            return list(journal.entries())
    except (JournalError, StorageError):
        return None

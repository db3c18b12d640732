"""Durable journal entries per second of the store alone, with group commit and one fsync for each group.

Entries are written in two ways: to the file, batch by batch; and through the writer thread for many callers that each wait for
their own entry, as in the gateway. The reference is a bare SQLite table of numbers and bodies with the same settings, in the
same batches.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from measurement import Report, figure, ratio

from counterpoise.session.journal.entries import Chain, Entry
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.writer import JournalWriter

WAITING = 200
"""The number of callers that wait for the disk at once, and the number of entries of a batch."""


def measure(*, tiny: bool) -> Report:
    """Measure the three in turns, with the same entries, on new files in one folder."""
    count, repetitions = (2 * WAITING, 1) if tiny else (40_000, 5)
    chain = Chain("bench")
    move = {"kind": "message", "text": "Let us talk.", "to": "SYR"}
    entries = [
        chain.entry(0, "order", {"id": f"{number:032x}", "move": move, "seat": "EGY", "window": 0})
        for number in range(count)
    ]
    groups: list[int] = []
    through_writer, through_file, bare = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(repetitions):
            place = Path(folder) / str(number)
            place.mkdir()
            bare.append(count / _bare(place / "bare.db", entries))
            through_file.append(count / _file(place / "file.db", entries))
            through_writer.append(count / asyncio.run(_writer(place / "writer.db", entries, groups)))
    return Report(
        "Durable entries of the journal",
        (
            ratio("the file, over the bare table", through_file, bare),
            ratio(f"the writer with {WAITING} waiting callers, over the bare table", through_writer, bare),
            figure("the file", "entries per second", *through_file),
            figure("the writer", "entries per second", *through_writer),
            figure("entries in one of its commits, mean", "entries", sum(groups) / len(groups)),
            figure("reference: bare SQLite table", "entries per second", *bare),
        ),
        (
            f"WAL, synchronous=FULL; batches of {WAITING} for the file and the table, and all waiting entries for the writer.",
            f"{count:,} orders of about {len(entries[0].body)} bytes; the entries, with their hashes, are made beforehand.",
        ),
    )


def _batches(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    return (entries[place : place + WAITING] for place in range(0, len(entries), WAITING))


def _bare(path: Path, entries: Sequence[Entry]) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE entries (sequence INTEGER PRIMARY KEY, body BLOB)")
    began = time.perf_counter()
    for batch in _batches(entries):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO entries VALUES (?, ?)", [(entry.sequence, entry.body) for entry in batch])
        connection.execute("COMMIT")
    passed = time.perf_counter() - began
    connection.close()
    return passed


def _file(path: Path, entries: Sequence[Entry]) -> float:
    with JournalFile.create(path) as journal:
        began = time.perf_counter()
        for batch in _batches(entries):
            journal.append(batch)
        return time.perf_counter() - began


async def _writer(path: Path, entries: Sequence[Entry], groups: list[int]) -> float:
    writer = JournalWriter(JournalFile.create(path), measure=lambda _, size: groups.append(size))
    due = iter(entries)

    async def wait_for_own() -> None:
        for entry in due:
            await writer.append([entry])

    began = time.perf_counter()
    try:
        await asyncio.gather(*(wait_for_own() for _ in range(WAITING)))
        return time.perf_counter() - began
    finally:
        await writer.close()

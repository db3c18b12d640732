"""The writer thread returns when entries are on the disk; after one failure every job fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.errors import StorageError
from counterpoise.session.journal.entries import Entry
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.writer import JournalWriter

Make = Callable[[int], list[Entry]]


async def test_an_append_returns_when_a_reader_can_see_it(path: Path, some_entries: Make) -> None:
    writer = JournalWriter(JournalFile.create(path))
    await writer.append(some_entries(3))
    with JournalFile.read_only(path) as reader:
        assert reader.head()[0] == 3
    await writer.close()


async def test_appends_that_wait_together_share_a_commit_and_keep_their_order(path: Path, some_entries: Make) -> None:
    sizes: list[int] = []
    writer = JournalWriter(JournalFile.create(path), measure=lambda seconds, entries: sizes.append(entries))
    entries = some_entries(300)
    await asyncio.gather(*(writer.append([entry]) for entry in entries))
    assert await writer.call(lambda journal: list(journal.entries())) == entries
    await writer.close()
    assert sum(sizes) == 300
    assert len(sizes) < 100


async def test_calls_and_appends_run_in_the_order_they_were_asked(path: Path, some_entries: Make) -> None:
    writer = JournalWriter(JournalFile.create(path))
    entries = some_entries(4)
    _, first, _, second = await asyncio.gather(
        writer.append(entries[:1]),
        writer.call(lambda journal: journal.head()[0]),
        writer.append(entries[1:]),
        writer.call(lambda journal: journal.head()[0]),
    )
    assert (first, second) == (1, 4)
    await writer.close()


async def test_after_a_failure_every_job_fails(path: Path, some_entries: Make) -> None:
    writer = JournalWriter(JournalFile.create(path))
    await writer.append(some_entries(1))
    path.unlink()
    results = await asyncio.gather(
        writer.append(some_entries(1)), writer.append(some_entries(1)), return_exceptions=True
    )
    assert all(isinstance(result, StorageError) for result in results)
    assert writer.failure is not None
    with pytest.raises(StorageError):
        await writer.call(lambda journal: journal.head())
    await writer.close()


EMPTY: dict[str, int] = {}


async def test_an_exception_in_a_call_reaches_its_caller_only(path: Path, some_entries: Make) -> None:
    writer = JournalWriter(JournalFile.create(path))
    with pytest.raises(KeyError):
        await writer.call(lambda journal: EMPTY["nothing"])
    await writer.append(some_entries(1))
    await writer.close()


async def test_a_cancelled_caller_does_not_stop_the_write(path: Path, some_entries: Make) -> None:
    writer = JournalWriter(JournalFile.create(path))
    append = asyncio.create_task(writer.append(some_entries(2)))
    await asyncio.sleep(0)
    append.cancel()
    await asyncio.gather(append, return_exceptions=True)
    assert await writer.call(lambda journal: journal.head()[0]) == 2
    await writer.close()


async def test_closing_finishes_waiting_jobs_and_refuses_later_ones(path: Path, some_entries: Make) -> None:
    writer = JournalWriter(JournalFile.create(path))
    append = asyncio.create_task(writer.append(some_entries(5)))
    await asyncio.sleep(0)
    await writer.close()
    await append
    with pytest.raises(StorageError, match="closed"):
        await writer.append(some_entries(1))
    with JournalFile.read_only(path) as reader:
        assert reader.head()[0] == 5

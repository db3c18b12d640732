"""The thread that writes a journal. The event loop hands it batches and awaits the disk."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from counterpoise.errors import StorageError
from counterpoise.session.journal.entries import Entry
from counterpoise.session.play.log import PlayRow
from counterpoise.session.stored_snapshots import StoredSnapshot
from counterpoise.store.journal import Journal

T = TypeVar("T")
_GROUP_MAX = 256


@dataclass(slots=True)
class Job:
    """Something to do with a journal, and the future of its result."""

    work: Callable[[Journal], Any] | None
    """``None`` for an append."""
    entries: Sequence[Entry]
    snapshot: StoredSnapshot | None
    rows: Sequence[PlayRow]
    done: asyncio.Future[Any]


class Worker(Protocol):
    """Works through the jobs of one journal, in the order in which they come."""

    def put(self, job: Job) -> None:
        """Add a job."""

    async def end(self) -> None:
        """Let the jobs that wait be done, then the work end."""


StartWorker = Callable[[Callable[[list[Job]], None], Callable[[], None], str], Worker]
"""Starts a worker: given what works through a batch of jobs, what to call at the end, and a name."""


class ThreadWorker:
    """Works in a thread of its own.

    Args:
        work: works through a batch of jobs.
        at_end: called in the thread when it ends.
        name: of the thread.
    """

    def __init__(self, work: Callable[[list[Job]], None], at_end: Callable[[], None], name: str) -> None:
        self._work, self._at_end = work, at_end
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Add a job; it is done after those that wait."""
        self._jobs.put(job)

    async def end(self) -> None:
        """Let the jobs that wait be done, and the thread end."""
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        try:
            stopping = False
            while not stopping:
                batch = [self._jobs.get()]
                while len(batch) < _GROUP_MAX and not self._jobs.empty():
                    batch.append(self._jobs.get())
                stopping = None in batch
                self._work([job for job in batch if job is not None])
        finally:
            self._at_end()


class JournalWriter:
    """Runs everything that writes to one journal, in one thread and in the order of the calls.

    Appends that wait together share a transaction. After the first failure every job fails with the same error, so that
    nothing is acknowledged after it.

    Args:
        journal: open for writing. From now on only the thread uses it; ``close`` closes it.
        measure: called in the thread with the seconds that a commit took and the number of its entries.
        start_worker: starts the thread.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        measure: Callable[[float, int], None] | None = None,
        start_worker: StartWorker = ThreadWorker,
    ) -> None:
        self.address = journal.address
        self.failure: StorageError | None = None
        self._journal = journal
        self._measure = measure
        self._loop = asyncio.get_running_loop()
        self._worker = start_worker(self._work_through, journal.close, f"journal {journal.address}")
        self._closed = False

    async def append(
        self, entries: Sequence[Entry], snapshot: StoredSnapshot | None = None, rows: Sequence[PlayRow] = ()
    ) -> None:
        """Return once the entries, the snapshot after them and the rows of the play log are on the disk.

        Raises:
            StorageError: they may not be there.
        """
        if entries or rows:
            await self._ask(Job(None, entries, snapshot, rows, self._loop.create_future()))

    async def call(self, work: Callable[[Journal], T]) -> T:
        """Run ``work`` with the journal in the writer's thread and return what it returns."""
        result: T = await self._ask(Job(work, (), None, (), self._loop.create_future()))
        return result

    async def close(self) -> None:
        """Finish the waiting jobs, close the journal and end the thread; calling again does nothing."""
        if not self._closed:
            self._closed = True
            await self._worker.end()

    async def _ask(self, job: Job) -> Any:
        if self._closed:
            raise StorageError(self.address, "the journal is closed")
        if self.failure is not None:
            raise self.failure
        self._worker.put(job)
        # Shielded: if the caller is cancelled, the thread must not resolve a cancelled future.
        return await asyncio.shield(job.done)

    def _work_through(self, jobs: list[Job]) -> None:
        group: list[Job] = []
        for job in jobs:
            if job.work is None:
                group.append(job)
                if job.snapshot is not None:
                    self._commit(group)
                    group = []
                continue
            self._commit(group)
            group = []
            self._do([job], job.work)
        self._commit(group)

    def _commit(self, group: list[Job]) -> None:
        if not group:
            return
        entries = [entry for job in group for entry in job.entries]
        rows = [row for job in group for row in job.rows]
        began = time.perf_counter()
        self._do(group, lambda journal: journal.append(entries, group[-1].snapshot, rows))
        if self._measure is not None:
            self._measure(time.perf_counter() - began, len(entries))

    def _do(self, jobs: list[Job], work: Callable[[Journal], Any]) -> None:
        result: Any = None
        error: BaseException | None = self.failure
        if error is None:
            try:
                result = work(self._journal)
            except StorageError as failure:
                error = self.failure = failure
            except Exception as failure:
                error = self._storage_error(failure)
        for job in jobs:
            try:
                self._loop.call_soon_threadsafe(resolve, job.done, result, error)
            except RuntimeError:
                return  # the loop is closed: nobody awaits the result

    def _storage_error(self, failure: Exception) -> Exception:
        """Return the failure, or what it means if the database raised it: then nothing more is written."""
        fault = self._journal.fault(failure)
        if fault is None:
            return failure
        self.failure = fault if isinstance(fault, StorageError) else StorageError(self.address, str(fault))
        return self.failure


def resolve(done: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    """Give a future its result or its error, unless it has one or was cancelled."""
    if done.done():
        return
    if error is None:
        done.set_result(result)
    else:
        done.set_exception(error)

"""Processes that work side by side, and leave with the one that started them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from typing import Any, TypeVar

T = TypeVar("T")


@contextmanager
def process_pool(jobs: int) -> Iterator[Executor | None]:
    """Yield an executor of so many processes, or ``None`` for one job, which is done here."""
    if jobs == 1:
        yield None
        return
    # A forked child would inherit whatever threads the parent runs; a fresh process is the same on every platform.
    executor = _Workers(jobs, mp_context=get_context("spawn"), initializer=_follow)
    try:
        yield executor
    except BaseException:
        # A bot may never decide: whoever breaks off must not have to wait for it.
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in active_children():
            worker.terminate()
        raise
    executor.shutdown()


class _Workers(ProcessPoolExecutor):
    """Processes that leave an interruption by the keyboard, which reaches all of them, to the one that started them."""

    def submit(self, task: Callable[..., T], /, *args: Any, **named: Any) -> Future[T]:
        """Submit a task, for which a process may be started."""
        with _uninterrupted():
            return super().submit(task, *args, **named)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put an interruption off to the end, and let processes that start meanwhile have it blocked from the beginning.

    Any thread may take the signal, and the main one would be interrupted wherever it stands: with a lock of the executor that
    it then never gives back.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    pending: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: pending.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
        if pending:
            raise KeyboardInterrupt


def _follow() -> None:
    """Let this process end when the one that started it does, whose standard output is not for the bots that play here."""
    sys.stdout = sys.stderr
    parent = parent_process()
    assert parent is not None, "only started processes are initialised"

    def end() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end, name="follow", daemon=True).start()

"""Worker processes that end with their parent."""

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
def process_pool(jobs: int, *, runs_user_code: bool = True) -> Iterator[Executor | None]:
    """Yield an executor with ``jobs`` processes; ``None`` for one job, which runs in this process.

    Args:
        jobs: how many processes.
        runs_user_code: whether a task runs code of users, such as bots. Other tasks may run in forked processes, which start
            without importing everything again.
    """
    if jobs == 1:
        yield None
        return
    context = get_context("fork" if not runs_user_code and _can_fork() else "spawn")
    executor = _Workers(jobs, mp_context=context, initializer=_end_with_parent)
    try:
        yield executor
    except BaseException:
        # A bot may never decide, and Ctrl-C must not wait for it.
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in active_children():
            worker.terminate()
        raise
    executor.shutdown()


def _can_fork() -> bool:
    """Tell whether this process can be forked safely.

    A forked child inherits the locks that threads of the parent hold, and on macOS the system's libraries may not be used
    in it.
    """
    return sys.platform == "linux" and threading.active_count() == 1


class _Workers(ProcessPoolExecutor):
    """Worker processes that ignore Ctrl-C; the parent handles it."""

    def submit(self, task: Callable[..., T], /, *args: Any, **named: Any) -> Future[T]:
        """Submit a task; this may start a process."""
        with _sigint_delayed():
            return super().submit(task, *args, **named)


@contextmanager
def _sigint_delayed() -> Iterator[None]:
    """Delay SIGINT until the block ends. Child processes started inside it inherit the blocked signal.

    Any thread may receive the signal. It would interrupt the main thread anywhere, even with a lock of the executor, which
    would then never be released.
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


def _end_with_parent() -> None:
    """End this process when its parent ends, and redirect standard output, which belongs to the parent's document."""
    sys.stdout = sys.stderr
    parent = parent_process()
    assert parent is not None, "the initializer runs in child processes only"

    def end() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end, name="end with parent", daemon=True).start()

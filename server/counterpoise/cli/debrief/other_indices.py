"""The draws of other threat indices, spread over the processors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from counterpoise.cli.terminal import progress_bar
from counterpoise.cli.worker_processes import process_pool
from counterpoise.theory.check.sensitivity import NO_DRAWS, Draws

T = TypeVar("T")
R = TypeVar("R")
ALONE_UP_TO = 50_000
"""Draws times decisions that one process does faster than several can start."""


@contextmanager
def other_indices(count: int, decisions: int) -> Iterator[Draws]:
    """Yield the draws with their progress bar, in several processes if there is enough to do.

    Args:
        count: how many draws.
        decisions: how many decisions each of them recodes.
    """
    if not count:
        yield NO_DRAWS
        return
    jobs = min(os.cpu_count() or 1, count) if count * decisions > ALONE_UP_TO else 1
    with process_pool(jobs, runs_user_code=False) as pool:
        if pool is not None:
            pool.submit(
                int
            )  # starts the processes before the bar, which has a thread: a process with threads must not fork
        with progress_bar("Trying other threat indices", count) as show:
            yield Draws(count, show) if pool is None else Draws(count, show, partial(_spread, pool, jobs))


def _spread(pool: Executor, jobs: int, work: Callable[[T], R], draws: Iterable[T]) -> Iterator[R]:
    """Call the work with each draw in some process and yield the results in order.

    Each process gets its draws in two lots, since the decisions travel once with each lot.
    """
    waiting = list(draws)
    return pool.map(work, waiting, chunksize=-(-len(waiting) // (2 * jobs)))

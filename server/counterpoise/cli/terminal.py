"""What a command prints: one JSON document or readable text on standard output, progress on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:  # commands that play no session need not import it
    from counterpoise.session.running_session import Session

P = ParamSpec("P")
T = TypeVar("T")

PIPE_COLUMNS = 160
"""Width of tables where there is no terminal whose width could be asked."""


def _console(*, stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    is_open = not stream.isatty() and "COLUMNS" not in os.environ
    return Console(stderr=stderr, highlight=False, soft_wrap=True, width=PIPE_COLUMNS if is_open else None)


console = _console()
notes = _console(stderr=True)


def stdout_reserved(command: Callable[P, T]) -> Callable[P, T]:
    """Leave standard output to what a command itself prints: whatever else does, a bot above all, is heard on standard error."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> T:
        console.file = sys.stdout
        with redirect_stdout(sys.stderr):
            return command(*arguments, **options)

    return run


def print_json(document: object) -> None:
    """Print one JSON document, keys in the order they were made, to standard output."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2)
    console.file.write(text.decode() + "\n")
    console.file.flush()


@contextmanager
def _bar(label: str, total: int) -> Iterator[tuple[Progress, TaskID]]:
    """Show a bar on standard error. It stays when the work is done or broken off, and goes when that fails: the error is
    all there is to read then."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=notes,
        # Where nobody watches (a pipe, a log) only the last state is printed, not every frame of it.
        refresh_per_second=8,
    )
    bar.start()
    try:
        yield bar, bar.add_task(label, total=max(total, 1))
    except Exception:
        bar.live.transient = True
        raise
    finally:
        # Outside a terminal the progress ends its line with a break, even if there is none.
        (bar.live if bar.live.transient else bar).stop()


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on standard error; yields a function to call with how much is done."""
    with _bar(label, total) as (bar, task):
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def session_bar(label: str, total: int) -> Iterator[Callable[[Session], None]]:
    """Show how far the clock of a session has come, with its date."""
    with _bar(label, total) as (bar, task):

        def show(session: Session) -> None:
            date = session.simulation.world.calendar.iso(session.now)
            bar.update(task, completed=session.now, description=f"{label} {date}")

        yield show

"""Print the output of commands: one JSON document or text to standard output, progress to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import wraps
from typing import IO, TYPE_CHECKING, ParamSpec, TypeVar

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
    from counterpoise.sim.clock.calendar import Calendar

P = ParamSpec("P")
T = TypeVar("T")

PIPE_COLUMNS = 160
"""Width of tables if standard output is not a terminal."""


class OutputConsole(Console):
    """A console that can print to another file for a while."""

    @contextmanager
    def printing_to(self, file: IO[str]) -> Iterator[None]:
        """Print to a file until the block ends, and then to where the console printed before.

        A console without a file of its own prints to the standard stream of the moment, and does so again after the block.
        """
        before, self._file = self._file, file
        try:
            yield
        finally:
            self._file = before


def _console(*, stderr: bool = False) -> OutputConsole:
    stream = sys.stderr if stderr else sys.stdout
    is_open = not stream.isatty() and "COLUMNS" not in os.environ
    return OutputConsole(stderr=stderr, highlight=False, soft_wrap=True, width=PIPE_COLUMNS if is_open else None)


console = _console()
notes = _console(stderr=True)


def stdout_reserved(command: Callable[P, T]) -> Callable[P, T]:
    """Reserve standard output for the command. Everything else that prints, such as a bot, prints to standard error."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> T:
        with console.printing_to(sys.stdout), redirect_stdout(sys.stderr):
            return command(*arguments, **options)

    return run


def print_json(document: object) -> None:
    """Print one JSON document to standard output, with keys in their order of insertion."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2)
    console.file.write(text.decode() + "\n")
    console.file.flush()


@contextmanager
def _bar(label: str, total: int) -> Iterator[tuple[Progress, TaskID]]:
    """Show a progress bar on standard error. The bar stays after success or Ctrl-C and disappears after an error, so that
    the error stands alone."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=notes,
        # In a pipe or a log only the last state of the bar is printed.
        refresh_per_second=8,
    )
    bar.start()
    try:
        yield bar, bar.add_task(label, total=max(total, 1))
    except Exception:
        bar.live.transient = True
        raise
    finally:
        # Outside a terminal, Progress.stop prints a line break even if the bar printed nothing.
        (bar.live if bar.live.transient else bar).stop()


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on standard error; yield a function that takes the amount of finished work."""
    with _bar(label, total) as (bar, task):
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def session_bar(label: str, total: int) -> Iterator[Callable[[Session], None]]:
    """Show the progress of a session's clock, with its date."""
    with _bar(label, total) as (bar, task):

        def show(session: Session) -> None:
            date = session.simulation.world.calendar.iso(session.now)
            bar.update(task, completed=session.now, description=f"{label} {date}")

        yield show


@contextmanager
def date_bar(label: str, total: int, calendar: Calendar) -> Iterator[Callable[[int], None]]:
    """Show how far a clock has come, with its date; yield a function that takes the tick."""
    with _bar(label, total) as (bar, task):
        yield lambda tick: bar.update(task, completed=tick, description=f"{label} {calendar.iso(tick)}")

"""The report of a benchmark, and the way its numbers are measured.

Machines are noisy, so every measurement is repeated. The measured work and its reference take turns, each repetition gives one
ratio of the two, and a figure is the median of its repetitions, with the smallest and the largest beside it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeElapsedColumn
from rich.text import Text


class _Count(MofNCompleteColumn):
    """The number of steps done and the total; empty if the total is unknown."""

    def render(self, task: Task) -> Text:
        return Text() if task.total is None else super().render(task)


BARS = Progress(
    TextColumn("{task.description}"), BarColumn(), _Count(), TimeElapsedColumn(),
    console=Console(stderr=True), transient=True,
)  # fmt: skip
"""The progress of the benchmarks on standard error; ``run.py`` shows it."""
REPOSITORY = Path(__file__).resolve().parents[2]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a benchmark: a value for each repetition, and their unit."""

    name: str
    values: tuple[float, ...]
    unit: str

    @property
    def value(self) -> float:
        """The median repetition."""
        return median(self.values)


REASONED, UNREASONED = "outside, reason stated", "outside, no reason"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One simulated number beside a published one, each with its interval."""

    name: str
    value: float
    least: float
    most: float
    published: float
    published_least: float
    published_most: float
    unit: str
    source: str
    explanation: str = ""
    """The reason for the difference, if there is one and it is known."""

    @property
    def mark(self) -> str:
        """``inside`` if the number lies in the published interval; otherwise whether a reason is stated."""
        if self.published_least <= self.value <= self.published_most:
            return "inside"
        return REASONED if self.explanation else UNREASONED


@dataclass(frozen=True, slots=True)
class Report:
    """The results of a benchmark, the ratios first, with notes for the reader."""

    title: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


def figure(name: str, unit: str, *values: float) -> Figure:
    """Return a figure from the value of each repetition."""
    return Figure(name, values, unit)


def ratio(name: str, over: Sequence[float], under: Sequence[float], unit: str = "x") -> Figure:
    """Return the ratios of two series, repetition by repetition, so that a slowdown of both cancels out."""
    return Figure(name, tuple(a / b for a, b in zip(over, under, strict=True)), unit)


def tracked(steps: Iterable[T], what: str, total: int) -> Iterator[T]:
    """Yield the steps of long work, with a progress bar."""
    task = BARS.add_task(what, total=total)
    for step in steps:
        yield step
        BARS.advance(task)
    BARS.remove_task(task)


def cpu_seconds(work: Callable[[], T]) -> tuple[float, T]:
    """Return the processor time of work on one thread, without that of other programs, and its result."""
    gc.collect()
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


class Stopwatch:
    """Adds up the processor time of named parts. Time in a nested part counts for the inner part only."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inside: list[float] = []

    def wrap(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``work`` wrapped so that its time counts for a part."""
        self.spent.setdefault(part, 0.0)

        def timed(*args: Any, **kwargs: Any) -> Any:
            self._inside.append(0.0)
            began = time.process_time()
            try:
                return work(*args, **kwargs)
            finally:
                took = time.process_time() - began
                self.spent[part] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return timed


def scenario(name: str) -> str:
    """Return the text of one of the project's scenarios."""
    return (REPOSITORY / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")

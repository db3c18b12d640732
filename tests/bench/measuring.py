"""What a benchmark gives back, and how its numbers come about.

Machines are noisy, so nothing is measured once: the thing and its reference take turns, each repetition gives one ratio of
the two, and a figure is the median of its repetitions, with the smallest and the largest beside it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeElapsedColumn
from rich.text import Text


class _Count(MofNCompleteColumn):
    """How much is done of how much; nothing where nobody knows how much there is."""

    def render(self, task: Task) -> Text:
        return Text() if task.total is None else super().render(task)


BARS = Progress(
    TextColumn("{task.description}"), BarColumn(), _Count(), TimeElapsedColumn(),
    console=Console(stderr=True), transient=True,
)  # fmt: skip
"""How far the benchmarks are, on standard error; ``run.py`` shows it."""
REPOSITORY = Path(__file__).resolve().parents[2]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a benchmark: a value for each repetition, and what they count."""

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
    """One number of ours beside one that somebody has published, each with the least and the most it may be."""

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
    """Why the two differ, if they do and the reason is known."""

    @property
    def mark(self) -> str:
        """Whether it is ``inside`` the published interval, and if not, whether a reason is stated."""
        if self.published_least <= self.value <= self.published_most:
            return "inside"
        return REASONED if self.explanation else UNREASONED


@dataclass(frozen=True, slots=True)
class Report:
    """What a benchmark found, the ratios first, and what one must know to read it."""

    title: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


def figure(name: str, unit: str, *values: float) -> Figure:
    """Return a figure from the value of each repetition."""
    return Figure(name, values, unit)


def ratio(name: str, over: Sequence[float], under: Sequence[float], unit: str = "x") -> Figure:
    """Return the ratios of two series, repetition by repetition: what slows both down cancels out."""
    return Figure(name, tuple(a / b for a, b in zip(over, under, strict=True)), unit)


def tracked(steps: Iterable[T], what: str, total: int) -> Iterator[T]:
    """Yield the steps of long work, with a bar that tells how many of them are done."""
    task = BARS.add_task(what, total=total)
    for step in steps:
        yield step
        BARS.advance(task)
    BARS.remove_task(task)


def cpu_seconds(work: Callable[[], T]) -> tuple[float, T]:
    """Return the processor time that work on one thread took, and its result; other programs do not count."""
    gc.collect()
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def scenario(name: str) -> str:
    """Return the text of one of the project's scenarios."""
    return (REPOSITORY / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")

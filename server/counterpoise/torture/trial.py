"""A trial: what it does, what it measures, and when it has passed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from counterpoise.errors import CounterpoiseError
from counterpoise.torture.host_process import PROGRAM, TRACEBACK, HostProcess
from counterpoise.torture.torture_document import Figure


class TrialSkipped(CounterpoiseError):  # noqa: N818 (it names what happened)
    """A trial cannot run on this machine.

    Args:
        reason: what is missing.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


@dataclass
class TrialRun:
    """One run of a trial: its sizes, its folder, and what it finds.

    Args:
        folder: an empty folder of its own.
        seed: everything that the trial draws derives from it.
        quick: whether it runs in the sizes of continuous integration.
        program: the command ``counterpoise``.
        show: called with the share of the work that is done, from 0 to 1.
    """

    folder: Path
    seed: str = "1"
    quick: bool = True
    program: Sequence[str] = PROGRAM
    show: Callable[[float], None] = lambda share: None
    figures: list[Figure] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What is wrong, as sentences; a trial without a problem has passed."""
    notes: list[str] = field(default_factory=list)
    """What a reader of the figures has to know, as sentences."""
    hosts: list[HostProcess] = field(default_factory=list)

    def random(self, purpose: str) -> Random:
        """Return the random stream of a purpose."""
        return Random(f"{self.seed}/{purpose}")

    def size(self, whole: int, quick: int) -> int:
        """Return the number for the size of this run."""
        return quick if self.quick else whole

    def host(self, name: str = "data", **options: Any) -> HostProcess:
        """Return a server that has yet to be started; see ``HostProcess``."""
        host = HostProcess(
            self.folder / name, self.folder / f"{name.replace('/', '-')}.log", program=self.program, **options
        )
        self.hosts.append(host)
        return host

    def figure(self, name: str, value: float, unit: str = "") -> None:
        """Note a number for the report."""
        self.figures.append(Figure(name=name, value=round(float(value), 3), unit=unit))

    def require(self, holds: object, problem: str) -> None:
        """Note a problem unless something holds."""
        if not holds:
            self.problems.append(problem)

    def require_quiet_logs(self) -> None:
        """Note a problem for every server that wrote a traceback."""
        for host in self.hosts:
            _, found, traceback = host.log().rpartition(TRACEBACK)
            last = " / ".join(traceback.strip().splitlines()[-3:])
            self.require(not found, f"the server's log has a traceback: {last}")


class Trial(ABC):
    """One trial. A file in ``trials`` defines one class, and its instances keep nothing."""

    name: ClassVar[str]
    """What users type."""
    does: ClassVar[str]
    """What the trial does, in one sentence."""
    passes: ClassVar[str]
    """When it has passed, in one sentence."""
    seconds_max: ClassVar[tuple[float, float]]
    """How long it may take, whole and quick. One that takes longer has failed."""

    @abstractmethod
    async def run(self, run: TrialRun) -> None:
        """Run the trial and note figures and problems.

        Raises:
            TrialSkipped: this machine lacks what the trial needs.
        """

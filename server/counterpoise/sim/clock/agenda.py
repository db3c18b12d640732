"""The agenda: the steps that are due and the steps that wait for an answer, as plain data in the world.

A process is a set of steps: functions that run at a tick, act, and schedule the next step. The whole state of a process is in
the world, so a world can be stored, restored and copied at any tick. SimPy is the clock: the engine puts one SimPy event into its
queue for each row of the agenda, and runs the row's step when SimPy processes the event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from counterpoise.sim.types import CallReason

Argument = str | int | float | bool | None
"""An argument of a step."""
Step = Callable[..., None]
"""A step of a process: ``step(stage, *arguments)``."""
Steps = Mapping[str, Step]
"""The steps of one process by name; a process module calls this mapping ``STEPS``."""
WakeTick = Callable[..., int]
"""Returns the tick at which a watching step must run even if nothing has changed: ``wake_tick(stage, *arguments)``."""
Watches = Mapping[str, WakeTick]
"""The watching steps of one process by name; a process module calls this mapping ``WATCHES``.

A watching step runs every day and only tests the world for a change. The engine skips it on days on which nothing changes: from
a day on which only watching steps ran to the next day on which another step runs, to the next stop, or to its wake tick.
"""


@dataclass(slots=True)
class Due:
    """A row of the agenda: a step that runs at a tick.

    Rows of one tick run in the order of ``order``; rows that start a process run before all others.
    """

    order: int
    tick: int
    starts: bool
    """Whether the row starts a process. Such a row runs at once, before the other rows of its tick."""
    step: str
    """The process and its step, for example ``war.review``."""
    arguments: tuple[Argument, ...] = ()


@dataclass(slots=True)
class Wait:
    """A step that runs after the next answer about a subject or at its deadline, whichever comes first."""

    id: int
    question: int
    """The number of the question for whose answer it waits (``Agenda.questions``)."""
    has_deadline: bool
    step: str
    arguments: tuple[Argument, ...] = ()


@dataclass(slots=True)
class Agenda:
    """The steps that are due and the steps that wait for an answer."""

    rows: dict[int, Due] = field(default_factory=dict)
    """By their order."""
    waits: dict[int, Wait] = field(default_factory=dict)
    questions: dict[tuple[CallReason, int], int] = field(default_factory=dict)
    """The numbers of the open questions that a step waits for, by reason and subject; the next answer closes a question."""
    last_order: int = 0
    """The order of the newest row; waits and questions are numbered by the same counter."""

    def next_order(self) -> int:
        """Return the next number of the counter."""
        self.last_order += 1
        return self.last_order

"""The agenda: what is due and who waits for an answer, as plain data in the world.

A process is a set of steps: functions that run at a tick, act, and say which step follows and when. Nothing of a process lives
outside the world, so a world can be stored, restored and copied at any tick. SimPy is the clock: the engine puts one SimPy
event into its queue for each row of the agenda, and the row's step runs when the event does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from counterpoise.sim.types import CallReason

Argument = str | int | float | bool | None
"""What a row of the agenda can hold for its step."""
Step = Callable[..., None]
"""A step of a process: ``step(stage, *arguments)``."""
Steps = Mapping[str, Step]
"""The steps of one process by name; a process module calls this mapping ``STEPS``."""


@dataclass(slots=True)
class Due:
    """A row: a step that runs at a tick.

    Rows of one tick run in the order of ``order``, those that start a process before all others.
    """

    order: int
    tick: int
    starts: bool
    """Whether the row starts a process. Such a row runs at once, before the other rows of its tick."""
    step: str
    """``process.step``, for example ``war.review``."""
    arguments: tuple[Argument, ...] = ()


@dataclass(slots=True)
class Wait:
    """A step that runs after the next answer about a subject or at its deadline, whichever comes first."""

    id: int
    question: int
    """The number of the question it waits for, see ``Agenda.questions``."""
    has_deadline: bool
    step: str
    arguments: tuple[Argument, ...] = ()


@dataclass(slots=True)
class Agenda:
    """What is due, and who waits for an answer."""

    rows: dict[int, Due] = field(default_factory=dict)
    """By their order."""
    waits: dict[int, Wait] = field(default_factory=dict)
    questions: dict[tuple[CallReason, int], int] = field(default_factory=dict)
    """The number of the question that the next answer about a subject closes, where somebody waits for one."""
    last_order: int = 0
    """The order of the newest row; waits and questions take numbers from the same count."""

    def next_order(self) -> int:
        """Return a number larger than all before."""
        self.last_order += 1
        return self.last_order

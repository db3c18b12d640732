"""What every move is: a frozen record that can say whether it is legal, what it does, and which of its kind are legal now.

A new move is one new file in ``moves/``: a frozen dataclass with a ``kind``. Its wire form, its browser form, its row in
the documentation and its conformance tests follow from its fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any, ClassVar, Protocol

from counterpoise.errors import OrderError
from counterpoise.sim.agenda import Argument
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId, CallReason
from counterpoise.sim.view import View
from counterpoise.sim.world import Audience, Incident, World


class Stage(Protocol):
    """What moves and processes act on: the world, its clock, its chances, and the log of what happens."""

    world: World
    scenario: Scenario

    @property
    def recorded(self) -> bool:
        """Whether the world follows a record, so that no chance may move it; a process that draws must ask."""

    def stream(self, purpose: str) -> Random:
        """Return the named random stream."""

    def next_id(self, audience: Audience = None) -> int:
        """Return a number no other thing of this world has; ``audience`` is who may see the thing, None everyone."""

    def record(self, kind: str, *actors: ActorId, audience: Audience = None, **detail: Any) -> Incident:
        """Log an incident at the present tick; ``audience`` None is everyone."""

    def start(self, step: str, *arguments: Argument) -> None:
        """Start a process: run its first step at the present tick, before all else that is due."""

    def start_at(self, tick: int, step: str, *arguments: Argument) -> None:
        """Start a process whose first step runs at ``tick``, or at the present tick if that is past."""

    def schedule(self, tick: int, step: str, *arguments: Argument) -> None:
        """Run the next step of a process at ``tick``, or at the present tick if that is past."""

    def await_answer(
        self, reason: CallReason, subject: int, deadline: int | None, step: str, *arguments: Argument
    ) -> None:
        """Run a step after the next answer about a subject, or at the deadline if that comes first."""

    def apply_scenario_inject(self, index: int) -> None:
        """Make an inject of the scenario happen, by its place in the file, if it still can."""

    def call(
        self, actor: ActorId, reason: CallReason, subject: int, deadline: int, asker: ActorId | None = None
    ) -> None:
        """Ask an actor for an answer; the clock stops after this tick so that its seat can give one."""

    def close_call(self, actor: ActorId, reason: CallReason, subject: int) -> None:
        """Close the matching call, if it is open, and wake the process that waits for it."""


class Move:
    """An act of a state. Subclasses are frozen, slotted dataclasses whose fields are plain values."""

    __slots__ = ()
    kind: ClassVar[str]
    """The move's name on the wire: its class name in snake case."""
    title: ClassVar[str]
    """What a button for it says."""

    def check(self, world: World, actor: ActorId) -> None:
        """Raise ``OrderError`` unless ``actor`` may make this move now."""

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Carry the move out. It was legal when it was ordered; if it no longer is, do nothing."""
        raise TypeError(f"{type(self).__name__} does nothing")

    @classmethod
    def legal(cls, view: View) -> Iterable[Move]:
        """Yield the moves of this kind that the seat with this view may make now, free text left at an example."""
        return ()


def illegal(path: str, expected: str, got: object) -> OrderError:
    """Return the error for a move that is not legal now. Never put into words what the seat may not know.

    An order that became illegal is recorded as an ``order_void`` incident with ``path``, ``expected`` and ``got``, and digests
    hash incidents. So these three texts are part of the rules: journals of rules 4 verify only while they stay the same.
    """
    return OrderError("illegal", f"$.move.{path}" if path else "$.move", expected, str(got))


def require_other(world: World, actor: ActorId, other: str, path: str) -> ActorId:
    """Return ``other`` as an id if it is an active state other than ``actor``."""
    found = world.actors.get(ActorId(other))
    if found is None or not found.active:
        raise OrderError("unknown_actor", f"$.move.{path}", "the code of a state that exists now", other)
    if found.id == actor:
        raise illegal(path, "another state", "your own")
    return found.id

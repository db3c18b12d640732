"""What every move is: a frozen record that can say whether it is legal, what it does, and which of its kind are legal now.

A new move is one new file in ``moves/``: a frozen dataclass with a ``kind``. Its wire form, its browser form, its row in
the documentation and its conformance tests follow from its fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any, ClassVar, Protocol, Self

from msgspec import Struct

from counterpoise.errors import OrderError
from counterpoise.sim.agenda import Argument
from counterpoise.sim.position import Position
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId, CallReason
from counterpoise.sim.view import View
from counterpoise.sim.view_position import ViewPosition
from counterpoise.sim.world import Audience, Incident, World
from counterpoise.sim.world_position import WorldPosition


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


class Move(Struct, frozen=True, gc=False):
    """An act of a state. The fields of a subclass are plain values; they are the move's form on the wire and in the browser."""

    kind: ClassVar[str]
    """The move's name on the wire: its class name in snake case."""
    title: ClassVar[str]
    """The text of the button that makes the move."""
    COST: ClassVar[float] = 0.0
    """Treasury spent, in per cent of a year's budget."""

    def cost(self) -> float:
        """Return the treasury that this move spends, in per cent of a year's budget."""
        return self.COST

    def rule(self, position: Position) -> OrderError | None:
        """Return why the actor may not make this move now, its cost aside, or ``None`` if it may."""
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Carry the move out. The engine has just checked that it is legal."""
        raise TypeError(f"{type(self).__name__} does nothing")

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterable[Self]:
        """Yield the moves of this kind to offer a seat, legal or not, free text left at an example."""
        return ()

    # What follows from the rule and the cost.

    def refusal(self, position: Position) -> OrderError | None:
        """Return why the actor may not make this move now, or ``None`` if it may."""
        return self.rule(position) or _unaffordable(position, self.cost())

    def check(self, world: World, actor: ActorId) -> None:
        """Raise ``OrderError`` unless the actor may make this move now."""
        refusal = self.refusal(WorldPosition(world, actor))
        if refusal is not None:
            raise refusal

    @classmethod
    def legal(cls, view: View) -> list[Self]:
        """Return the candidates of this kind that the seat with this view may make now."""
        return cls.legal_in(ViewPosition(view))

    @classmethod
    def legal_in(cls, position: ViewPosition) -> list[Self]:
        """Return the candidates of this kind that are legal in a seat's position."""
        if cls.cost is not Move.cost:
            return [move for move in cls.candidates(position) if move.refusal(position) is None]
        # All moves of this kind cost the same: one look at the treasury does for all of them.
        if _unaffordable(position, cls.COST):
            return []
        return [move for move in cls.candidates(position) if move.rule(position) is None]


def illegal(path: str, expected: str, got: object) -> OrderError:
    """Return the error for a move that is not legal now. Never put into words what the seat may not know.

    An order that became illegal is recorded as an ``order_void`` incident with ``path``, ``expected`` and ``got``, and digests
    hash incidents. So these three texts are part of the rules: journals of rules 4 verify only while they stay the same.
    """
    return OrderError("illegal", f"$.move.{path}" if path else "$.move", expected, str(got))


def _unaffordable(position: Position, cost: float) -> OrderError | None:
    treasury = position.own.treasury
    return illegal("", f"a treasury of at least {cost:g}", f"{treasury:.1f}") if treasury < cost else None

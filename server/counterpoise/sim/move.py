"""The base class of moves, and the interface through which moves and processes change the world.

To add a move, add one file to ``moves/`` with one class derived from ``Move``. Nothing else lists it: the catalogue finds the
class, and its wire form, schema, browser form, README row and conformance tests follow from what the file says. The file
``moves/recall_envoy.py`` of an invented move would hold::

    class RecallEnvoy(Move, frozen=True):
        '''Recall your envoy from another state.'''

        kind: ClassVar[str] = "recall_envoy"
        title: ClassVar[str] = "Recall an envoy"
        group: ClassVar[MoveGroup] = "diplomacy"
        RISK: ClassVar[str] = "your envoy hears nothing any more"
        COST: ClassVar[float] = 1.0

        of: Annotated[ActorRef, Meta(description="the state that loses your envoy")]

        def rule(self, position: Position) -> OrderError | None:
            return refuse_unless_other(position, self.of, "of") or refuse_enemy(position, self.of, "of")

        def apply(self, stage: Stage, actor: ActorId) -> None:
            stage.record("envoy_recalled", actor, ActorId(self.of))

        @classmethod
        def candidates(cls, position: ViewPosition) -> Iterator[Self]:
            return (cls(other.id) for other in position.view.others)

1. Players read the first paragraph of the class's docstring in the browser and in the README.
2. The annotated fields are what a player fills in. Their types and descriptions make the schema and the form.
3. ``rule`` states when the move is illegal, once. It asks a ``Position``, which answers from the world or from a seat's view
   (``position.py`` lists the questions). Rules that moves share are in ``rules/legality.py``; the reasons for which a
   move is refused are in ``views/refusal_reasons.py``.
4. ``COST`` is what the treasury pays. Override ``cost`` if the cost depends on the fields.
5. ``apply`` changes the world and records at least one incident.
6. ``RISK`` tells players what may come of it, and ``seen_by`` who sees it (everyone, unless the file says otherwise).
7. The pages word the title, the description, the fields and the reasons in each language (``text/*/moves.mjs``); a test says
   which words are missing.
8. ``candidates`` lists the moves to offer a seat, without rules: those that ``rule`` or the cost refuses are left out.

The engine calls ``check`` when an order comes in and again before it calls ``carry_out``. Bots and the browser take their
choices from ``legal``. Both follow from ``rule`` and ``cost``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any, ClassVar, Literal, Protocol, Self

from msgspec import Struct

from counterpoise.errors import OrderError
from counterpoise.sim.clock.agenda import Argument
from counterpoise.sim.numbers.random_streams import CountingRandom
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId, CallReason
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.refusal_reasons import REFUSALS
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise.sim.views.world_position import WorldPosition
from counterpoise.sim.world import Audience, Incident, World


class Stage(Protocol):
    """What moves and processes act on: the world, its clock, its random streams and its log of incidents."""

    world: World
    scenario: Scenario

    @property
    def recorded(self) -> bool:
        """Whether the world follows a record. A process must ask before it draws: chance must not change a recorded world."""

    def stream(self, purpose: str) -> CountingRandom:
        """Return the named random stream."""

    def next_id(self, audience: Audience = None) -> int:
        """Return an unused number for a thing that only ``audience`` may see, or everyone if it is ``None``."""

    def record(self, kind: str, *actors: ActorId, audience: Audience = None, **detail: Any) -> Incident:
        """Log an incident at the present tick, for ``audience`` or, if it is ``None``, for everyone."""

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

    def apply_scenario_inject(self, index: int, position: int | None = None) -> None:
        """Make an inject of the scenario happen if it still can.

        Args:
            index: its place in the file, from 0.
            position: the position among the world's incidents of the one whose states fill its roles, if any.
        """

    def call(
        self, actor: ActorId, reason: CallReason, subject: int, deadline: int, asker: ActorId | None = None
    ) -> None:
        """Ask an actor for an answer; the clock stops after this tick so that its seat can give one."""

    def close_call(self, actor: ActorId, reason: CallReason, subject: int) -> None:
        """Close the matching call, if it is open, and wake the process that waits for its answer."""


MoveGroup = Literal["diplomacy", "crisis", "aid", "home", "influence", "debrief"]
"""What moves are about, in the order in which they are shown."""


class Move(Struct, frozen=True, gc=False):
    """An act of a state. The module's docstring shows how to write one."""

    kind: ClassVar[str]
    """The move's name on the wire: its class name in snake case."""
    title: ClassVar[str]
    """The text of the button that makes the move."""
    group: ClassVar[MoveGroup]
    """The heading under which players find the move."""
    COST: ClassVar[float] = 0.0
    """Treasury that the move spends, in per cent of a year's budget."""

    PRICE: ClassVar[str] = ""
    """What the move costs beside treasury, in a few words for players."""
    RISK: ClassVar[str] = ""
    """What may come of the move against the player's wish, in a few words."""
    FINAL: ClassVar[bool] = False
    """Whether nothing undoes the move once it has acted. The page asks the player again before it sends such an order."""

    AT_ONCE: ClassVar[bool] = False
    """Whether the move acts when the order is taken, not when the clock next moves. Such a move is only recorded: it changes
    nothing that a rule reads, and it cannot be taken back."""

    FOR_DEBRIEF: ClassVar[bool] = False
    """Whether the move only notes something for the debrief. Such an order counts even if the session ends while it waits."""

    def cost(self) -> float:
        """Return the treasury that this move spends, in per cent of a year's budget."""
        return self.COST

    def rule(self, position: Position) -> OrderError | None:
        """Return why the actor may not make this move now, its cost aside, or ``None`` if it may."""
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Change the world. The move is legal and paid for."""
        raise TypeError(f"{type(self).__name__} does nothing")

    def answers(self) -> tuple[CallReason, int] | None:
        """Return the reason and the subject of the call that this move answers; ``None`` if it answers none."""
        return None

    def calls_in_private(self) -> bool:
        """Return whether this move asks other states for an answer without everyone knowing of it."""
        return False

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see the move when it acts; ``None`` if everyone does."""
        return None

    def meaning(self) -> str:
        """Return what this answer to a call means for the player, in a sentence; empty for a move that answers none."""
        return ""

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterable[Self]:
        """Yield the moves of this kind to offer a seat, legal or not. Free text is an example."""
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

    def carry_out(self, stage: Stage, actor: ActorId) -> None:
        """Pay for the move and apply it; the caller has checked that it is legal."""
        cost = self.cost()
        if cost:
            state = stage.world.actors[actor]
            state.treasury = quantised(max(0.0, state.treasury - cost))
        self.apply(stage, actor)

    @classmethod
    def legal(cls, view: View) -> list[Self]:
        """Return the candidates of this kind that the seat with this view may make now."""
        return list(cls.legal_in(ViewPosition(view)))

    @classmethod
    def legal_in(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield the candidates of this kind that are legal in a seat's position."""
        if cls.cost is not Move.cost:
            treasury = position.own.treasury
            for move in cls.candidates(position):
                if move.cost() <= treasury and move.rule(position) is None:
                    yield move
        # All moves of this kind cost the same: one look at the treasury does for all of them.
        elif _unaffordable(position, cls.COST) is None:
            yield from (move for move in cls.candidates(position) if move.rule(position) is None)

    @classmethod
    def sample_in(cls, position: ViewPosition, chances: Random) -> Self | None:
        """Draw one of the moves of this kind that are legal in a seat's position, all equally likely; ``None`` without one.

        The rule is asked about the candidates that are drawn, not about all.
        """
        if cls.cost is Move.cost and _unaffordable(position, cls.COST) is not None:
            return None
        candidates = list(cls.candidates(position))
        while candidates:
            place = int(chances.random() * len(candidates))
            candidates[place], candidates[-1] = candidates[-1], candidates[place]
            move = candidates.pop()
            if move.refusal(position) is None:
                return move
        return None


def illegal(path: str, reason: str, got: object, **terms: str | int) -> OrderError:
    """Return the refusal of a move that is not legal now. Its texts must not tell what the seat may not know.

    An order that became illegal is recorded as an ``order_void`` incident with ``path``, ``expected`` and ``got``, and digests
    hash incidents. So these three texts are part of the rules: journals of rules 4 verify only while they stay the same.

    Args:
        path: the field at fault; empty for the whole move.
        reason: a code of ``REFUSALS``, which has the words for ``expected``.
        got: what the field has.
        terms: what the words have places for.
    """
    return refused("illegal", path, reason, got, **terms)


def refused(code: str, path: str, reason: str, got: object, **terms: str | int) -> OrderError:
    """Return the refusal of a move with another code than ``illegal``; the rest is as there."""
    words = REFUSALS[reason]
    expected = words.format(**terms) if terms else words
    return OrderError(code, f"$.move.{path}" if path else "$.move", expected, str(got), reason, terms)


def _unaffordable(position: Position, cost: float) -> OrderError | None:
    treasury = position.own.treasury
    return illegal("", "treasury", f"{treasury:.1f}", needed=f"{cost:g}") if treasury < cost else None

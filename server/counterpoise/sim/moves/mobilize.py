"""Mobilize."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.rules import memory
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class Mobilize(Move, frozen=True):
    """Call up your reserves for a quarter of a year, in public, so that your forces are stronger in a crisis or a war.

    To mobilize is a display of force, level 3 of the Militarized Interstate Disputes scale. The other side of a crisis takes
    it as a hostile statement.
    """

    kind: ClassVar[str] = "mobilize"
    title: ClassVar[str] = "Mobilize"
    group: ClassVar[MoveGroup] = "crisis"
    RISK: ClassVar[str] = "the other side of a crisis takes it as hostile"
    COST: ClassVar[float] = 10.0
    """Treasury spent, in per cent of a year's budget."""
    DURATION_TICKS: ClassVar[int] = 90
    """How long the reserves stay up, in days."""

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a second mobilization while the first lasts."""
        return illegal("", "mobilized_already", "mobilized already") if position.is_mobilized else None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Call up the reserves."""
        world = stage.world
        world.actors[actor].mobilized_until = world.tick + self.DURATION_TICKS
        stage.record("mobilized", actor, until=world.calendar.iso(world.tick + self.DURATION_TICKS))
        for crisis in world.crises.values():
            if actor in (crisis.initiator, crisis.target):
                opponent = crisis.target if crisis.initiator == actor else crisis.initiator
                memory.remember_hostile_statement(stage, actor, opponent)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield the move."""
        yield cls()

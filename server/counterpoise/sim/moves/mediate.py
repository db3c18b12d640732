"""Mediate in a crisis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.legality import refuse_enemy, unknown_crisis
from counterpoise.sim.types import ActorId, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class Mediate(Move, frozen=True):
    """Mediate between the two sides of a crisis of other states.

    Mediated crises escalate less and end in agreement more often (Beardsley, Quinn, Biswas & Wilkenfeld 2006). If the
    crisis you mediate ends in agreement, both sides thank you. A state that supports a side cannot mediate.
    """

    kind: ClassVar[str] = "mediate"
    title: ClassVar[str] = "Mediate in a crisis"
    group: ClassVar[MoveGroup] = "crisis"
    RISK: ClassVar[str] = "none, but you can no longer support a side"
    COST: ClassVar[float] = 1.0
    """Treasury spent, in per cent of a year's budget: envoys and conferences."""

    crisis: Annotated[
        Id, Meta(description="a crisis between two other states", extra_json_schema={"x-choices": "crises"})
    ]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse the parties, their supporters and their enemies in war, and a state that mediates already."""
        found = position.crisis(self.crisis)
        if found is None:
            return unknown_crisis("crisis", self.crisis)
        parties = (found.initiator, found.target)
        if position.actor in (*parties, *found.supporters, *found.mediators):
            return illegal("crisis", "part_in_crisis", self.crisis)
        return refuse_enemy(position, found.initiator, "crisis") or refuse_enemy(position, found.target, "crisis")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Become a mediator of the crisis."""
        crisis.mediate(stage, stage.world.crises[self.crisis], actor)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each crisis."""
        return (cls(crisis.id) for crisis in position.view.crises)

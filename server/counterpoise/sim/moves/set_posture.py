"""Set the posture of the forces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.rules import power
from counterpoise.sim.types import ActorId, Posture
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class SetPosture(Move, frozen=True):
    """Deploy your forces to defend, to strike, or in between.

    Other states see the change late and inexactly, in their estimate of your offensive capability, one of the four sources of
    threat (Walt 1987, ch. 2).
    """

    kind: ClassVar[str] = "set_posture"
    title: ClassVar[str] = "Set posture"
    group: ClassVar[MoveGroup] = "home"
    RISK: ClassVar[str] = "forces for attack frighten your neighbours"
    COST: ClassVar[float] = 5.0
    """Treasury spent, in per cent of a year's budget, on moving depots and on training."""

    posture: Annotated[Posture, Meta(description="defensive, offensive, or balanced between the two")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse the posture that the forces are in already."""
        if position.own.posture == self.posture:
            return illegal("posture", "same_posture", self.posture)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Set the posture, which changes offensive capability."""
        stage.world.actors[actor].posture = self.posture
        power.refresh(stage.world)
        stage.record("posture_set", actor, audience=(actor,), posture=self.posture)

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return ()

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each posture."""
        return (cls(posture) for posture in get_args(Posture))

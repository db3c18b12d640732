"""Withdraw forces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.rules.conflict import occupation
from counterpoise.sim.rules.conflict.endings import change_legitimacy
from counterpoise.sim.rules.legality import refuse_enemy, refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class WithdrawForces(Move, frozen=True):
    """Give back the land you hold of another state, which earns its goodwill and ends its claim.

    Israel's withdrawal from Sinai after 1979 is an example. The public at home does not like it.
    """

    kind: ClassVar[str] = "withdraw_forces"
    title: ClassVar[str] = "Withdraw forces"
    group: ClassVar[MoveGroup] = "crisis"
    RISK: ClassVar[str] = "the land goes back to its owner"
    PRICE: ClassVar[str] = "some legitimacy"
    FINAL: ClassVar[bool] = True
    LEGITIMACY_COST: ClassVar[float] = -0.03

    of: ActorRef

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a state of which the actor holds no land, and withdrawal in the middle of a war."""
        refusal = refuse_unless_other(position, self.of, "of") or refuse_enemy(position, self.of, "of")
        if refusal is None and not position.occupies(self.of):
            refusal = illegal("of", "no_land_held", self.of)
        return refusal

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Withdraw the forces."""
        occupation.evacuate(stage, actor, ActorId(self.of))
        change_legitimacy(stage.world.actors[actor], self.LEGITIMACY_COST)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each state."""
        return (cls(other.id) for other in position.view.others)

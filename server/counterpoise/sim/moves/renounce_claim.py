"""Renounce a claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import compliance
from counterpoise.sim.rules.conflict.endings import change_legitimacy
from counterpoise.sim.rules.legality import refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class RenounceClaim(Move, frozen=True):
    """Give up in public what you claim of another state.

    It removes the ground of most disputes between the two of you, pleases the other state and costs legitimacy at home.
    """

    kind: ClassVar[str] = "renounce_claim"
    title: ClassVar[str] = "Renounce a claim"
    group: ClassVar[MoveGroup] = "diplomacy"
    RISK: ClassVar[str] = "what you renounce is lost for good"
    PRICE: ClassVar[str] = "some legitimacy"
    FINAL: ClassVar[bool] = True
    LEGITIMACY_COST: ClassVar[float] = -0.03

    of: ActorRef

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a state of which the actor claims nothing."""
        refusal = refuse_unless_other(position, self.of, "of")
        if refusal is None and not position.has_claim(position.actor, self.of):
            refusal = illegal("of", "no_claim_on", self.of)
        return refusal

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Renounce the claim."""
        compliance.renounce_claim(stage, actor, ActorId(self.of))
        change_legitimacy(stage.world.actors[actor], self.LEGITIMACY_COST)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each state."""
        return (cls(other.id) for other in position.view.others)

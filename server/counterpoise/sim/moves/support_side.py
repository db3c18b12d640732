"""Support a side in a crisis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.legality import refuse_enemy, refuse_partner, unknown_crisis
from counterpoise.sim.types import ActorId, ActorRef, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class SupportSide(Move, frozen=True):
    """Support one side of a crisis between two other states.

    About one dispute in ten draws in a third state, and these disputes are far likelier to end in war (Gibler, Miller &
    Little 2016). A state cannot support a side against a partner of its own, and cannot change sides.
    """

    kind: ClassVar[str] = "support_side"
    title: ClassVar[str] = "Support a side"
    group: ClassVar[MoveGroup] = "crisis"
    RISK: ClassVar[str] = "if it comes to war, you fight on that side"
    FINAL: ClassVar[bool] = True
    COST: ClassVar[float] = 3.0
    """Treasury spent, in per cent of a year's budget, on a show of force."""

    crisis: Annotated[
        Id, Meta(description="a crisis between two other states", extra_json_schema={"x-choices": "crises"})
    ]
    side: Annotated[ActorRef, Meta(description="the side you support")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse the parties, states that support a side already, an enemy in war, and a side against a partner."""
        found = position.crisis(self.crisis)
        if found is None:
            return unknown_crisis("crisis", self.crisis)
        parties = (found.initiator, found.target)
        if position.actor in parties or position.actor in found.supporters:
            return illegal("crisis", "side_taken", self.crisis)
        if self.side not in parties:
            return illegal("side", "no_party_of_crisis", self.side, one=parties[0], other=parties[1])
        opponent = found.target if self.side == found.initiator else found.initiator
        return refuse_enemy(position, self.side, "side") or refuse_partner(position, opponent, "side")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Join the supporters of the side."""
        crisis.support(stage, stage.world.crises[self.crisis], actor, ActorId(self.side))

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield both sides of each crisis."""
        for found in position.view.crises:
            yield cls(found.id, found.initiator)
            yield cls(found.id, found.target)

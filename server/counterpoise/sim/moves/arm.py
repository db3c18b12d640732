"""Arm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.sim.move import Move, MoveGroup, Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.processes import sanctioning
from counterpoise.sim.rules import power
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_position import ViewPosition

EXAMPLE_EFFORTS = (0.25, 0.5, 1.0)
"""The efforts that a list of legal moves offers."""


class Arm(Move, frozen=True):
    """Spend money to raise your forces above their path of growth.

    The gain is slow and shrinks as the forces approach twice their path. Forces worn down by war recover faster. Under an arms
    embargo the gain is smaller by the share of your suppliers that take part.
    """

    kind: ClassVar[str] = "arm"
    title: ClassVar[str] = "Arm"
    group: ClassVar[MoveGroup] = "home"
    RISK: ClassVar[str] = "your neighbours may fear you more as you grow stronger"
    COST: ClassVar[float] = 20.0
    """Treasury spent at full effort, in per cent of a year's budget."""
    GAIN: ClassVar[float] = 0.02
    """Added to the capability factor of a state on its path at full effort."""
    CEILING: ClassVar[float] = 2.0
    """The capability factor that arming approaches and never passes."""

    effort: Annotated[float, Meta(ge=0.05, le=1.0, description="share of a full programme, which costs 20 of treasury")]

    def cost(self) -> float:
        """Return the share of a full programme's cost that the effort is."""
        return self.COST * self.effort

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Raise expenditure and personnel."""
        state = stage.world.actors[actor]
        supply = 1.0 - sanctioning.embargo_share(stage.world, actor)
        gain = self.GAIN * supply * self.effort * max(0.0, self.CEILING - state.capability_factor)
        power.multiply_capability(state, 1.0 + gain / state.capability_factor)
        power.refresh(stage.world)
        factor = quantised(state.capability_factor)
        stage.record("armed", actor, audience=(actor,), effort=quantised(self.effort), factor=factor)

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return ()

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield three levels of effort."""
        return (cls(effort) for effort in EXAMPLE_EFFORTS)

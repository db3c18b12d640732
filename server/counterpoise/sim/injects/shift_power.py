"""The inject that multiplies a state's capability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import power
from counterpoise.sim.rules.events.inject_legality import require_active
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class ShiftPower(Inject):
    """Multiply a state's military capability from now on: an earthquake, the discovery of oil, a large delivery of arms."""

    kind: ClassVar[str] = "shift_power"
    title: ClassVar[str] = "Shift power"

    actor: ActorRef
    factor: Annotated[float, Meta(ge=0.1, le=10.0, description="the factor on its capability")]

    def require_possible(self, world: World) -> None:
        """Reject a state that does not exist."""
        require_active(world, self.actor, "actor")

    def apply(self, stage: Stage) -> None:
        """Multiply the capability and recompute power; only the state itself sees it."""
        actor = ActorId(self.actor)
        power.multiply_capability(stage.world.actors[actor], self.factor)
        power.refresh(stage.world)
        stage.record("power_shifted", actor, audience=(actor,), factor=quantised(self.factor))

"""The inject that sets how much money a state has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.events.inject_legality import require_active
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class SetTreasury(Inject):
    """Set how much money a state has for its moves: a loan, a windfall, a mistake in the books."""

    kind: ClassVar[str] = "set_treasury"
    title: ClassVar[str] = "Set a treasury"

    actor: ActorRef
    amount: Annotated[
        float,
        Meta(ge=0.0, le=200.0, description="the money, in per cent of a year's budget; 200 is the most it can hold"),
    ]

    def require_possible(self, world: World) -> None:
        """Reject a state that does not exist."""
        require_active(world, self.actor, "actor")

    def apply(self, stage: Stage) -> None:
        """Set the treasury; only the state itself sees it."""
        actor, amount = stage.world.actors[ActorId(self.actor)], quantised(self.amount)
        actor.treasury = amount
        stage.record("treasury_set", actor.id, audience=(actor.id,), amount=amount)

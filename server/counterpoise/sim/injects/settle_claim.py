"""The inject that ends a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active_pair, require_different
from counterpoise.sim.rules.relevant_pairs import set_claim
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class SettleClaim(Inject):
    """End the claim of one state on another."""

    kind: ClassVar[str] = "settle_claim"
    title: ClassVar[str] = "Settle a claim"

    challenger: ActorRef
    target: ActorRef

    def require_consistent(self) -> None:
        """Reject a claim of a state on itself."""
        require_different(self.challenger, self.target, "target")

    def require_possible(self, world: World) -> None:
        """Reject two states without such a claim."""
        challenger, target = require_active_pair(world, self.challenger, self.target, "challenger", "target")
        if world.dyad(target, challenger).claim is None:
            raise illegal_inject("target", "event_no_claim", target, by=challenger)

    def apply(self, stage: Stage) -> None:
        """End the claim; everyone sees it."""
        challenger, target = ActorId(self.challenger), ActorId(self.target)
        issue = stage.world.dyad(target, challenger).claim
        set_claim(stage.world, challenger, target, None)
        stage.record("claim_settled", challenger, target, issue=issue)

"""The inject that lets one state claim something of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active_pair, require_different
from counterpoise.sim.rules.relevant_pairs import set_claim
from counterpoise.sim.types import ActorId, ActorRef, Issue
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class MakeClaim(Inject):
    """Let one state claim something of another from now on. It is what their disputes are about until the claim is settled."""

    kind: ClassVar[str] = "make_claim"
    title: ClassVar[str] = "Make a claim"

    challenger: Annotated[ActorRef, Meta(description="the state that claims")]
    target: Annotated[ActorRef, Meta(description="the state of which it claims something")]
    issue: Annotated[Issue, Meta(description="what it claims: land, another policy, or another regime")] = "territory"

    def require_consistent(self) -> None:
        """Reject a claim of a state on itself."""
        require_different(self.challenger, self.target, "target")

    def require_possible(self, world: World) -> None:
        """Reject a claim that exists already."""
        challenger, target = require_active_pair(world, self.challenger, self.target, "challenger", "target")
        if world.dyad(target, challenger).claim == self.issue:
            raise illegal_inject("issue", "event_claim_exists", self.issue)

    def apply(self, stage: Stage) -> None:
        """Set the claim; everyone sees it."""
        challenger, target = ActorId(self.challenger), ActorId(self.target)
        set_claim(stage.world, challenger, target, self.issue)
        stage.record("claim_made", challenger, target, issue=self.issue)

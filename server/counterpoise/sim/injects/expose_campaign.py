"""The inject that exposes a campaign of penetration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.processes import penetration
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active_pair, require_different
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class ExposeCampaign(Inject):
    """Expose the campaign that one state runs in another's politics."""

    kind: ClassVar[str] = "expose_campaign"
    title: ClassVar[str] = "Expose a campaign"

    by: ActorRef
    target: ActorRef

    def require_consistent(self) -> None:
        """Reject a campaign of a state in its own politics."""
        require_different(self.by, self.target, "target")

    def require_possible(self, world: World) -> None:
        """Reject two states between which no campaign runs."""
        by, target = require_active_pair(world, self.by, self.target, "by", "target")
        if (by, target) not in world.campaigns:
            raise illegal_inject("target", "event_no_campaign", target, by=by)

    def apply(self, stage: Stage) -> None:
        """Expose the campaign, with the same effects as an exposure by chance."""
        penetration.expose(stage, stage.world.campaigns[ActorId(self.by), ActorId(self.target)])

"""The inject that lets one state commit a hostile act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.rules import memory
from counterpoise.sim.rules.events.inject_legality import require_active_pair, require_different
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class HostileIncident(Inject):
    """Let one state commit a single hostile act against another: a raid, a flight over the border, the seizure of a ship."""

    kind: ClassVar[str] = "hostile_incident"
    title: ClassVar[str] = "Hostile incident"

    by: ActorRef
    to: ActorRef
    level: Annotated[
        int, Meta(ge=1, le=4, description="hostility: 1 no military action, 2 threat, 3 display, 4 use of force")
    ]

    def require_consistent(self) -> None:
        """Reject an act of a state against itself."""
        require_different(self.by, self.to, "to")

    def require_possible(self, world: World) -> None:
        """Reject states that do not exist."""
        require_active_pair(world, self.by, self.to, "by", "to")

    def apply(self, stage: Stage) -> None:
        """Record the act; the state it is directed against remembers it."""
        by, to = ActorId(self.by), ActorId(self.to)
        stage.record("hostile_incident", by, to, level=self.level)
        memory.remember_hostile_act(stage, by, to, self.level)

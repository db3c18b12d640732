"""The inject that opens a crisis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active_pair, require_different
from counterpoise.sim.types import FREE_TEXT, LEVEL_THREAT, ActorId, ActorRef, Issue
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class StartCrisis(Inject):
    """Open a crisis between two states, as if the first had threatened the second."""

    kind: ClassVar[str] = "start_crisis"
    title: ClassVar[str] = "Start a crisis"

    by: ActorRef
    to: ActorRef
    aim: Annotated[Issue, Meta(description="what it is about")]
    level: Annotated[int, Meta(ge=2, le=4, description="hostility: 2 threat, 3 display, 4 use of force")] = LEVEL_THREAT
    demand: Annotated[str, Meta(max_length=500, description="what is demanded, if anything", extra=FREE_TEXT)] = ""

    def require_consistent(self) -> None:
        """Reject a crisis of a state with itself."""
        require_different(self.by, self.to, "to")

    def require_possible(self, world: World) -> None:
        """Reject a second crisis between the same two states, and a crisis between states at war."""
        by, to = require_active_pair(world, self.by, self.to, "by", "to")
        if world.at_war(by, to) or world.crisis_between(by, to) is not None:
            raise illegal_inject("to", "event_crisis_already", to, by=by)

    def apply(self, stage: Stage) -> None:
        """Open the crisis and call both sides."""
        crisis.begin(stage, ActorId(self.by), ActorId(self.to), self.aim, level=self.level, demand=self.demand)

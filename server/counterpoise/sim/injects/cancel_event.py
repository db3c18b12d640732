"""The inject that takes back what the scenario has in store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.events.coming_events import cancel_event, rows_of_event
from counterpoise.sim.rules.events.inject_legality import illegal_inject
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class CancelEvent(Inject):
    """Cancel an event that the scenario has in store for a date or for a condition. It will not happen."""

    kind: ClassVar[str] = "cancel_event"
    title: ClassVar[str] = "Cancel a coming event"

    event: Annotated[int, Meta(ge=0, le=10_000, description="its place among the scenario's injects, counted from 0")]

    def require_possible(self, world: World) -> None:
        """Reject an event that has happened, waits for nothing, or does not exist."""
        if not rows_of_event(world, self.event):
            raise illegal_inject("event", "event_is_over", self.event)

    def apply(self, stage: Stage) -> None:
        """Take the event off the agenda; only the moderator knows."""
        cancel_event(stage.world, self.event)
        stage.record("event_cancelled", audience=(), index=self.event, inject=stage.scenario.injects[self.event].kind)

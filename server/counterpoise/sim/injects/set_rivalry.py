"""The inject that begins or ends a rivalry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active_pair, require_different
from counterpoise.sim.rules.relevant_pairs import set_rivalry
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class SetRivalry(Inject):
    """Make two states rivals, or end their rivalry.

    Rivals see each other as threatening enemies (Thompson, Sakuwa & Suhas 2021).
    """

    kind: ClassVar[str] = "set_rivalry"
    title: ClassVar[str] = "Set a rivalry"

    a: Annotated[ActorRef, Meta(description="one of the two")]
    b: Annotated[ActorRef, Meta(description="the other")]
    rivals: Annotated[bool, Meta(description="whether they are rivals from now on")]

    def require_consistent(self) -> None:
        """Reject a rivalry of a state with itself."""
        require_different(self.a, self.b, "b")

    def require_possible(self, world: World) -> None:
        """Reject an inject that changes nothing."""
        a, b = require_active_pair(world, self.a, self.b, "a", "b")
        if world.dyad(a, b).rivalry == self.rivals and world.dyad(b, a).rivalry == self.rivals:
            raise illegal_inject("rivals", "event_changes_nothing", "what is so already")

    def apply(self, stage: Stage) -> None:
        """Set the rivalry on both sides; everyone sees it."""
        a, b = ActorId(self.a), ActorId(self.b)
        set_rivalry(stage.world, a, b, self.rivals)
        stage.record("rivalry_began" if self.rivals else "rivalry_ended", a, b)

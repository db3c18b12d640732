"""The inject that sets the border between two states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active_pair, require_different
from counterpoise.sim.rules.relevant_pairs import set_border
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.world import World

Border = Literal["none", "land", "12 miles", "24 miles", "150 miles", "400 miles"]
BORDERS: tuple[Border, ...] = ("none", "land", "12 miles", "24 miles", "150 miles", "400 miles")
"""The kinds of border, each at the number that ``Dyad.contiguity`` has for it."""


@dataclass(frozen=True, slots=True)
class SetBorder(Inject):
    """Make two states neighbours, or end that they are: land was occupied or given back, a canal was dug, a strait was mined."""

    kind: ClassVar[str] = "set_border"
    title: ClassVar[str] = "Set a border"

    a: Annotated[ActorRef, Meta(description="one of the two")]
    b: Annotated[ActorRef, Meta(description="the other")]
    border: Annotated[Border, Meta(description="what lies between them: land, at most so much water, or no border")]

    def require_consistent(self) -> None:
        """Reject a border of a state with itself."""
        require_different(self.a, self.b, "b")

    def require_possible(self, world: World) -> None:
        """Reject an inject that changes nothing."""
        a, b = require_active_pair(world, self.a, self.b, "a", "b")
        if world.dyad(a, b).contiguity == BORDERS.index(self.border):
            raise illegal_inject("border", "event_changes_nothing", "what is so already")

    def apply(self, stage: Stage) -> None:
        """Set the border on both sides; everyone sees it."""
        a, b = ActorId(self.a), ActorId(self.b)
        set_border(stage.world, a, b, BORDERS.index(self.border))
        stage.record("border_set", a, b, border=self.border)

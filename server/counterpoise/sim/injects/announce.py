"""The inject that publishes an announcement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.events.inject_legality import require_active
from counterpoise.sim.types import ActorId, ActorRef, Words
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class Announce(Inject):
    """Tell everyone, or the named states, a piece of news that changes nothing by itself."""

    kind: ClassVar[str] = "announce"
    title: ClassVar[str] = "Announce"

    text: Annotated[Words, Meta(description="the news")]
    audience: Annotated[
        Annotated[list[ActorRef], Meta(min_length=1, max_length=60)] | None,
        Meta(description="the states that hear it; everyone if left out"),
    ] = None

    def require_possible(self, world: World) -> None:
        """Reject an audience with a state that does not exist."""
        for code in self.audience or ():
            require_active(world, code, "audience")

    def apply(self, stage: Stage) -> None:
        """Record the announcement for its audience."""
        audience = None if self.audience is None else tuple(ActorId(code) for code in self.audience)
        stage.record("announcement", audience=audience, text=self.text)

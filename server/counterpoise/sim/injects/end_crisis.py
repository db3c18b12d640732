"""The inject that ends a crisis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.relations.conflicts import Crisis
from counterpoise.sim.rules.conflict import endings
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active_pair, require_different
from counterpoise.sim.types import ActorRef, Id
from counterpoise.sim.world import World

Outcome = Literal["settled", "stalemate", "yield"]


@dataclass(frozen=True, slots=True)
class EndCrisis(Inject):
    """End the crisis with a number, or the crisis between two states.

    A scenario file cannot know the number. It names the two states.
    """

    kind: ClassVar[str] = "end_crisis"
    title: ClassVar[str] = "End a crisis"

    outcome: Annotated[Outcome, Meta(description="how it ends")]
    crisis: Annotated[Id | None, Meta(description="its number", extra_json_schema={"x-choices": "crises"})] = None
    between: Annotated[
        Annotated[list[ActorRef], Meta(min_length=2, max_length=2)] | None, Meta(description="its two sides")
    ] = None
    yielder: Annotated[ActorRef | None, Meta(description="the side that yields, if the outcome is yield")] = None

    def require_consistent(self) -> None:
        """Reject an inject with both a number and two states or with neither, and a yielder that does not fit the outcome."""
        if (self.crisis is None) == (self.between is None):
            raise illegal_inject("", "event_crisis_or_sides", "both" if self.crisis else "neither")
        if self.between is not None:
            require_different(self.between[0], self.between[1], "between[1]")
        if self.outcome != "yield" and self.yielder is not None:
            raise illegal_inject("yielder", "event_yielder_not_needed", self.yielder)
        if self.outcome == "yield" and self.yielder is None:
            raise illegal_inject("yielder", "event_yielder_needed", "nothing")
        if self.between is not None and self.outcome == "yield" and self.yielder not in self.between:
            one, other = self.between
            raise illegal_inject("yielder", "event_no_side", self.yielder, one=one, other=other)

    def require_possible(self, world: World) -> None:
        """Reject an inject that matches no crisis under way, and a yielder that is not a side of it."""
        if self.between is not None:
            require_active_pair(world, self.between[0], self.between[1], "between", "between")
        crisis = self._matching(world)
        if crisis is None:
            if self.crisis is not None:
                raise illegal_inject("crisis", "event_no_such_crisis", self.crisis)
            raise illegal_inject("between", "event_no_crisis_between", ", ".join(self.between or ()))
        if self.outcome == "yield" and self.yielder not in (crisis.initiator, crisis.target):
            one, other = crisis.initiator, crisis.target
            raise illegal_inject("yielder", "event_no_side", self.yielder, one=one, other=other)

    def apply(self, stage: Stage) -> None:
        """End the crisis with the usual effects of its outcome."""
        crisis = self._matching(stage.world)
        if crisis is None:
            return
        if self.outcome == "yield":
            yielder = crisis.initiator if self.yielder == crisis.initiator else crisis.target
            endings.end_crisis(stage, crisis, "YIELD", yielder)
        else:
            endings.end_crisis(stage, crisis, "SETTLED" if self.outcome == "settled" else "STALEMATE")

    def _matching(self, world: World) -> Crisis | None:
        if self.crisis is not None:
            return world.crises.get(self.crisis)
        if self.between is None:
            return None
        a, b = (actor.id for actor in world.actors.values() if actor.id in self.between)
        return world.crisis_between(a, b)

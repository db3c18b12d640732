"""The inject that ends a war."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.rules.conflict import endings
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active, require_different
from counterpoise.sim.types import ActorId, ActorRef, Id
from counterpoise.sim.world import World

Outcome = Literal["attackers_win", "defenders_win", "compromise", "stalemate"]


@dataclass(frozen=True, slots=True)
class EndWar(Inject):
    """End the war with a number, or the war that two states fight against each other.

    A scenario file cannot know the number. It names the two states.
    """

    kind: ClassVar[str] = "end_war"
    title: ClassVar[str] = "End a war"

    outcome: Annotated[Outcome, Meta(description="how it ends")]
    war: Annotated[Id | None, Meta(description="its number", extra_json_schema={"x-choices": "wars"})] = None
    between: Annotated[
        Annotated[list[ActorRef], Meta(min_length=2, max_length=2)] | None, Meta(description="a state of each side")
    ] = None

    def require_consistent(self) -> None:
        """Reject an inject with both a number and two states or with neither, and a war of a state with itself."""
        if (self.war is None) == (self.between is None):
            raise illegal_inject("", "event_war_or_sides", "both" if self.war else "neither")
        if self.between is not None:
            require_different(self.between[0], self.between[1], "between[1]")

    def require_possible(self, world: World) -> None:
        """Reject an inject that matches no war under way."""
        for code in self.between or ():
            require_active(world, code, "between")
        if self._matching(world) is None:
            if self.war is not None:
                raise illegal_inject("war", "event_no_such_war", self.war)
            raise illegal_inject("between", "event_no_war_between", ", ".join(self.between or ()))

    def apply(self, stage: Stage) -> None:
        """End the war with the usual effects of its outcome."""
        war = self._matching(stage.world)
        if war is None:
            return
        if self.outcome == "attackers_win":
            endings.end_war(stage, war, "WIN", war.attackers)
        elif self.outcome == "defenders_win":
            endings.end_war(stage, war, "WIN", war.defenders)
        else:
            endings.end_war(stage, war, "COMPROMISE" if self.outcome == "compromise" else "STALEMATE")

    def _matching(self, world: World) -> War | None:
        for war in world.wars.values():
            if war.id == self.war:
                return war
            if self.between is not None and self.between[1] in war.enemies_of(ActorId(self.between[0])):
                return war
        return None

"""The inject that begins a war."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.processes import war
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active, require_no_repeats
from counterpoise.sim.types import ActorId, ActorRef, Issue
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class StartWar(Inject):
    """Begin a war between two sides."""

    kind: ClassVar[str] = "start_war"
    title: ClassVar[str] = "Start a war"

    attackers: Annotated[
        list[ActorRef], Meta(min_length=1, max_length=30, description="the attackers, their leader first")
    ]
    defenders: Annotated[
        list[ActorRef], Meta(min_length=1, max_length=30, description="the states attacked, their leader first")
    ]
    aim: Annotated[Issue, Meta(description="what it is about")]

    def require_consistent(self) -> None:
        """Reject a state named twice."""
        require_no_repeats(self.attackers, "attackers")
        require_no_repeats(self.defenders, "defenders")
        for number, code in enumerate(self.defenders):
            if code in self.attackers:
                raise illegal_inject(f"defenders[{number}]", "event_attacks_itself", code)

    def require_possible(self, world: World) -> None:
        """Reject states that are at war already, or on the same side of another war."""
        attackers = [require_active(world, code, "attackers") for code in self.attackers]
        defenders = [require_active(world, code, "defenders") for code in self.defenders]
        for a in attackers:
            for d in defenders:
                comrades = any(d in other.side_of(a) for other in world.wars_of(a))
                if world.at_war(a, d) or comrades:
                    raise illegal_inject("defenders", "event_war_already", d, by=a)

    def apply(self, stage: Stage) -> None:
        """Begin the war and call the allies."""
        attackers = tuple(ActorId(code) for code in self.attackers)
        war.begin(stage, attackers, tuple(ActorId(code) for code in self.defenders), self.aim)

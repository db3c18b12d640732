"""Join a war."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import (
    living_war,
    open_call,
    require_no_comradeship,
    require_no_tie,
    require_peace_with,
    require_treasury,
    spend,
)
from counterpoise.sim.types import ActorId, ActorRef, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class JoinWar(Move):
    """Enter a war between other states on the side of your choice, called or not.

    Joining the side that is winning for a share of the spoils is one of Walt's two motives of bandwagoning (1987, ch. 2).
    An ally that has called you is answered with its own move.
    """

    kind: ClassVar[str] = "join_war"
    title: ClassVar[str] = "Join a war"
    COST: ClassVar[float] = 10.0
    """Treasury spent, in per cent of a year's budget: the forces sent."""

    war: Annotated[Id, Meta(description="a war between other states", extra_json_schema={"x-choices": "wars"})]
    side: Annotated[ActorRef, Meta(description="a state whose side you join")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse those who fight in it or have been called into it, and a war on partners, comrades or present enemies."""
        found = living_war(world, self.war, "war")
        if actor in found.parties:
            raise illegal("war", "a war you do not fight in", self.war)
        if open_call(world, actor, "ally", self.war) is not None:
            raise illegal("war", "an answer to the ally that has called you into this war", self.war)
        if self.side not in found.parties:
            raise illegal("side", "one of " + ", ".join(found.parties), self.side)
        side = ActorId(self.side)
        for party in found.parties:  # two states fight each other in one war at a time
            require_peace_with(world, actor, party, "side")
        require_no_tie(world, actor, found.enemies_of(side), "side")
        require_no_comradeship(world, actor, found.enemies_of(side), "side")
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Enter the war."""
        spend(stage, actor, self.COST)
        war.join(stage, stage.world.wars[self.war], actor, ActorId(self.side))

    @classmethod
    def legal(cls, view: View) -> Iterator[JoinWar]:
        """Yield each side open to the seat, under the name of the state that leads it."""
        if view.own.treasury < cls.COST:
            return
        own = view.own.id
        enemies = [other.id for other in view.others if other.at_war]
        partners = [member for a in view.alignments if own in a.members for member in a.members]
        partners += [fellow for w in view.wars for s in (w.attackers, w.defenders) if own in s for fellow in s]
        called = [call.subject for call in view.calls if call.reason == "ally"]
        for found in view.wars:
            if found.id in called or own in found.attackers + found.defenders:
                continue
            if any(party in enemies for party in found.attackers + found.defenders):
                continue
            for friends, foes in ((found.attackers, found.defenders), (found.defenders, found.attackers)):
                if not any(foe in partners for foe in foes):
                    yield cls(found.id, friends[0])

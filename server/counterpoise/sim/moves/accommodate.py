"""Accommodate a state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.rules import alignments, memory
from counterpoise.sim.rules.legality import own_alignment, require_peace_with
from counterpoise.sim.types import ActorId, ActorRef, Id
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class Accommodate(Move):
    """Make a conciliatory concession to another state, and drop an alignment against it if you wish.

    It is a friendly deed that softens what the other state holds against you, at a price at home. Appeasing the state one
    fears and giving up the front against it is what Walt (1987, ch. 2) calls bandwagoning; a concession alone is less.
    """

    kind: ClassVar[str] = "accommodate"
    title: ClassVar[str] = "Accommodate a state"
    LEGITIMACY_COST: ClassVar[float] = 0.03
    """Legitimacy spent, in [0, 1]: concessions are unpopular."""
    GOODWILL: ClassVar[float] = 0.3
    """The friendly deed, on the scale on which a year of an ordinary alliance is 1."""
    RELIEF: ClassVar[float] = 0.2
    """Taken off the other state's memory of hostile deeds: the weight of one open claim (level 1 of 5)."""

    to: ActorRef
    drop: Annotated[
        Id | None,
        Meta(
            description="an alignment of yours against that state, given up",
            extra_json_schema={"x-choices": "alignments"},
        ),
    ] = None

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse enemies in war, an alignment not aimed at the state accommodated, and a regime that cannot afford it."""
        to = require_other(world, actor, self.to, "to")
        require_peace_with(world, actor, to, "to")
        if self.drop is not None and own_alignment(world, actor, self.drop, "drop").against != to:
            raise illegal("drop", f"an alignment of yours against {to}", self.drop)
        legitimacy = world.actors[actor].legitimacy
        if legitimacy < self.LEGITIMACY_COST:
            raise illegal("", f"a legitimacy of at least {self.LEGITIMACY_COST:g}", f"{legitimacy:.2f}")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Concede, be forgiven a little, and leave the alignment named."""
        to = ActorId(self.to)
        state = stage.world.actors[actor]
        state.legitimacy = round(state.legitimacy - self.LEGITIMACY_COST, 6)
        stage.record("accommodated", actor, to, dropped=self.drop is not None)
        memory.add_goodwill(stage, actor, to, self.GOODWILL)
        stage.world.dyad(to, actor).hostility.add(-self.RELIEF, stage.world.tick)
        if self.drop is not None:
            alignments.leave(stage, stage.world.alignments[self.drop], actor)

    @classmethod
    def legal(cls, view: View) -> Iterator[Accommodate]:
        """Yield a concession to each state, with and without dropping each alignment against it."""
        if view.own.legitimacy < cls.LEGITIMACY_COST:
            return
        for other in view.others:
            if other.at_war:
                continue
            yield cls(other.id)
            for a in view.alignments:
                if view.own.id in a.members and a.against == other.id:
                    yield cls(other.id, a.id)

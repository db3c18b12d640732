"""Accommodate a state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import alignments, memory
from counterpoise.sim.rules.legality import refuse_enemy, refuse_unless_other, unknown_alignment
from counterpoise.sim.types import ActorId, ActorRef, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class Accommodate(Move, frozen=True):
    """Make a conciliatory concession to another state, and drop an alignment against it if you wish.

    The other state remembers a friendly deed and holds less against you. The concession costs legitimacy at home. To appease
    a feared state and give up the alignment against it is what Walt (1987, ch. 2) calls bandwagoning. A concession alone is
    less than that.
    """

    kind: ClassVar[str] = "accommodate"
    title: ClassVar[str] = "Accommodate a state"
    group: ClassVar[MoveGroup] = "diplomacy"
    RISK: ClassVar[str] = "it looks weak at home, and the others may ask for more"
    PRICE: ClassVar[str] = "3 points of legitimacy"
    LEGITIMACY_COST: ClassVar[float] = 0.03
    """Legitimacy spent, in [0, 1]: concessions are unpopular."""
    GOODWILL: ClassVar[float] = 0.3
    """Size of the friendly deed; a year of an ordinary alliance is 1."""
    HOSTILITY_REDUCTION: ClassVar[float] = 0.2
    """How much less hostility the other state remembers: the weight of one open claim (level 1 of 5)."""

    to: ActorRef
    drop: Annotated[
        Id | None,
        Meta(
            description="an alignment of yours against that state, to give up",
            extra_json_schema={"x-choices": "alignments"},
        ),
    ] = None

    def rule(self, position: Position) -> OrderError | None:
        """Refuse enemies in war, an alignment that is not against the other state, and a regime that cannot afford it."""
        legitimacy = position.own.legitimacy
        refusal = refuse_unless_other(position, self.to, "to") or refuse_enemy(position, self.to, "to")
        if refusal is None and self.drop is not None:
            refusal = self._refuse_drop(position, self.drop)
        if refusal is None and legitimacy < self.LEGITIMACY_COST:
            refusal = illegal("", "legitimacy", f"{legitimacy:.2f}", needed=f"{self.LEGITIMACY_COST:g}")
        return refusal

    def _refuse_drop(self, position: Position, drop: int) -> OrderError | None:
        dropped = position.own_alignment(drop)
        if dropped is None:
            return unknown_alignment("drop", drop)
        return None if dropped.against == self.to else illegal("drop", "not_against", drop, state=self.to)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Spend legitimacy, soften the other state's memory of hostile deeds, and leave the alignment named in ``drop``."""
        to = ActorId(self.to)
        state = stage.world.actors[actor]
        state.legitimacy = quantised(state.legitimacy - self.LEGITIMACY_COST)
        stage.record("accommodated", actor, to, dropped=self.drop is not None)
        memory.add_goodwill(stage, actor, to, self.GOODWILL)
        memory.add_hostility(stage, actor, to, -self.HOSTILITY_REDUCTION)
        if self.drop is not None:
            alignments.leave(stage, stage.world.alignments[self.drop], actor)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield a concession to each state, with and without dropping each alignment against it."""
        own, alignments = position.actor, position.view.alignments
        for other in position.view.others:
            yield cls(other.id)
            for alignment in alignments:
                if alignment.against == other.id and own in alignment.members:
                    yield cls(other.id, alignment.id)

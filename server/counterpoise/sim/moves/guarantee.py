"""Guarantee a state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.rules import alignments
from counterpoise.sim.rules.legality import (
    refuse_enemy,
    refuse_unless_other,
    refuse_unless_third,
    top_adversaries,
)
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class Guarantee(Move, frozen=True):
    """Promise in public to defend another state, which promises nothing in return.

    A one-sided public promise is an alignment (Walt 1987, ch. 1). Other states remember if the guarantor breaks the promise.
    """

    kind: ClassVar[str] = "guarantee"
    title: ClassVar[str] = "Guarantee a state"
    group: ClassVar[MoveGroup] = "diplomacy"
    RISK: ClassVar[str] = "a call to war; everyone remembers if you break the promise"
    COST: ClassVar[float] = 2.0
    """Treasury spent, in per cent of a year's budget, on staff talks and a visiting squadron."""

    to: ActorRef
    against: Annotated[ActorRef | None, Meta(description="the state you protect it from, if you name one")] = None

    def rule(self, position: Position) -> OrderError | None:
        """Refuse enemies in war and a second guarantee of the same state."""
        refusal = refuse_unless_other(position, self.to, "to")
        if refusal is None and self.against is not None:
            refusal = refuse_unless_third(position, self.against, self.to, "against")
        refusal = refusal or refuse_enemy(position, self.to, "to")
        if refusal is None:
            for shared in position.alignments_with(self.to):
                if shared.commitment == "guarantee" and shared.lead == position.actor:
                    return illegal("to", "guaranteed_already", self.to)
        return refusal

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Give the guarantee, which needs no answer."""
        against = None if self.against is None else ActorId(self.against)
        alignments.form(stage, (actor, ActorId(self.to)), "guarantee", against=against, lead=actor)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield a guarantee of each state, against nobody in particular and against each of the top adversaries."""
        adversaries = top_adversaries(position.view)
        for other in position.view.others:
            yield cls(other.id)
            for adversary in adversaries:
                if adversary != other.id:
                    yield cls(other.id, adversary)

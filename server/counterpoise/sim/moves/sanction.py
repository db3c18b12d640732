"""Sanction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import sanctioning
from counterpoise.sim.rules.legality import refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef, SanctionScope
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition

Course = Literal["impose", "lift"]


class Sanction(Move, frozen=True):
    """Stop your trade with another state, or stop selling it arms, until you lift the measure.

    Both of you lose money every month. The target loses more, the more of its trade is with you and with others who join in.
    Without trade its regime loses legitimacy; without arms its forces wear down and arming brings it less. Your aid of that kind
    to it ends. Everyone sees the measure, and the target remembers it. About one sanction in three has brought what it was for
    (Hufbauer et al. 2007; Pape 1997 counts far fewer).
    """

    kind: ClassVar[str] = "sanction"
    title: ClassVar[str] = "Impose or lift sanctions"
    group: ClassVar[MoveGroup] = "aid"
    RISK: ClassVar[str] = "it hurts your own trade as well"

    against: Annotated[ActorRef, Meta(description="the state under the sanction")]
    course: Annotated[Course, Meta(description="put the measure in force, or end it")]
    scope: Annotated[SanctionScope, Meta(description="all trade, or arms only")] = "trade"

    def rule(self, position: Position) -> OrderError | None:
        """Refuse to impose what is in force and to lift what is not."""
        refusal = refuse_unless_other(position, self.against, "against")
        if refusal is not None:
            return refusal
        in_force = position.has_sanction(self.against, self.scope)
        if self.course == "impose" and in_force:
            return illegal("course", "sanction_in_force", self.course)
        if self.course == "lift" and not in_force:
            return illegal("course", "no_such_sanction", self.course)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Put the sanction in force or end it, in public."""
        change = sanctioning.impose if self.course == "impose" else sanctioning.lift
        change(stage, actor, ActorId(self.against), self.scope)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each course and each scope against each state."""
        for other in position.view.others:
            for scope in get_args(SanctionScope):
                for course in get_args(Course):
                    yield cls(other.id, course, scope)

"""Expel another state's helpers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import penetration
from counterpoise.sim.rules import memory
from counterpoise.sim.rules.conflict.endings import change_legitimacy
from counterpoise.sim.rules.legality import refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class Expel(Move, frozen=True):
    """Send home the advisers and agents of a state whose access to your politics has come to light.

    The state loses most of its known access. Your public approves, and relations with the state get worse. Egypt did this to
    its Soviet advisers in 1972. Access that has not come to light stays.
    """

    kind: ClassVar[str] = "expel"
    title: ClassVar[str] = "Expel a state's helpers"
    group: ClassVar[MoveGroup] = "influence"
    RISK: ClassVar[str] = "relations with that state get worse"
    FINAL: ClassVar[bool] = True
    REMAINING_SHARE: ClassVar[float] = 0.3
    """Share of the known access that remains."""
    GOODWILL: ClassVar[float] = -0.5
    """Change of goodwill, where a new alliance is 1."""
    LEGITIMACY: ClassVar[float] = 0.01
    """Legitimacy gained at home."""

    of: ActorRef

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a state that is not known to have access to the actor's politics."""
        refusal = refuse_unless_other(position, self.of, "of")
        if refusal is None and position.known_access(self.of) <= 0.0:
            refusal = illegal("of", "no_hold_known", self.of)
        return refusal

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Expel the advisers in public."""
        of = ActorId(self.of)
        stage.record("expelled", actor, of)
        penetration.expel(stage, actor, of, self.REMAINING_SHARE)
        memory.add_goodwill(stage, actor, of, self.GOODWILL)
        change_legitimacy(stage.world.actors[actor], self.LEGITIMACY)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each state."""
        return (cls(other.id) for other in position.view.others)

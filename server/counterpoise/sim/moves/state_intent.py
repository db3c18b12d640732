"""State an intent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage
from counterpoise.sim.rules import memory
from counterpoise.sim.rules.legality import refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef, Intent
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class StateIntent(Move, frozen=True):
    """Declare in public that your intentions towards another state are friendly, neutral or hostile.

    Words cost nothing and bind nobody, but other states remember hostile words. Repeating a hostile statement within a
    quarter of a year adds nothing.
    """

    kind: ClassVar[str] = "state_intent"
    title: ClassVar[str] = "State an intent"
    group: ClassVar[MoveGroup] = "influence"
    RISK: ClassVar[str] = "hostile words are remembered; friendly words that you belie are remembered too"
    REPETITION_TICKS: ClassVar[int] = 90
    """Days within which a repeated hostile statement adds nothing."""

    about: ActorRef
    intent: Annotated[Intent, Meta(description="what you say your intentions are")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a statement about oneself or about a state that does not exist."""
        return refuse_unless_other(position, self.about, "about")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Make the statement in public."""
        world, about = stage.world, ActorId(self.about)
        dyad = world.dyad(about, actor)
        trace = dyad.hostile_statements
        is_new = (
            dyad.stated_intent != "hostile" or trace.value == 0.0 or world.tick - trace.tick >= self.REPETITION_TICKS
        )
        dyad.stated_intent = self.intent
        stage.record("statement", actor, about, intent=self.intent)
        if self.intent == "hostile" and is_new:
            memory.remember_hostile_statement(stage, actor, about)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each intent towards each state."""
        return (cls(other.id, intent) for other in position.view.others for intent in get_args(Intent))

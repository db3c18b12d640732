"""Make a demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules.legality import (
    allowed_words,
    refuse_comrade,
    refuse_enemy,
    refuse_partner,
    refuse_unless_other,
    refuse_words,
)
from counterpoise.sim.types import FREE_TEXT, LEVEL_DISPLAY, LEVEL_THREAT, ActorId, ActorRef, Issue
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class Demand(Move, frozen=True):
    """Demand something of another state under threat, which opens a crisis it must answer.

    The other state may concede, offer a compromise, stand firm or escalate. A crisis opens at the level of a threat on the
    scale of the Militarized Interstate Disputes data (Gibler, Miller & Little 2016). A crisis with an ultimatum opens at the
    level of a display of force: if the other state refuses, you go to war, or you offer terms and are seen to have bluffed.
    """

    kind: ClassVar[str] = "demand"
    title: ClassVar[str] = "Make a demand"
    group: ClassVar[MoveGroup] = "crisis"
    RISK: ClassVar[str] = "a crisis, which may end in war"
    COST: ClassVar[float] = 2.0
    """Treasury spent, in per cent of a year's budget: forces put on notice."""
    ULTIMATUM_COST: ClassVar[float] = 15.0
    """The same for an ultimatum: forces ready to march, as many as an attack asks for."""

    of: ActorRef
    aim: Annotated[Issue, Meta(description="what the demand is about")]
    text: Annotated[
        str,
        Meta(
            max_length=500,
            description="the demand in your words, shown to everyone",
            extra=FREE_TEXT,
            extra_json_schema={"x-words": "everyone"},
        ),
    ] = ""
    ultimatum: Annotated[bool, Meta(description="whether you fight if the demand is not met within days")] = False

    def cost(self) -> float:
        """Return the cost of a demand or of an ultimatum."""
        return self.ULTIMATUM_COST if self.ultimatum else self.COST

    def rule(self, position: Position) -> OrderError | None:
        """Refuse enemies in war, an opponent in a crisis, an ultimatum to a partner or a comrade, and words not allowed now."""
        refusal = refuse_unless_other(position, self.of, "of") or refuse_enemy(position, self.of, "of")
        if refusal is None and self.of in position.crisis_opponents:
            refusal = illegal("of", "crisis_already", self.of)
        if refusal is None and self.ultimatum:  # an ultimatum may end in an attack, so the rules of an attack apply
            refusal = refuse_partner(position, self.of, "of") or refuse_comrade(position, self.of, "of")
        return refusal or refuse_words(position, self.text, "text", to_everyone=True)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Open the crisis."""
        level = LEVEL_DISPLAY if self.ultimatum else LEVEL_THREAT
        crisis.begin(stage, actor, ActorId(self.of), self.aim, level=level, demand=self.text, ultimatum=self.ultimatum)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield a demand and an ultimatum about each issue to each state."""
        level = position.talk
        for other in position.view.others:
            for aim in get_args(Issue):
                demand = f"Meet our demand over {aim}"
                yield cls(other.id, aim, allowed_words(level, f"{demand}.", to_everyone=True))
                yield cls(other.id, aim, allowed_words(level, f"{demand}, or it is war.", to_everyone=True), True)

"""Assess threats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import questions
from counterpoise.sim.rules.legality import refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef, Share
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition

RATED_MIN = 3
"""Fewest states that are rated together. The debrief ranks them, and two ranks say next to nothing."""
EXAMPLE_RATINGS = (0.1, 0.5, 0.9)
"""The ratings that a list of legal moves offers."""


class AssessThreats(Move, frozen=True):
    """Note for the debrief how much states threaten yours, three or more, from 0 (not at all) to 1 (the gravest threat).

    It changes nothing in the world and nobody else sees it. States respond to the threat they perceive (Walt 1987, ch. 2).
    The threat index estimates this perception; your ratings measure it directly.
    """

    kind: ClassVar[str] = "assess_threats"
    title: ClassVar[str] = "Assess threats"
    group: ClassVar[MoveGroup] = "debrief"
    FOR_DEBRIEF: ClassVar[bool] = True

    ratings: Annotated[
        dict[ActorRef, Share],
        # The schema says how few are too few, for forms; the rule below refuses them, because its error gives the reason.
        Meta(
            min_length=1,
            max_length=60,
            description="for each state you rate, the threat it poses",
            extra_json_schema={"x-fewest": RATED_MIN},
        ),
    ]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a rating of the actor itself or of a state that does not exist, and too few ratings."""
        for code in self.ratings:
            refusal = refuse_unless_other(position, code, "ratings")
            if refusal is not None:
                return refusal
        if len(self.ratings) < RATED_MIN:
            return illegal("ratings", "too_few_ratings", len(self.ratings), needed=RATED_MIN)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Note the ratings, in the order of the states' codes."""
        ratings = {code: quantised(rating) for code, rating in sorted(self.ratings.items())}
        stage.record("assessment", actor, audience=(actor,), ratings=ratings)
        questions.answer(stage, actor, "threats")

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return ()

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield the same rating for all states, at three steps."""
        if len(position.view.others) >= RATED_MIN:
            for rating in EXAMPLE_RATINGS:
                yield cls({other.id: rating for other in position.view.others})

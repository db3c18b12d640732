"""Assess threats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, require_other
from counterpoise.sim.types import ActorId, ActorRef, Share
from counterpoise.sim.view import View
from counterpoise.sim.world import World

STEPS = (0.1, 0.5, 0.9)
"""The ratings shown as examples."""


@dataclass(frozen=True, slots=True)
class AssessThreats(Move):
    """Note for the debrief how much each state threatens yours, from 0 (not at all) to 1 (the gravest threat).

    It changes nothing in the world and nobody else sees it. Threat is what is perceived (Walt 1987, ch. 2); asking players
    for it directly measures the perception that the index only estimates.
    """

    kind: ClassVar[str] = "assess_threats"
    title: ClassVar[str] = "Assess threats"

    ratings: Annotated[
        dict[ActorRef, Share],
        Meta(min_length=1, max_length=60, description="for each state you rate, the threat it poses"),
    ]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse ratings of oneself and of states that do not exist."""
        for code in self.ratings:
            require_other(world, actor, code, "ratings")

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Note the ratings, in the order of the states' codes."""
        ratings = {code: round(rating, 6) for code, rating in sorted(self.ratings.items())}
        stage.record("assessment", actor, audience=(actor,), ratings=ratings)

    @classmethod
    def legal(cls, view: View) -> Iterator[AssessThreats]:
        """Yield an example: the same rating for all, at three steps."""
        if view.others:
            for rating in STEPS:
                yield cls({other.id: rating for other in view.others})

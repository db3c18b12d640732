"""State a belief."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.sim.move import Move, MoveGroup, Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import questions
from counterpoise.sim.types import ActorId, Share
from counterpoise.sim.views.view_position import ViewPosition

EXAMPLE_SHARES = (0.1, 0.9)
"""The shares that a list of legal moves offers."""


class StateBelief(Move, frozen=True):
    """Note for the debrief how alliances arise, as you see it, each from 0 to 1.

    It changes nothing in the world and nobody else sees it. What statesmen believe about the origins of alliances shapes their
    strategy (Walt 1987, pp. 1-5).
    """

    kind: ClassVar[str] = "state_belief"
    title: ClassVar[str] = "State a belief"
    group: ClassVar[MoveGroup] = "debrief"
    FOR_DEBRIEF: ClassVar[bool] = True

    balancing: Annotated[Share, Meta(description="a threatened state joins the threat (0) or allies against it (1)")]
    ideology: Annotated[Share, Meta(description="like regimes ally for that reason: never (0) or always (1)")]
    aid: Annotated[Share, Meta(description="aid wins allies: never (0) or always (1)")]

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Note the belief, and close the questions that it answers."""
        shares = {name: quantised(getattr(self, name)) for name in ("balancing", "ideology", "aid")}
        stage.record("belief", actor, audience=(actor,), **shares)
        questions.answer(stage, actor, "belief")

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return ()

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield the belief in balancing and in bandwagoning while the seat is asked for one."""
        if any(question.ask == "belief" for question in position.view.questions):
            for share in EXAMPLE_SHARES:
                yield cls(share, 0.5, 0.5)

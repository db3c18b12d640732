"""Govern."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.conflict.endings import change_legitimacy
from counterpoise.sim.rules.power import clip
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition

Course = Literal["provide", "repress", "reform"]


class Govern(Move, frozen=True):
    """Look after your hold on power: provide for your people, hold the opposition down, or open up.

    To provide costs money and raises legitimacy for a while; you can do it once in a window. To repress makes a coup less
    likely for a year and costs openness and a little legitimacy. To reform raises legitimacy in the long run and opens the
    country to influence from outside. Weak regimes choose allies partly against their enemies at home (David 1991).
    """

    kind: ClassVar[str] = "govern"
    title: ClassVar[str] = "Govern"
    group: ClassVar[MoveGroup] = "home"
    RISK: ClassVar[str] = "to repress closes the country; to reform opens it to influence from outside"
    COST: ClassVar[float] = 10.0
    """Treasury spent, in per cent of a year's budget."""
    PROVISION_SHARE: ClassVar[float] = 0.10
    """Share of the missing legitimacy that providing adds."""
    REPRESSION_TICKS: ClassVar[int] = 365
    REPRESSION_LEGITIMACY: ClassVar[float] = -0.02
    """Change of legitimacy when repression begins."""
    OPENNESS_STEP: ClassVar[float] = 0.10
    """Openness that repression takes away and reform adds."""
    REFORM_SHARE: ClassVar[float] = 0.05
    """Share of the missing baseline legitimacy that reform adds."""

    course: Annotated[Course, Meta(description="what the government does")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse repression while repression lasts, and to provide twice in one window."""
        if self.course == "repress" and position.is_repressing:
            return illegal("course", "repressed_already", self.course)
        if self.course == "provide" and position.has_provided:
            return illegal("course", "provided_already", self.course)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Take the course. Everyone sees repression and reform; only the actor sees money spent at home."""
        state = stage.world.actors[actor]
        if self.course == "provide":
            calendar = stage.world.calendar
            state.provided_until = calendar.opening_of(calendar.window_of(stage.world.tick) + 1)
            change_legitimacy(state, self.PROVISION_SHARE * (1.0 - state.legitimacy))
        elif self.course == "repress":
            state.repressed_until = stage.world.tick + self.REPRESSION_TICKS
            state.openness = quantised(clip(state.openness - self.OPENNESS_STEP))
            change_legitimacy(state, self.REPRESSION_LEGITIMACY)
        else:
            state.openness = quantised(clip(state.openness + self.OPENNESS_STEP))
            missing = 1.0 - state.baseline_legitimacy
            state.baseline_legitimacy = quantised(clip(state.baseline_legitimacy + self.REFORM_SHARE * missing))
        audience = (actor,) if self.course == "provide" else None
        stage.record("governed", actor, audience=audience, course=self.course)

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return () if self.course == "provide" else None

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield each course."""
        return (cls(course) for course in get_args(Course))

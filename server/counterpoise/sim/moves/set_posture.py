"""Set the posture of the forces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, get_args

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.rules import power
from counterpoise.sim.rules.legality import require_treasury, spend
from counterpoise.sim.types import ActorId, Posture
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class SetPosture(Move):
    """Deploy your forces to defend, to strike, or in between.

    Others see it late and dimly, in their estimate of what your forces can do to them: offensive capability, one of the
    four sources of threat (Walt 1987, ch. 2).
    """

    kind: ClassVar[str] = "set_posture"
    title: ClassVar[str] = "Set posture"
    COST: ClassVar[float] = 5.0
    """Treasury spent, in per cent of a year's budget: moving depots and re-training."""

    posture: Annotated[Posture, Meta(description="what your forces are deployed for")]

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse the posture the forces are in already."""
        if world.actors[actor].posture == self.posture:
            raise illegal("posture", "another posture than the present one", self.posture)
        require_treasury(world, actor, self.COST)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Redeploy."""
        spend(stage, actor, self.COST)
        stage.world.actors[actor].posture = self.posture
        power.refresh(stage.world)
        stage.record("posture_set", actor, audience=(actor,), posture=self.posture)

    @classmethod
    def legal(cls, view: View) -> Iterator[SetPosture]:
        """Yield the other postures."""
        if view.own.treasury >= cls.COST:
            for posture in get_args(Posture):
                if posture != view.own.posture:
                    yield cls(posture)

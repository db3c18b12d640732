"""Renounce a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.processes import compliance
from counterpoise.sim.rules.endings import change_legitimacy
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class RenounceClaim(Move):
    """Give up in public what you claim of another state.

    It takes away what most disputes between the two would be about, pleases the other state and costs standing at home.
    """

    kind: ClassVar[str] = "renounce_claim"
    title: ClassVar[str] = "Renounce a claim"
    LEGITIMACY_COST: ClassVar[float] = -0.03

    of: ActorRef

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse where nothing is claimed."""
        of = require_other(world, actor, self.of, "of")
        if world.dyad(of, actor).claim is None:
            raise illegal("of", "a state of which you claim something", of)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Renounce it."""
        compliance.renounce_claim(stage, actor, ActorId(self.of))
        change_legitimacy(stage.world.actors[actor], self.LEGITIMACY_COST)

    @classmethod
    def legal(cls, view: View) -> Iterator[RenounceClaim]:
        """Yield each claim of the seat's own."""
        return (cls(other.id) for other in view.others if other.claimed is not None)

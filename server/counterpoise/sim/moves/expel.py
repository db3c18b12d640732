"""Expel another state's helpers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.processes import penetration
from counterpoise.sim.rules import memory
from counterpoise.sim.rules.endings import change_legitimacy
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class Expel(Move):
    """Send home the advisers and agents of a state whose hold on your politics has come to light.

    It breaks most of what is known of that hold, pleases your public, and sours relations: Egypt and the Soviet advisers in
    1972 are the type case. What has not come to light stays.
    """

    kind: ClassVar[str] = "expel"
    title: ClassVar[str] = "Expel a state's helpers"
    KEPT: ClassVar[float] = 0.3
    """Share of the known access that escapes expulsion."""
    COOLING: ClassVar[float] = -0.5
    """Goodwill it costs, where an alliance made is 1."""
    APPLAUSE: ClassVar[float] = 0.01
    """Legitimacy it brings at home."""

    of: ActorRef

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse to expel those of whom nothing is known."""
        of = require_other(world, actor, self.of, "of")
        if world.dyad(actor, of).penetration_known <= 0.0:
            raise illegal("of", "a state whose hold on your politics has come to light", of)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Expel them in public."""
        of = ActorId(self.of)
        stage.record("expelled", actor, of)
        penetration.expel(stage, actor, of, self.KEPT)
        memory.add_goodwill(stage, actor, of, self.COOLING)
        change_legitimacy(stage.world.actors[actor], self.APPLAUSE)

    @classmethod
    def legal(cls, view: View) -> Iterator[Expel]:
        """Yield each state whose hold is known."""
        return (cls(other.id) for other in view.others if other.penetration > 0.0)

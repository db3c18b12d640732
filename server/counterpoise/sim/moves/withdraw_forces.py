"""Withdraw forces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.rules import occupation
from counterpoise.sim.rules.endings import change_legitimacy
from counterpoise.sim.rules.legality import require_peace_with
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class WithdrawForces(Move):
    """Give back the land you hold of another state, which earns its goodwill and lays its claim to rest.

    Sinai after 1979 is the type case. The public at home does not like it.
    """

    kind: ClassVar[str] = "withdraw_forces"
    title: ClassVar[str] = "Withdraw forces"
    LEGITIMACY_COST: ClassVar[float] = -0.03

    of: ActorRef

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse states of which the actor holds nothing, and withdrawal in the middle of a war."""
        of = require_other(world, actor, self.of, "of")
        require_peace_with(world, actor, of, "of")
        if world.actors[of].occupier != actor:
            raise illegal("of", "a state of which you hold land", of)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Withdraw."""
        occupation.evacuate(stage, actor, ActorId(self.of))
        change_legitimacy(stage.world.actors[actor], self.LEGITIMACY_COST)

    @classmethod
    def legal(cls, view: View) -> Iterator[WithdrawForces]:
        """Yield each state at peace of which the seat holds land."""
        return (cls(other.id) for other in view.others if other.occupier == view.own.id and not other.at_war)

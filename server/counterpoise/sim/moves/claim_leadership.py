"""Claim the leadership of a movement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.rules import movements
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class ClaimLeadership(Move, frozen=True):
    """Claim to lead the states whose regime is of the same family as yours.

    The leader of a movement is more legitimate at home. If another state leads already, power and legitimacy decide between
    the two. If the ideology asks for no obedience, the other states of the family are pleased. If it prescribes one leader,
    the claim tells them to follow, and they remember it as hostile (Kerr 1971 on Cairo, Damascus and Baghdad).
    """

    kind: ClassVar[str] = "claim_leadership"
    title: ClassVar[str] = "Claim leadership"
    group: ClassVar[MoveGroup] = "influence"
    RISK: ClassVar[str] = "a rival for the leadership, or the states you want to lead, may take it as hostile"
    COST: ClassVar[float] = 5.0
    """Treasury spent, in per cent of a year's budget: conferences, radio, subsidies."""

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a state that leads already and a state that is alone in its regime family."""
        if position.leads_movement:
            return illegal("", "leads_already", "yours already")
        if not position.has_kindred_regimes:
            return illegal("", "lone_movement", position.own.family)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Make the claim in public."""
        movements.claim_leadership(stage, actor)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield the move."""
        yield cls()

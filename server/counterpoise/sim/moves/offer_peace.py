"""Offer peace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import unknown_war
from counterpoise.sim.types import ActorId, Id, PeaceTerms
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class OfferPeace(Move, frozen=True):
    """Offer the other side of your war peace, as things stand or by giving up what the war is about.

    The offer stands for a month. The other side accepts more readily if you yield, but to yield costs legitimacy at home.
    Only the state that leads its side can yield.
    """

    kind: ClassVar[str] = "offer_peace"
    title: ClassVar[str] = "Offer peace"
    group: ClassVar[MoveGroup] = "crisis"
    RISK: ClassVar[str] = "the other side may refuse, in public"

    war: Annotated[Id, Meta(description="a war you fight in", extra_json_schema={"x-choices": "wars"})]
    terms: Annotated[PeaceTerms, Meta(description="peace as things stand, or by giving up what the war is about")] = (
        "as_things_stand"
    )

    def rule(self, position: Position) -> OrderError | None:
        """Refuse states outside the war, a second offer while the first stands, and an ally that yields for its leader."""
        sides = position.sides(self.war)
        if sides is None:
            return unknown_war("war", self.war)
        attackers, defenders = sides
        if position.actor not in attackers + defenders:
            return illegal("war", "not_in_war", self.war)
        if position.has_offered_peace(self.war):
            return illegal("war", "peace_offered", self.war)
        if self.terms == "yield" and position.actor not in (attackers[0], defenders[0]):
            return illegal("terms", "ally_yields", self.terms)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Make the offer and ask the other side to answer."""
        war.offer_peace(stage, stage.world.wars[self.war], actor, self.terms)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield both terms for each war."""
        for found in position.view.wars:
            yield cls(found.id)
            yield cls(found.id, "yield")

"""Offer peace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import living_war
from counterpoise.sim.types import ActorId, Id, PeaceTerms
from counterpoise.sim.view import View
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class OfferPeace(Move):
    """Offer the other side of your war an end to the fighting, as things stand or at the price of what it is about.

    The offer stands for a month. To yield is taken more readily and costs standing at home; only the state that leads its
    side can give up what the war is about.
    """

    kind: ClassVar[str] = "offer_peace"
    title: ClassVar[str] = "Offer peace"

    war: Annotated[Id, Meta(description="a war you fight in", extra_json_schema={"x-choices": "wars"})]
    terms: Annotated[PeaceTerms, Meta(description="where the fighting stopped, or giving up what it is about")] = (
        "as_things_stand"
    )

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse bystanders and a second offer while the first stands."""
        found = living_war(world, self.war, "war")
        if actor not in found.parties:
            raise illegal("war", "a war you fight in", self.war)
        if actor in found.peace_offers:
            raise illegal("war", "a war in which no offer of yours stands", self.war)
        if self.terms == "yield" and found.side_of(actor)[0] != actor:
            raise illegal("terms", "no more than an ally can give: as_things_stand", self.terms)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Make the offer; the other side is called to answer it."""
        war.offer_peace(stage, stage.world.wars[self.war], actor, self.terms)

    @classmethod
    def legal(cls, view: View) -> Iterator[OfferPeace]:
        """Yield the seat's wars without a standing offer of its own."""
        for found in view.wars:
            if view.own.id in found.attackers + found.defenders and view.own.id not in found.offers:
                yield cls(found.id)
                if view.own.id in (found.attackers[0], found.defenders[0]):
                    yield cls(found.id, "yield")

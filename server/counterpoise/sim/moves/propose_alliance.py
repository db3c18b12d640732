"""Propose an alliance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, get_args

from msgspec import Meta

from counterpoise.sim.move import Move, Stage, illegal, require_other
from counterpoise.sim.processes import negotiation
from counterpoise.sim.rules.legality import require_peace_with, worst_foes
from counterpoise.sim.types import ActorId, ActorRef, Years
from counterpoise.sim.view import View
from counterpoise.sim.world import World

Offer = Literal[
    "defence", "offence", "neutrality", "nonaggression", "consultation", "basing", "arms", "joint_operation", "union"
]
"""Everything two states can promise each other; a guarantee is given, not proposed."""
FIVE_YEARS = 5.0
"""The term shown as an example."""


@dataclass(frozen=True, slots=True)
class ProposeAlliance(Move):
    """Offer another state an alliance, which stands only if it accepts before the offer lapses.

    The first five commitments are those of the Alliance Treaty Obligations and Provisions data (Leeds, Ritter, Mitchell &
    Long 2002); basing, arms on concession and joint operations are the informal arrangements that Walt (1987, ch. 1)
    counts as alliances too. In a union of states each fights in the other's wars uncalled; few unions last. The same promise
    between the same two states is made once, and one offer to a state can be open at a time. Naming the state it is
    ``against`` tells that state, unless the pact is secret.
    """

    kind: ClassVar[str] = "propose_alliance"
    title: ClassVar[str] = "Propose an alliance"

    to: ActorRef
    commitment: Annotated[Offer, Meta(description="what the two promise each other")]
    against: Annotated[ActorRef | None, Meta(description="the state the alliance names as its threat, if any")] = None
    secret: Annotated[bool, Meta(description="whether only the two of you know of it")] = False
    years: Annotated[Years | None, Meta(description="how long it is to last; without end if left out")] = None

    def check(self, world: World, actor: ActorId) -> None:
        """Refuse enemies in war, a promise already made, and a second offer while one is open."""
        to = require_other(world, actor, self.to, "to")
        if self.against is not None and require_other(world, actor, self.against, "against") == to:
            raise illegal("against", "a third state", to)
        require_peace_with(world, actor, to, "to")
        promise = (self.commitment, self.against)
        if any((shared.commitment, shared.against) == promise for shared in world.alignments_between(actor, to)):
            raise illegal("commitment", "a promise the two of you have not made yet", self.commitment)
        if any((offer.proposer, offer.to) == (actor, to) for offer in world.proposals.values()):
            raise illegal("to", "a state without an open offer of yours", to)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Put the offer on the table; the other side is called to answer it."""
        against = None if self.against is None else ActorId(self.against)
        years = None if self.years is None else round(self.years, 6)
        negotiation.propose(stage, actor, ActorId(self.to), self.commitment, against, self.secret, years)

    @classmethod
    def legal(cls, view: View) -> Iterator[ProposeAlliance]:
        """Yield offers against nobody in particular and against each of the worst foes, and secretly against the worst."""
        own = view.own.id
        foes = worst_foes(view)
        asked = [offer.to for offer in view.proposals if offer.proposer == own]
        for other in view.others:
            if other.at_war or other.id in asked:
                continue
            made = [(a.commitment, a.against) for a in view.alignments if own in a.members and other.id in a.members]
            for commitment in get_args(Offer):
                if (commitment, None) not in made:
                    yield cls(other.id, commitment)
                    yield cls(other.id, commitment, None, False, FIVE_YEARS)
                for foe in foes:
                    if foe != other.id and (commitment, foe) not in made:
                        yield cls(other.id, commitment, foe)
                        if foe == foes[0]:
                            yield cls(other.id, commitment, foe, secret=True)

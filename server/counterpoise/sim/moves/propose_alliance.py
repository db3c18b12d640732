"""Propose an alliance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self, get_args

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.processes import negotiation
from counterpoise.sim.rules.legality import refuse_enemy, refuse_unless_other, refuse_unless_third, top_adversaries
from counterpoise.sim.types import ActorId, ActorRef, Years
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition

Offer = Literal[
    "defence", "offence", "neutrality", "nonaggression", "consultation", "basing", "arms", "joint_operation", "union"
]
"""What two states can promise each other. A guarantee needs no proposal."""
EXAMPLE_YEARS = 5.0
"""The term that a list of legal moves offers beside an alliance without end."""


class ProposeAlliance(Move, frozen=True):
    """Offer another state an alliance, which is formed only if the other state accepts before the offer lapses.

    The first five commitments are those of the Alliance Treaty Obligations and Provisions data (Leeds, Ritter, Mitchell &
    Long 2002). Basing, arms on concession and joint operations are the informal arrangements that Walt (1987, ch. 1) also
    counts as alliances. In a union, each state fights in the other's wars without a call; few unions last. Two states make
    the same promise once, and one offer to a state can be open at a time. The state that the alliance is ``against`` learns
    of it, unless the alliance is secret.
    """

    kind: ClassVar[str] = "propose_alliance"
    title: ClassVar[str] = "Propose an alliance"
    group: ClassVar[MoveGroup] = "diplomacy"
    RISK: ClassVar[str] = "a call to war once it is signed; a refusal costs nothing"

    to: ActorRef
    commitment: Annotated[Offer, Meta(description="what the two promise each other")]
    against: Annotated[ActorRef | None, Meta(description="the state the alliance names as its threat, if any")] = None
    secret: Annotated[bool, Meta(description="whether only the two of you know of it")] = False
    years: Annotated[Years | None, Meta(description="how long the alliance lasts; without end if left out")] = None

    def rule(self, position: Position) -> OrderError | None:
        """Refuse enemies in war, a promise that already stands, and a second offer while one is open."""
        refusal = refuse_unless_other(position, self.to, "to")
        if refusal is None and self.against is not None:
            refusal = refuse_unless_third(position, self.against, self.to, "against")
        refusal = refusal or refuse_enemy(position, self.to, "to")
        if refusal is not None:
            return refusal
        for shared in position.alignments_with(self.to):
            if shared.commitment == self.commitment and shared.against == self.against:
                return illegal("commitment", "promise_made", self.commitment)
        if self.to in position.offered:
            return illegal("to", "offer_open", self.to)
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Open the offer and ask the other side to answer."""
        against = None if self.against is None else ActorId(self.against)
        years = None if self.years is None else quantised(self.years)
        negotiation.propose(stage, actor, ActorId(self.to), self.commitment, against, self.secret, years)

    def calls_in_private(self) -> bool:
        """Return true: only the two states know of the offer."""
        return True

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return (ActorId(self.to),)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield offers to each state against nobody, against each of the top adversaries, and secretly against the first."""
        adversaries = top_adversaries(position.view)
        for other in position.view.others:
            for commitment in get_args(Offer):
                yield cls(other.id, commitment)
                yield cls(other.id, commitment, None, False, EXAMPLE_YEARS)
                for adversary in adversaries:
                    if adversary != other.id:
                        yield cls(other.id, commitment, adversary)
                        if adversary == adversaries[0]:
                            yield cls(other.id, commitment, adversary, secret=True)

"""Join a war."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import refuse_comrade, refuse_enemy, refuse_partner, unknown_war
from counterpoise.sim.types import ActorId, ActorRef, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition


class JoinWar(Move, frozen=True):
    """Enter a war between other states on the side of your choice.

    To join the winning side for a share of the spoils is one of Walt's two motives of bandwagoning (1987, ch. 2). If an ally
    has called you into the war, answer the call instead.
    """

    kind: ClassVar[str] = "join_war"
    title: ClassVar[str] = "Join a war"
    group: ClassVar[MoveGroup] = "crisis"
    RISK: ClassVar[str] = "defeat, with losses and lost land"
    FINAL: ClassVar[bool] = True
    COST: ClassVar[float] = 10.0
    """Treasury spent, in per cent of a year's budget: the forces sent."""

    war: Annotated[Id, Meta(description="a war between other states", extra_json_schema={"x-choices": "wars"})]
    side: Annotated[ActorRef, Meta(description="a state whose side you join")]

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a war the actor fights in or is called into, and a war on partners, comrades or present enemies."""
        sides = position.sides(self.war)
        if sides is None:
            return unknown_war("war", self.war)
        attackers, defenders = sides
        parties = attackers + defenders
        if position.actor in parties:
            return illegal("war", "fights_already", self.war)
        if position.is_called("ally", self.war):
            return illegal("war", "answer_ally_first", self.war)
        if self.side not in parties:
            return illegal("side", "no_party_of_war", self.side, states=", ".join(parties))
        opponents = defenders if self.side in attackers else attackers
        return (
            # Two states fight each other in one war at a time.
            _first(refuse_enemy(position, party, "side") for party in parties)
            or _first(refuse_partner(position, opponent, "side") for opponent in opponents)
            or _first(refuse_comrade(position, opponent, "side") for opponent in opponents)
        )

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Enter the war."""
        war.join(stage, stage.world.wars[self.war], actor, ActorId(self.side))

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield both sides of each war, each named by the state that leads it."""
        for found in position.view.wars:
            for side in (found.attackers, found.defenders):
                yield cls(found.id, side[0])


def _first(refusals: Iterable[OrderError | None]) -> OrderError | None:
    return next((refusal for refusal in refusals if refusal is not None), None)

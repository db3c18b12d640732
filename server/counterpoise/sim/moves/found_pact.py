"""Found a pact of several states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.processes import founding
from counterpoise.sim.rules.legality import (
    allowed_words,
    refuse_enemy,
    refuse_unless_other,
    refuse_unless_third,
    refuse_words,
    top_adversaries,
)
from counterpoise.sim.types import FREE_TEXT, ActorId, ActorRef, Years
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition

Promise = Literal["defence", "offence", "neutrality", "nonaggression", "consultation", "joint_operation", "union"]
"""What three or more states can promise one another."""
INVITED_MAX = 12
"""Largest number of states that one treaty is offered to: as many as founded the Atlantic alliance with America, and one."""
EXAMPLE_PARTNERS = 2
"""How many states an example in a list of legal moves invites."""
EXAMPLE_NAME = "Collective Security Pact"


class FoundPact(Move, frozen=True):
    """Propose one pact to several states at once; it comes into force among those that sign, if enough of them do.

    You say how many must sign; if you leave that out, all must. States that are bound to you already can sign too. The states
    that you invite see the whole treaty and who signs it. If the pact is secret, those that do not sign still know of it. The
    pact may have a name; others can join it later if all members consent. A treaty comes into force as it provides, and if it
    says nothing, when all have agreed (Vienna Convention on the Law of Treaties 1969, art. 24).
    """

    kind: ClassVar[str] = "found_pact"
    title: ClassVar[str] = "Found a pact"
    group: ClassVar[MoveGroup] = "diplomacy"
    RISK: ClassVar[str] = "too few may sign, and those you invite know of the treaty"
    COST: ClassVar[float] = 1.0
    """Treasury spent, in per cent of a year's budget, on a conference."""

    to: Annotated[
        tuple[ActorRef, ...], Meta(min_length=2, max_length=INVITED_MAX, description="the states you invite to sign")
    ]
    commitment: Annotated[Promise, Meta(description="what the members promise one another")]
    name: Annotated[
        str,
        Meta(
            max_length=120,
            description="what the pact is called",
            extra=FREE_TEXT,
            extra_json_schema={"x-words": "some"},
        ),
    ] = ""
    needed: Annotated[
        Annotated[int, Meta(ge=1, le=INVITED_MAX)] | None,
        Meta(description="how many of them must sign so that it comes into force; all if left out"),
    ] = None
    against: Annotated[ActorRef | None, Meta(description="the state the pact names as its threat, if any")] = None
    secret: Annotated[bool, Meta(description="whether only you and the invited states know of it")] = False
    years: Annotated[Years | None, Meta(description="how long the pact lasts; without end if left out")] = None

    def rule(self, position: Position) -> OrderError | None:
        """Refuse a second open treaty, states that cannot sign together, a pact they have, and a name not allowed now."""
        if position.has_open_treaty:
            return illegal("", "treaty_open", "a second one")
        for place, code in enumerate(self.to):
            path = f"to[{place}]"
            refusal = refuse_unless_other(position, code, path) or refuse_enemy(position, code, path)
            if refusal is not None:
                return refusal
            if code in self.to[:place]:
                return illegal(path, "state_twice", code)
            enemy = next((other for other in self.to[:place] if position.are_at_war(code, other)), None)
            if enemy is not None:
                return illegal(path, "invited_at_war", f"{code} and {enemy}")
            if code in position.offered:
                return illegal(path, "offer_open", code)
        if self.against is not None:
            for code in self.to:
                refusal = refuse_unless_third(position, self.against, code, "against")
                if refusal is not None:
                    return refusal
        if self.needed is not None and self.needed > len(self.to):
            return illegal("needed", "more_than_invited", self.needed, invited=len(self.to))
        for shared in position.alignments_with(self.to[0]):
            same = (shared.commitment, shared.against) == (self.commitment, self.against)
            if same and all(code in shared.members for code in self.to):
                return illegal("commitment", "promise_made_together", self.commitment)
        return refuse_words(position, self.name, "name", to_everyone=False)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Open the treaty and ask every invited state to sign."""
        founding.found(
            stage,
            actor,
            tuple(ActorId(code) for code in self.to),
            self.commitment,
            against=None if self.against is None else ActorId(self.against),
            secret=self.secret,
            name=self.name,
            years=None if self.years is None else quantised(self.years),
            needed=len(self.to) if self.needed is None else self.needed,
        )

    def calls_in_private(self) -> bool:
        """Return true: only the parties know of the treaty that is offered."""
        return True

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        return tuple(ActorId(code) for code in self.to)

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield pacts with the partners, the kindred and the neighbours of the seat, against nobody and each top adversary."""
        name = allowed_words(position.talk, EXAMPLE_NAME, to_everyone=False)
        for against in (None, *top_adversaries(position.view)):
            states = [other for other in position.view.others if other.id != against and not other.at_war]
            circles = (
                [other.id for other in states if other.aligned],
                [other.id for other in sorted(states, key=lambda other: (-other.similarity, other.km, other.id))],
                [other.id for other in sorted(states, key=lambda other: (other.km, other.id))],
            )
            for to in dict.fromkeys(tuple(circle[:EXAMPLE_PARTNERS]) for circle in circles):
                if len(to) == EXAMPLE_PARTNERS:
                    yield cls(to, "defence", name, None, against)
                    yield cls(to, "consultation", name, 1, against)
                    if against is not None:
                        yield cls(to, "defence", "", None, against, True)

"""What states fight over: crises and wars under way."""

from __future__ import annotations

from dataclasses import dataclass, field

from counterpoise.sim.types import ActorId, CrisisResponse, Issue, PeaceTerms


@dataclass(slots=True)
class Crisis:
    """A dispute under way between ``initiator`` and ``target``. ``level`` is on the MID scale; ``aim`` is the disputed issue."""

    id: int
    initiator: ActorId
    target: ActorId
    aim: Issue
    level: int
    opened: int
    deadline: int
    responses: dict[ActorId, CrisisResponse] = field(default_factory=dict)
    """The answers at the present stage, by actor."""
    demand: str = ""
    supporters: dict[ActorId, ActorId] = field(default_factory=dict)
    """Third states that support a side, and the side."""
    ultimatum: bool = False
    """Whether the initiator threatens war unless its demand is met at this stage."""
    mediators: tuple[ActorId, ...] = ()
    """Third states that mediate."""
    reciprocated: bool = False
    """Whether the target has answered with force or mobilisation."""


@dataclass(slots=True)
class War:
    """A war. ``losses`` holds each state's cumulative loss of committed force, in [0, 1]."""

    id: int
    attackers: tuple[ActorId, ...]
    defenders: tuple[ActorId, ...]
    aim: Issue
    since: int
    losses: dict[ActorId, float] = field(default_factory=dict)
    win_chance: float = 0.5
    """The public probability that the attackers win, updated at each review."""
    next_review: int = 0
    peace_offers: dict[ActorId, int] = field(default_factory=dict)
    """The states that offer peace, with the tick until which each offer stands."""
    peace_terms: dict[ActorId, PeaceTerms] = field(default_factory=dict)
    """The terms of each standing offer."""
    brokered_until: int = 0
    """The tick until which a mediator's calls for peace are open."""

    @property
    def parties(self) -> tuple[ActorId, ...]:
        """All states that fight in it."""
        return self.attackers + self.defenders

    def side_of(self, actor: ActorId) -> tuple[ActorId, ...]:
        """Return the side on which an actor fights."""
        return self.attackers if actor in self.attackers else self.defenders

    def enemies_of(self, actor: ActorId) -> tuple[ActorId, ...]:
        """Return the side against which an actor fights; empty if it does not fight in this war."""
        if actor in self.attackers:
            return self.defenders
        return self.attackers if actor in self.defenders else ()

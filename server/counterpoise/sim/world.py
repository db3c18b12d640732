"""The whole model at a tick: plain, mutable data with no behaviour but lookups. Only the simulation changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from counterpoise.sim.agenda import Agenda
from counterpoise.sim.calendar import Calendar
from counterpoise.sim.decaying_sum import DecayingSum
from counterpoise.sim.scenario import IdeologySpec
from counterpoise.sim.types import (
    ActorId,
    AidDemand,
    AidKind,
    CallReason,
    Commitment,
    CrisisResponse,
    Intent,
    Issue,
    Means,
    PeaceTerms,
    PenetrationAim,
    Posture,
    Role,
)

Audience = tuple[ActorId, ...] | None
"""Who may see a thing; ``None`` is everyone."""


@dataclass(slots=True)
class Actor:
    """A state. Shares and domestic traits are in [0, 1]; ``components`` are in the units of ``scenario.COMPONENTS``."""

    id: ActorId
    name: str
    role: Role
    latitude: float
    longitude: float
    active: bool
    components: tuple[float, ...]
    capability_factor: float
    """What play has done to the state's forces: 1 is on the scenario's growth path, lost wars and arming move it."""
    technology: float
    offensive_share: float
    lift: float
    revisionism: float
    posture: Posture
    treasury: float
    """Money a state can spend on moves, in per cent of a year's budget; a full year brings 100."""
    family: str
    legitimacy: float
    openness: float
    constraint: float
    baseline_legitimacy: float = 0.5
    """The legitimacy to which the regime returns when nothing happens; each regime has its own."""
    repressed_until: int = 0
    provided_until: int = 0
    """The tick up to which the opposition is held down."""
    nuclear: bool = False
    mobilized_until: int = 0
    occupied: float = 0.0
    """Share of the country that ``occupier`` holds, in [0, 1]."""
    occupier: ActorId | None = None
    honoured: int = 0
    reneged: int = 0
    power: float = 0.0
    """CINC over the scenario's active states: the mean of six shares; sums to 1 over them."""
    offense: float = 0.0
    """Offensive capability O_j in [0, 1] (theory 3.3), kept current by ``power.refresh``."""


@dataclass(slots=True)
class Dyad:
    """An ordered pair: what ``observer`` sees of ``other`` and has received from it."""

    observer: ActorId
    other: ActorId
    km: float
    contiguity: int = 0
    """0 none, 1 land, 2-5 water (``scenario.Contiguity``)."""
    rivalry: bool = False
    claim: Issue | None = None
    """What ``other`` claims of ``observer``, if anything."""
    hostility: DecayingSum = field(default_factory=DecayingSum)
    """Disputes ``other`` started against ``observer``: level / 5 each, half-life five years."""
    cooperation: DecayingSum = field(default_factory=DecayingSum)
    hostile_statements: DecayingSum = field(default_factory=DecayingSum)
    subversion: DecayingSum = field(default_factory=DecayingSum)
    broken_promises: DecayingSum = field(default_factory=DecayingSum)
    stated_intent: Intent = "neutral"
    """What ``other`` last said it intends towards ``observer``."""
    misperception: float = 0.0
    """Added to perceived intent by the moderator's injects, in [-1, 1]; never in the true world."""
    power_bias: float = 0.0
    """By how much of its true value the moderator's injects make ``observer`` over-estimate ``other``'s power, from -1 on."""
    offense_bias: float = 0.0
    """The same of its offensive capability."""
    seen_power: float = 0.0
    """``observer``'s estimate of ``other``'s power share: true value with noise (``perception``)."""
    seen_offense: float = 0.0
    """``observer``'s estimate of ``other``'s offensive capability: a year old, with noise of s.d. 0.10."""
    aid_received: float = 0.0
    """What ``other`` has given ``observer`` since the start, in shares of a year's budget."""
    penetration: float = 0.0
    """``other``'s access to ``observer``'s politics, in [0, 1]; what ``observer`` knows of it is ``penetration_known``."""
    penetration_known: float = 0.0
    """What of that access has come to light and is still there."""
    penetration_limited: bool = True
    penetration_legitimate: bool = True


@dataclass(slots=True)
class Alignment:
    """A commitment between actors, formal or informal. ``lead`` is the guarantor or supplier of a one-sided promise."""

    id: int
    members: tuple[ActorId, ...]
    commitment: Commitment
    since: int
    against: ActorId | None = None
    secret: bool = False
    lead: ActorId | None = None
    name: str = ""
    until: int | None = None
    """The tick it ended or is to end; ``None`` while open-ended."""
    ended: bool = False
    known_to: tuple[ActorId, ...] = ()
    """States outside it that have found out about a secret alignment."""

    def seen_by(self, actor: ActorId) -> bool:
        """Tell whether a state may know of it."""
        return not self.secret or actor in self.members or actor in self.known_to


@dataclass(slots=True)
class Proposal:
    """An alliance on the table, seen by the two sides only."""

    id: int
    proposer: ActorId
    to: ActorId
    commitment: Commitment
    against: ActorId | None
    secret: bool
    opened: int
    deadline: int
    years: float | None = None
    """How long the alliance is to last; ``None`` without end."""


@dataclass(slots=True)
class Crisis:
    """A dispute under way between ``initiator`` and ``target``; ``level`` is the MID scale, ``aim`` what it is about."""

    id: int
    initiator: ActorId
    target: ActorId
    aim: Issue
    level: int
    opened: int
    deadline: int
    responses: dict[ActorId, CrisisResponse] = field(default_factory=dict)
    """The answers to the present stage, by actor."""
    demand: str = ""
    supporters: dict[ActorId, ActorId] = field(default_factory=dict)
    """Third states that joined, and the side they support."""
    ultimatum: bool = False
    """Whether the initiator has said that it will fight unless its demand is met at this stage."""
    mediators: tuple[ActorId, ...] = ()
    """Third states that mediate."""
    reciprocated: bool = False
    """Whether the target has used or shown force too."""


@dataclass(slots=True)
class War:
    """A war. ``losses`` are each state's cumulative loss of committed force in [0, 1]."""

    id: int
    attackers: tuple[ActorId, ...]
    defenders: tuple[ActorId, ...]
    aim: Issue
    since: int
    losses: dict[ActorId, float] = field(default_factory=dict)
    win_chance: float = 0.5
    """The public probability that the attackers' side wins, updated at each review."""
    next_review: int = 0
    peace_offers: dict[ActorId, int] = field(default_factory=dict)
    """Who offers peace, and until when the offer stands."""
    peace_terms: dict[ActorId, PeaceTerms] = field(default_factory=dict)
    """What each standing offer gives."""
    brokered_until: int = 0
    """The tick up to which a third state's question whether the sides would make peace is open."""

    @property
    def parties(self) -> tuple[ActorId, ...]:
        """Everyone who fights in it."""
        return self.attackers + self.defenders

    def side_of(self, actor: ActorId) -> tuple[ActorId, ...]:
        """Return the side an actor fights on."""
        return self.attackers if actor in self.attackers else self.defenders

    def enemies_of(self, actor: ActorId) -> tuple[ActorId, ...]:
        """Return the side an actor fights against; empty for a bystander."""
        if actor in self.attackers:
            return self.defenders
        return self.attackers if actor in self.defenders else ()


@dataclass(slots=True)
class Aid:
    """Aid that flows each year until it is cut; ``amount`` is a share of the recipient's budget, in [0, 1]."""

    donor: ActorId
    recipient: ActorId
    kind: AidKind
    amount: float
    since: int
    condition: str = ""
    dependence: float = 0.0
    """How far the recipient has come to live on it, in [0, 1]: what cutting it would hurt."""


@dataclass(slots=True)
class Condition:
    """A demand a donor has tied to its aid, until it is answered; what the leverage was is frozen when it is made."""

    id: int
    donor: ActorId
    recipient: ActorId
    aid: AidKind
    demand: AidDemand
    about: ActorId | None
    opened: int
    deadline: int
    leverage: dict[str, float]
    """``aid_leverage.leverage_terms`` of the two at ``opened``."""
    promised: bool = False
    """Whether the recipient has given its word and is now watched."""


@dataclass(slots=True)
class Campaign:
    """``actor``'s efforts to gain access to ``target``'s politics; there is one at most for an ordered pair."""

    id: int
    actor: ActorId
    target: ActorId
    means: Means
    aim: PenetrationAim
    effort: float
    """Share of a full programme, in (0, 1]."""
    since: int
    until: int
    """The tick it runs out unless it is renewed."""


@dataclass(slots=True)
class Call:
    """Something ``actor`` must answer before ``deadline``; ``subject`` is the id of the crisis, proposal, alignment or war."""

    id: int
    actor: ActorId
    reason: CallReason
    subject: int
    opened: int
    deadline: int
    asker: ActorId | None = None
    """Who waits for the answer: the proposer, the ally under attack, the enemy who offers peace."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happened. ``detail`` holds plain values only; ``audience`` None is public."""

    id: int
    tick: int
    kind: str
    actors: tuple[ActorId, ...]
    audience: Audience
    detail: dict[str, Any]


@dataclass(slots=True)
class World:
    """The model at ``tick``: everything due before it has happened, nothing due at it has."""

    tick: int
    calendar: Calendar
    end: int
    actors: dict[ActorId, Actor]
    """In the scenario's order, which is the order of everything."""
    dyads: dict[tuple[ActorId, ActorId], Dyad]
    ideology: IdeologySpec
    distance_scale_km: float
    alignments: dict[int, Alignment] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    crises: dict[int, Crisis] = field(default_factory=dict)
    wars: dict[int, War] = field(default_factory=dict)
    aid: dict[tuple[ActorId, ActorId, AidKind], Aid] = field(default_factory=dict)
    conditions: dict[int, Condition] = field(default_factory=dict)
    campaigns: dict[tuple[ActorId, ActorId], Campaign] = field(default_factory=dict)
    """By the state that penetrates and the state penetrated."""
    calls: dict[int, Call] = field(default_factory=dict)
    leaders: dict[str, ActorId] = field(default_factory=dict)
    """Who leads a movement, by regime family; a movement nobody leads is absent."""
    scores: dict[ActorId, float] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)
    last_id: int = 0
    """The newest number of a thing that everyone may see."""
    agenda: Agenda = field(default_factory=Agenda)
    """What is due, and who waits for an answer."""
    past_offense: list[tuple[int, dict[ActorId, float]]] = field(default_factory=list)
    """Offensive capabilities at the latest windows' eves, oldest first: what others know is a year old."""
    scored_years: dict[ActorId, int] = field(default_factory=dict)
    """How many years each state's score is the mean of."""

    def active(self) -> Iterator[Actor]:
        """Yield the states that exist now, in the scenario's order."""
        return (actor for actor in self.actors.values() if actor.active)

    def dyad(self, observer: ActorId, other: ActorId) -> Dyad:
        """Return what ``observer`` sees of ``other``."""
        return self.dyads[observer, other]

    def alignments_of(self, actor: ActorId) -> Iterator[Alignment]:
        """Yield the living alignments of an actor, oldest first."""
        return (a for a in self.alignments.values() if not a.ended and actor in a.members)

    def alignments_between(self, a: ActorId, b: ActorId) -> Iterator[Alignment]:
        """Yield the living alignments that two actors share."""
        return (x for x in self.alignments.values() if not x.ended and a in x.members and b in x.members)

    def at_war(self, a: ActorId, b: ActorId) -> bool:
        """Tell whether two actors fight each other now."""
        return any(b in war.enemies_of(a) for war in self.wars.values())

    def wars_of(self, actor: ActorId) -> Iterator[War]:
        """Yield the wars an actor fights in."""
        return (war for war in self.wars.values() if actor in war.parties)

    def crisis_between(self, a: ActorId, b: ActorId) -> Crisis | None:
        """Return the crisis under way between two actors; there is one at most."""
        for crisis in self.crises.values():
            if (crisis.initiator, crisis.target) in ((a, b), (b, a)):
                return crisis
        return None

    def open_call(self, actor: ActorId, reason: CallReason, subject: int) -> Call | None:
        """Return the call that an actor has still to answer about a subject."""
        for call in self.calls.values():
            if (call.actor, call.reason, call.subject) == (actor, reason, subject):
                return call
        return None

    def union_partners(self, actor: ActorId) -> list[ActorId]:
        """Return the states that are one with an actor in war and peace."""
        unions = [a for a in self.alignments_of(actor) if a.commitment == "union"]
        return list(dict.fromkeys(member for a in unions for member in a.members if member != actor))

    def similarity(self, a: ActorId, b: ActorId) -> float:
        """Return how alike two actors' regimes are, in [0, 1]."""
        return self.ideology.similarity[self.actors[a].family][self.actors[b].family]

    def divisive(self, a: ActorId, b: ActorId) -> bool:
        """Tell whether two actors share a family that prescribes one leader."""
        return self.actors[a].family == self.actors[b].family and self.actors[a].family in self.ideology.divisive

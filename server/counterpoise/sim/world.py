"""The whole model at a tick: plain, mutable data with lookups only. Only the simulation changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec import Raw

from counterpoise.sim.clock.agenda import Agenda
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.kept import Kept
from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.read_only import ReadOnlyDict
from counterpoise.sim.relations.conflicts import Crisis, War
from counterpoise.sim.relations.influence import Aid, Campaign, Condition, Sanction
from counterpoise.sim.relations.pacts import Alignment, MembershipVote, Proposal, Treaty
from counterpoise.sim.relations.questions import Question
from counterpoise.sim.relations.talk import Talk
from counterpoise.sim.scenario import IdeologySpec, Objective
from counterpoise.sim.score_parts import ScoreParts
from counterpoise.sim.types import (
    ActorId,
    AidKind,
    CallReason,
    Intent,
    Issue,
    Posture,
    Role,
    SanctionScope,
)

REFUSAL_DAYS = 365
"""Days for which a state that refused an offer counts as unavailable to the one that made it (chosen)."""
Audience = tuple[ActorId, ...] | None
"""The states that may see a thing; ``None`` is everyone."""


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
    """The state's forces relative to the scenario's growth path, which is 1; lost wars lower it and arming raises it."""
    technology: float
    offensive_share: float
    lift: float
    revisionism: float
    posture: Posture
    treasury: float
    """Money for moves, in per cent of a year's budget; a year's income is 100."""
    family: str
    legitimacy: float
    openness: float
    constraint: float
    centres: int = 1
    """How many centres of power must agree on policy."""
    baseline_legitimacy: float = 0.5
    """The legitimacy to which the regime returns; each regime has its own."""
    in_power_since: int = 0
    """The tick at which the regime came to power; negative if that was before the start."""
    coups: DecayingSum = field(default_factory=DecayingSum)
    """The coups in the state, with a half-life of five years."""
    repressed_until: int = 0
    """The tick until which the state represses its opposition."""
    provided_until: int = 0
    """The tick before which the state cannot provide for its people again (the move ``govern``)."""
    nuclear: bool = False
    mobilized_until: int = 0
    occupied: float = 0.0
    """The share of the country that ``occupier`` occupies, in [0, 1]."""
    occupier: ActorId | None = None
    honoured: int = 0
    reneged: int = 0
    power: float = 0.0
    """CINC over the scenario's active states: the mean of six shares; sums to 1 over them."""
    offense: float = 0.0
    """Offensive capability O_j in [0, 1] (theory 3.3); ``power.refresh`` updates it."""


@dataclass(slots=True)
class Dyad:
    """An ordered pair of states: what ``observer`` knows of ``other`` and remembers of its acts."""

    observer: ActorId
    other: ActorId
    km: float
    contiguity: int = 0
    """0 none, 1 land, 2-5 water (``scenario.Contiguity``)."""
    rivalry: bool = False
    claim: Issue | None = None
    """The issue of ``other``'s claim on ``observer``, if it has one."""
    hostility: DecayingSum = field(default_factory=DecayingSum)
    """Disputes that ``other`` started against ``observer``: level / 5 each, with a half-life of five years."""
    cooperation: DecayingSum = field(default_factory=DecayingSum)
    hostile_statements: DecayingSum = field(default_factory=DecayingSum)
    subversion: DecayingSum = field(default_factory=DecayingSum)
    broken_promises: DecayingSum = field(default_factory=DecayingSum)
    stated_intent: Intent = "neutral"
    """The intent towards ``observer`` that ``other`` last stated."""
    refused: int | None = None
    """The tick at which ``other`` last refused a pact that ``observer`` offered; ``None`` if it has accepted one since."""
    misperception: float = 0.0
    """The error about ``other``'s intent that an inject planted last, in [-1, 1] (``appraisals.py``)."""
    misperception_felt: float = 0.0
    """The planted error that ``suspicion`` and ``trust`` were made from."""
    suspicion: DecayingSum = field(default_factory=DecayingSum)
    """Subversion by ``other`` that ``observer`` suspects and that never was."""
    trust: DecayingSum = field(default_factory=DecayingSum)
    """Cooperation by ``other`` that ``observer`` remembers and that never was."""
    power_bias: float = 0.0
    """The planted error about ``other``'s power, as a share of the true value, at least -1."""
    power_factor: float = 1.0
    """What the planted errors about any state's power make of the latest estimate of ``other``'s, as a factor."""
    offense_bias: float = 0.0
    """The planted error about its offensive capability, as a share of the true value, at least -1."""
    seen_power: float = 0.0
    """``observer``'s estimate of ``other``'s power: the true value with noise (``rules/power_estimates.py``)."""
    seen_offense: float = 0.0
    """``observer``'s estimate of ``other``'s offensive capability: a year old, with noise of s.d. 0.10."""
    aid_received: float = 0.0
    """Aid from ``other`` since the start, in shares of a year's budget."""
    penetration: float = 0.0
    """``other``'s access to ``observer``'s politics, in [0, 1]."""
    penetration_known: float = 0.0
    """The part of that access that was exposed and still exists; ``observer`` knows only this part."""
    penetration_limited: bool = True
    penetration_legitimate: bool = True

    def has_refused(self, tick: int) -> bool:
        """Return whether ``other`` refused a pact that ``observer`` offered, and less than ``REFUSAL_DAYS`` ago."""
        return self.refused is not None and tick - self.refused < REFUSAL_DAYS


@dataclass(slots=True)
class Call:
    """A question that ``actor`` must answer before ``deadline``.

    ``subject`` is the id of the crisis, proposal, war, condition or membership vote that it is about.
    """

    id: int
    actor: ActorId
    reason: CallReason
    subject: int
    opened: int
    deadline: int
    asker: ActorId | None = None
    """The state that waits for the answer, such as the proposer, the ally under attack or the enemy that offers peace."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happened. ``detail`` holds plain values only; ``audience`` ``None`` is everyone."""

    id: int
    tick: int
    kind: str
    actors: tuple[ActorId, ...]
    audience: Audience
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PastInject:
    """An inject of the scenario that has happened."""

    tick: int
    secret: bool
    """Whether it tells of something that not everyone can see."""
    position: int | None = None
    """The position among the world's incidents of the one that filled its roles, if any."""


@dataclass(frozen=True, slots=True)
class LatestIncidents:
    """The incidents of a seat's last view: the world had ``count`` incidents then, of which ``last`` was the newest."""

    count: int
    last: Incident
    shown: tuple[ReadOnlyDict[str, Any], ...]


@dataclass(slots=True)
class World:
    """The model at ``tick``: all earlier events have happened, and none of those due at ``tick``."""

    tick: int
    calendar: Calendar
    end: int
    actors: dict[ActorId, Actor]
    """In the scenario's order, in which all loops over actors run."""
    dyads: dict[tuple[ActorId, ActorId], Dyad]
    ideology: IdeologySpec
    distance_scale_km: float
    objectives: dict[ActorId, tuple[Objective, ...]] = field(default_factory=dict)
    """What each state wants; from the scenario, so not part of the state."""
    alignments: dict[int, Alignment] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    treaties: dict[int, Treaty] = field(default_factory=dict)
    membership_votes: dict[int, MembershipVote] = field(default_factory=dict)
    crises: dict[int, Crisis] = field(default_factory=dict)
    wars: dict[int, War] = field(default_factory=dict)
    aid: dict[tuple[ActorId, ActorId, AidKind], Aid] = field(default_factory=dict)
    conditions: dict[int, Condition] = field(default_factory=dict)
    campaigns: dict[tuple[ActorId, ActorId], Campaign] = field(default_factory=dict)
    """By actor and target."""
    sanctions: dict[tuple[ActorId, ActorId, SanctionScope], Sanction] = field(default_factory=dict)
    """By sender, target and scope."""
    calls: dict[int, Call] = field(default_factory=dict)
    questions: dict[int, Question] = field(default_factory=dict)
    """Open questions for the debrief, on which nothing else depends."""
    leaders: dict[str, ActorId] = field(default_factory=dict)
    """The leader of each movement, by regime family; a movement without a leader is absent."""
    scores: dict[ActorId, float] = field(default_factory=dict)
    seen_scores: dict[ActorId, float] = field(default_factory=dict)
    """The scores as the seats are told them: reckoned with each state's planted errors about the power of others."""
    score_parts: dict[ActorId, ScoreParts] = field(default_factory=dict)
    seen_score_parts: dict[ActorId, ScoreParts] = field(default_factory=dict)
    """What the two kinds of score are made of."""
    incidents: list[Incident] = field(default_factory=list)
    last_id: int = 0
    """The last id of a public thing."""
    agenda: Agenda = field(default_factory=Agenda)
    """The steps that are due and the steps that wait for an answer."""
    past_offense: list[tuple[int, dict[ActorId, float]]] = field(default_factory=list)
    """Offensive capabilities on the days before the latest windows, oldest first; others learn them a year later."""
    scored_years: dict[ActorId, int] = field(default_factory=dict)
    """The number of years in each state's score, which is their mean."""
    injected: dict[str, PastInject] = field(default_factory=dict)
    """The injects of the scenario that have happened, by their id; those without one are absent."""
    talk: Talk = field(default_factory=Talk)
    shown_incidents: dict[int, ReadOnlyDict[str, Any]] = field(default_factory=dict, repr=False, compare=False)
    """The latest incidents as views show them, by id: not part of the state, but made once for all seats."""
    latest_incidents: dict[ActorId, LatestIncidents] = field(default_factory=dict, repr=False, compare=False)
    """The incidents of each seat's last view; not part of the state either."""
    relevant_pairs: Kept[list[Dyad]] | None = field(default=None, repr=False, compare=False)
    """What ``rules/relevant_pairs.py`` found last; ``None`` after a change. Like the next two it is not part of the state."""
    forces: list[tuple[Any, ...]] | None = field(default=None, repr=False, compare=False)
    """What ``rules/power.py`` read and wrote last."""
    initiators: Kept[dict[ActorId, tuple[float, float, float]]] | None = field(default=None, repr=False, compare=False)
    """What ``rules/conflict/dispute_hazard.py`` worked out last for each state that may start a dispute."""
    digested_incidents: dict[int, Raw] = field(default_factory=dict, repr=False, compare=False)
    """The latest incidents as the last digest encoded them, by id; not part of the state either."""

    def active(self) -> Iterator[Actor]:
        """Yield the states that exist now, in the scenario's order."""
        return (actor for actor in self.actors.values() if actor.active)

    def dyad(self, observer: ActorId, other: ActorId) -> Dyad:
        """Return the ordered pair of ``observer`` and ``other``."""
        return self.dyads[observer, other]

    def alignments_of(self, actor: ActorId) -> list[Alignment]:
        """Return an actor's alignments in force, oldest first."""
        return [a for a in self.alignments.values() if actor in a.members and not a.ended]

    def alignments_between(self, a: ActorId, b: ActorId) -> list[Alignment]:
        """Return the alignments in force that two actors share, oldest first."""
        return [x for x in self.alignments.values() if a in x.members and b in x.members and not x.ended]

    def at_war(self, a: ActorId, b: ActorId) -> bool:
        """Tell whether two actors fight each other now."""
        for war in self.wars.values():  # noqa: SIM110 (asked of every pair each month; ``any`` takes three times as long)
            if b in war.enemies_of(a):
                return True
        return False

    def wars_of(self, actor: ActorId) -> list[War]:
        """Return the wars an actor fights in."""
        return [war for war in self.wars.values() if actor in war.parties]

    def crisis_between(self, a: ActorId, b: ActorId) -> Crisis | None:
        """Return the crisis under way between two actors; there is one at most."""
        for crisis in self.crises.values():
            if (crisis.initiator == a and crisis.target == b) or (crisis.initiator == b and crisis.target == a):
                return crisis
        return None

    def open_call(self, actor: ActorId, reason: CallReason, subject: int) -> Call | None:
        """Return the call that an actor has still to answer about a subject."""
        for call in self.calls.values():
            if call.subject == subject and call.actor == actor and call.reason == reason:
                return call
        return None

    def union_partners(self, actor: ActorId) -> list[ActorId]:
        """Return the states in a union with an actor."""
        unions = (a.members for a in self.alignments_of(actor) if a.commitment == "union")
        return list(dict.fromkeys(member for members in unions for member in members if member != actor))

    def similarity(self, a: ActorId, b: ActorId) -> float:
        """Return the similarity of two actors' regimes, in [0, 1]."""
        return self.ideology.similarity[self.actors[a].family][self.actors[b].family]

    def divisive(self, a: ActorId, b: ActorId) -> bool:
        """Tell whether two actors share a divisive family, whose members compete for a single leadership."""
        return self.actors[a].family == self.actors[b].family and self.actors[a].family in self.ideology.divisive

"""What a scenario says, as data. ``scenario_text.py`` reads it from TOML; ``opening.py`` builds the first world from it.

All times are ticks; those before the scenario's start are negative.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counterpoise.sim.types import ActorId, AidKind, Commitment, Issue, Posture, Role

COMPONENTS = ("milex", "milper", "irst", "pec", "tpop", "upop")
"""The six components of the Composite Index of National Capability (Singer, Bremer & Stuckey 1972; NMC v7.0).

Military expenditure (thousands of current US dollars), military personnel (thousands), iron and steel production
(thousand tons), primary energy consumption (thousand coal-ton equivalents), total and urban population (thousands).
"""


@dataclass(frozen=True, slots=True)
class Waypoint:
    """An actor's six components at a tick; between waypoints they are interpolated (log-linearly)."""

    tick: int
    components: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RegimeSpec:
    """A regime from ``tick`` on: its family, and the domestic traits that set in with it, each in [0, 1]."""

    tick: int
    family: str
    legitimacy: float
    openness: float
    constraint: float


@dataclass(frozen=True, slots=True)
class ActorSpec:
    """A state as the scenario introduces it.

    ``technology`` multiplies force quality (1 is the scenario's average); ``offensive_share`` is the share of forces fit
    to strike, ``lift`` the ability to project them, ``revisionism`` the dissatisfaction with the status quo, all in [0, 1].
    ``enters`` and ``leaves`` bound the time in which the state exists.
    """

    id: ActorId
    name: str
    role: Role
    capital: str
    latitude: float
    longitude: float
    waypoints: tuple[Waypoint, ...]
    regimes: tuple[RegimeSpec, ...]
    enters: int = 0
    leaves: int | None = None
    technology: float = 1.0
    offensive_share: float = 0.4
    lift: float = 0.0
    revisionism: float = 0.3
    posture: Posture = "balanced"
    nuclear_from: int | None = None
    briefing: str = ""
    goals: tuple[str, ...] = ()
    bots: tuple[str, ...] = ()
    """Bots that suit the seat when nobody sits there, one of which is dealt; none is the usual mixture."""


@dataclass(frozen=True, slots=True)
class IdeologySpec:
    """The regime families, how alike each two are, and which claim to lead a movement.

    ``similarity[a][b]`` in [0, 1], symmetric, 1 on the diagonal unless the file says otherwise. ``divisive`` families are
    those whose members compete for a single leadership (pan-Arab, Ba'th, Leninist): alike, and rivals for it.
    """

    families: tuple[str, ...]
    similarity: dict[str, dict[str, float]]
    divisive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contiguity:
    """Two states that border: ``kind`` 1 land or river, 2-5 water up to 12, 24, 150, 400 miles (CoW Direct Contiguity)."""

    a: ActorId
    b: ActorId
    kind: int
    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Two states that see each other as threatening enemies (Thompson, Sakuwa & Suhas 2021)."""

    a: ActorId
    b: ActorId
    start: int
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of ``challenger`` on ``target``."""

    challenger: ActorId
    target: ActorId
    start: int
    end: int | None = None
    issue: Issue = "territory"


@dataclass(frozen=True, slots=True)
class PastDispute:
    """A militarised dispute before the start: ``initiator`` against ``target``, highest ``level`` 1-5 (MID scale)."""

    initiator: ActorId
    target: ActorId
    tick: int
    level: int


@dataclass(frozen=True, slots=True)
class AlignmentSpec:
    """An alignment in force at the start. ``against`` names the threat if the instrument does."""

    members: tuple[ActorId, ...]
    commitment: Commitment
    start: int
    end: int | None = None
    against: ActorId | None = None
    secret: bool = False
    name: str = ""
    lead: ActorId | None = None
    """The guarantor or supplier, where the promise runs one way."""


@dataclass(frozen=True, slots=True)
class AidSpec:
    """Aid at the start: yearly ``amount`` as a share of the recipient's budget, in [0, 1]."""

    donor: ActorId
    recipient: ActorId
    kind: AidKind
    amount: float


@dataclass(frozen=True, slots=True)
class Condition:
    """What an inject waits for: an incident, a war or an alliance between two states, or several of these at once."""

    incident: str | None
    """A kind of incident, the first of which counts that concerns all of ``actors``."""
    actors: tuple[ActorId, ...]
    at_war: tuple[ActorId, ActorId] | None
    allied: tuple[ActorId, ActorId] | None
    since: int
    """The first tick that counts."""
    until: int
    """The last."""
    after_days: int
    """Days from then to the inject."""


@dataclass(frozen=True, slots=True)
class InjectSpec:
    """Something the scenario has in store; ``kind`` and ``fields`` are those of an inject in ``injects``.

    One of three: it happens at ``tick``, or once what it waits for ``when`` has come about, or if a moderator wants it;
    ``optional`` is then what a button for it says.
    """

    kind: str
    fields: dict[str, Any]
    tick: int | None = None
    when: Condition | None = None
    optional: str = ""

    def plain(self) -> dict[str, Any]:
        """Return the inject as plain values: its kind and its fields."""
        return {"kind": self.kind, **self.fields}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario. ``distance_scale_km`` is the length over which proximity falls to 1/e (3000 on world maps)."""

    id: str
    title: str
    summary: str
    start: date
    end: date
    actors: tuple[ActorSpec, ...]
    ideology: IdeologySpec
    window_months: int = 3
    distance_scale_km: float = 3000.0
    dispute_rate: float = 1.0
    """Multiplies the hazard of exogenous disputes; 1 is the published rate."""
    unrest_rate: float = 1.0
    """Multiplies the hazard of coups and the swings of legitimacy; 1 is the published rate, 0 leaves both to play."""
    minutes: int = 0
    """How long a class needs to play it, as its author judges; 0 where the file does not say."""
    contiguity: tuple[Contiguity, ...] = ()
    rivalries: tuple[Rivalry, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[PastDispute, ...] = ()
    alignments: tuple[AlignmentSpec, ...] = ()
    aid: tuple[AidSpec, ...] = ()
    injects: tuple[InjectSpec, ...] = ()
    sources: tuple[str, ...] = ()
    instructor_note: str = ""
    recorded: bool = False
    """Whether the world follows a record (``history_text``): nothing happens in it by chance, and silence decides nothing."""

    def withholding(self, places: Collection[int]) -> Scenario:
        """Return the scenario without some of its injects, named by their places in ``injects``."""
        kept = tuple(spec for place, spec in enumerate(self.injects) if place not in places)
        return replace(self, injects=kept) if places else self

"""A scenario as data. ``reading/scenario_text.py`` reads it from TOML; ``opening.py`` builds the first world from it.

All times are ticks; times before the scenario's start are negative.
"""

from __future__ import annotations

from collections.abc import Collection, Container
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from counterpoise.sim.expectation import AnyExpectation
from counterpoise.sim.types import ActorId, AidKind, Commitment, Issue, Posture, QuestionKind, Role, TalkLevel

IndexSetting = Literal["shown", "hidden", "lot"]
"""Whether seats are shown the theory's threat index: all are, none is, or half of them by lot."""
COMPONENTS = ("milex", "milper", "irst", "pec", "tpop", "upop")
"""The six components of the Composite Index of National Capability (Singer, Bremer & Stuckey 1972; NMC v7.0).

Military expenditure (thousands of current US dollars), military personnel (thousands), iron and steel production
(thousand tons), primary energy consumption (thousand coal-ton equivalents), total and urban population (thousands).
"""


@dataclass(frozen=True, slots=True)
class Waypoint:
    """An actor's six components at a tick; between waypoints they are interpolated log-linearly."""

    tick: int
    components: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RegimeSpec:
    """A regime from ``tick`` on: its family and its domestic traits, each in [0, 1]."""

    tick: int
    family: str
    legitimacy: float
    openness: float
    constraint: float
    unrest: float | None = None
    """Factor on the hazard of a coup; ``None`` for that of the state."""
    successors: dict[str, float] | None = None
    """Weights of the families that a coup puts in power; ``None`` for those of the state."""
    centres: int | None = None
    """How many centres of power must agree on policy, 1 to 9; ``None`` for ``usual_centres`` of the constraint."""


def usual_centres(constraint: float) -> int:
    """Return how many centres of power decide in a state with this domestic constraint: 1 without any, 5 with the strongest.

    Institutional constraint grows with the number of independent veto players (Henisz 2000; Tsebelis 2002). The scale is chosen.
    """
    return 1 + round(4.0 * constraint)


def diffusion(centres: int) -> float:
    """Return how widely power is spread over some centres, in [0, 1): 0 for one, a half for three."""
    return (centres - 1) / (centres + 1)


ObjectiveKind = Literal[
    "land", "gain", "allies", "protector", "apart", "isolated", "peace", "outweigh", "regime", "independence", "supplied",
    "leadership",
]  # fmt: skip
"""What a state can want beside survival, security and influence; ``rules/objectives.py`` says how each is measured."""


@dataclass(frozen=True, slots=True)
class Objective:
    """Something that a state wants and that its score measures."""

    kind: ObjectiveKind
    states: tuple[ActorId, ...] = ()
    """The states that it is about; for most kinds none means all."""
    weight: float = 1.0
    """Its weight among the state's objectives."""
    public: bool = False
    """Whether other states are told of it."""
    count: int = 1
    """How many states are enough."""


@dataclass(frozen=True, slots=True)
class ActorSpec:
    """A state of the scenario.

    ``technology`` multiplies the quality of its forces (1 is the scenario's average). ``offensive_share`` is the share of forces
    fit to strike, ``lift`` the ability to project them, ``revisionism`` the dissatisfaction with the status quo, all in
    [0, 1]. The state exists from ``enters`` until before ``leaves``.
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
    great_power_from: int | None = None
    """The first tick at which reports count it among the great powers; no rule of the simulation reads it."""
    great_power_until: int | None = None
    """The first tick at which they no longer do."""
    unrest: float = 1.0
    """Factor on the hazard of a coup (``rules/coups.py``); 0 for none."""
    successors: dict[str, float] = field(default_factory=dict)
    """Weights of the families that a coup puts in power; if there are none, families like the present one."""
    briefing: str = ""
    goals: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    bots: tuple[str, ...] = ()
    """Names of bots for the seat when no person takes it; one is drawn. If empty, one is drawn from the default mix."""

    def plain(self) -> dict[str, Any]:
        """Return what a page shows of every state: its code, name and role, and what and where its capital is."""
        shown = ("id", "name", "capital", "role", "latitude", "longitude")
        return {name: getattr(self, name) for name in shown}


@dataclass(frozen=True, slots=True)
class IdeologySpec:
    """The regime families, how similar each two are, and which are divisive.

    ``similarity[a][b]`` is in [0, 1], symmetric, and 1 on the diagonal unless the file says otherwise. The members of a
    ``divisive`` family compete for a single leadership (pan-Arab, Ba'th, Leninist).
    """

    families: tuple[str, ...]
    similarity: dict[str, dict[str, float]]
    divisive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contiguity:
    """A border of two states: ``kind`` 1 is land or river, 2-5 water up to 12, 24, 150, 400 miles (CoW Direct Contiguity)."""

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
    """A militarised dispute before the start: ``initiator`` against ``target``, with the highest ``level`` on the MID scale."""

    initiator: ActorId
    target: ActorId
    tick: int
    level: int


@dataclass(frozen=True, slots=True)
class AlignmentSpec:
    """An alignment in force at the start. ``against`` is the threat that its treaty names, if any."""

    members: tuple[ActorId, ...]
    commitment: Commitment
    start: int
    end: int | None = None
    against: ActorId | None = None
    secret: bool = False
    name: str = ""
    lead: ActorId | None = None
    """The guarantor or supplier of a one-sided promise."""


@dataclass(frozen=True, slots=True)
class AidSpec:
    """Aid at the start; ``amount`` is the yearly aid as a share of the recipient's budget, in [0, 1]."""

    donor: ActorId
    recipient: ActorId
    kind: AidKind
    amount: float


@dataclass(frozen=True, slots=True)
class InjectCondition:
    """A condition of an inject; all parts that are given must hold.

    The codes of states may be roles in braces (``rules/events/inject_roles.py``).
    """

    incident: str | None = None
    """A kind of incident that has happened, between all of ``actors`` and with the given ``attacker`` and ``target``."""
    actors: tuple[ActorId, ...] = ()
    attacker: ActorId | None = None
    target: ActorId | None = None
    inject: str | None = None
    """The ``id`` of another inject that has happened."""
    at_war: tuple[ActorId, ActorId] | None = None
    allied: tuple[ActorId, ActorId] | None = None
    """Two states that share an alignment, whenever it was formed."""
    formed: tuple[ActorId, ActorId] | None = None
    """Two states that share an alignment formed at ``since`` or later."""
    commitments: tuple[Commitment, ...] = ()
    """The only commitments that count for ``allied`` and ``formed``; all count if there are none."""
    exists: tuple[ActorId, ...] = ()
    families: tuple[tuple[ActorId, tuple[str, ...]], ...] = ()
    """States whose regime is of one of these families."""
    in_power_since: tuple[tuple[ActorId, int], ...] = ()
    """States whose present regime came to power at this tick or later."""
    secret: bool = False
    """Whether secret alignments and incidents count too."""
    since: int = 0
    """The first tick from which incidents, injects and new alignments count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectWait(InjectCondition):
    """The condition that an inject waits for. It is checked every day from ``since`` on."""

    until: int
    """The last tick at which it is checked."""
    after_days: int = 0
    """Days from the condition to the inject."""


@dataclass(frozen=True, slots=True)
class InjectSpec:
    """An inject of the scenario; ``kind`` and ``fields`` are those of an inject in ``injects``.

    It happens at ``tick``, or once the condition ``when`` holds and not before ``tick``, or when a moderator triggers it. In the
    last case ``optional`` is the text of its button. It happens only if all of ``conditions`` and none of ``exceptions`` hold.
    """

    kind: str
    fields: dict[str, Any]
    tick: int | None = None
    when: InjectWait | None = None
    optional: str = ""
    id: str = ""
    """The name by which other injects wait for this one; empty if it has none."""
    conditions: tuple[InjectCondition, ...] = ()
    exceptions: tuple[InjectCondition, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the inject as plain values: its kind and its fields."""
        return {"kind": self.kind, **self.fields}

    def states(self, codes: Container[str]) -> list[str]:
        """Return the states that the fields name, in their order, each once.

        Args:
            codes: the codes of the scenario's states.
        """
        values = (
            one for value in self.fields.values() for one in (value if isinstance(value, list | tuple) else [value])
        )
        return list(dict.fromkeys(one for one in values if isinstance(one, str) and one in codes))


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """A question that the scenario asks seats for the debrief when a window opens."""

    ask: QuestionKind
    tick: int | None = None
    """The first window that opens at this tick or later asks it; ``None`` for the last window."""
    every_windows: int = 0
    """After how many windows it is asked again; 0 for once only."""
    until: int | None = None
    """The last tick at which it is asked again."""
    seats: tuple[ActorId, ...] = ()
    """Who is asked; everybody if there are none."""
    about: ActorId | None = None
    """The state whose choice is to be predicted."""
    words: str = ""
    windows: int = 1
    """How many windows it stays open."""


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """A question that shows whether a briefing was understood, and the right answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Teaching:
    """What an instructor's pack says of a scenario. No rule and no bot reads it."""

    aims: tuple[str, ...]
    """What a class should be able to do afterwards."""
    varies: str
    """The one factor that differs while the others are held, or why none is held."""
    check: tuple[CheckQuestion, ...] = ()
    discuss: tuple[str, ...] = ()
    """Questions for the debrief."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario. ``distance_scale_km`` is the distance at which proximity falls to 1/e (3000 on world maps)."""

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
    """Factor on the hazard of exogenous disputes; 1 is the published rate."""
    unrest_rate: float = 1.0
    """Factor on the hazard of coups and the random changes of legitimacy; 1 is the published rate, 0 turns both off."""
    talk: TalkLevel = "free"
    """What states may write to each other when the game begins."""
    threat_index: IndexSetting = "shown"
    """Whether seats are shown the theory's threat index, unless the host of a session decides otherwise."""
    minutes: int = 0
    """Minutes that a class needs to play it, by its author's estimate; 0 if the file does not say."""
    contiguity: tuple[Contiguity, ...] = ()
    rivalries: tuple[Rivalry, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[PastDispute, ...] = ()
    alignments: tuple[AlignmentSpec, ...] = ()
    aid: tuple[AidSpec, ...] = ()
    injects: tuple[InjectSpec, ...] = ()
    questions: tuple[QuestionSpec, ...] = ()
    """What seats are asked for the debrief."""
    expectations: tuple[AnyExpectation, ...] = ()
    """What the author expects of the games (``counterpoise trial``). No rule and no bot reads them."""
    sources: tuple[str, ...] = ()
    instructor_note: str = ""
    teaching: Teaching | None = None
    recorded: bool = False
    """Whether the world follows a record (``reading/history_text.py``): nothing happens by chance or because a seat is silent."""

    def without_injects(self, indices: Collection[int]) -> Scenario:
        """Return the scenario without the injects at the given indices of ``injects``."""
        kept = tuple(spec for index, spec in enumerate(self.injects) if index not in indices)
        return replace(self, injects=kept) if indices else self

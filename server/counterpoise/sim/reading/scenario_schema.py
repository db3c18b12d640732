"""The schema of a scenario file: its tables with their keys, types and bounds. ``scenario_consistency`` checks the rest."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from counterpoise.sim.expectation import AnyExpectation
from counterpoise.sim.scenario import IndexSetting, ObjectiveKind
from counterpoise.sim.types import AidKind, Commitment, Issue, Posture, QuestionKind, Role, Share, TalkLevel

WindowMonths = Literal[1, 2, 3, 4, 6, 12]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", description="lower case letters, digits and hyphens")]
Line = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=8000)]
ROWS_MAX = Meta(max_length=1000)
"""Most injects, questions and expectations: each is checked against all the others."""
Family = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="lower case letters, digits, underscores")]
Figure = Annotated[float, Meta(ge=0.0, le=1e12)]
Factor = Annotated[float, Meta(gt=0.0, le=10.0)]
Unrest = Annotated[float, Meta(ge=0.0, le=10.0, description="factor on the hazard of a coup")]
Successors = dict[str, Annotated[float, Meta(ge=0.0, le=1000.0)]]
"""Weights of the families that a coup puts in power."""
WaypointRow = tuple[date, Figure, Figure, Figure, Figure, Figure, Figure]
"""A date and the six components in the order of ``scenario.COMPONENTS``."""
Pair = tuple[str, str]
BorderKind = Annotated[
    int, Meta(ge=1, le=5, description="1 land or river; 2, 3, 4, 5 water of up to 12, 24, 150, 400 miles")
]
Level = Annotated[
    int, Meta(ge=1, le=5, description="1 none, 2 threat, 3 display, 4 use of force, 5 war (MID hostility)")
]

Trigger = Literal[
    "alliance_ended", "alliance_formed", "alliance_joined", "announcement", "claim_settled", "crisis_ended", "crisis_opened",
    "land_occupied", "mobilized", "peace_brokered", "penetration_exposed", "promise_broken", "regime_changed", "rivalry_began",
    "rivalry_ended", "secret_revealed", "state_entered", "state_left", "war_began", "war_ended", "war_joined", "war_left",
]  # fmt: skip
"""Kinds of incidents for which an inject can wait."""


class FileTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base class of the tables of a file; an unknown key is an error."""


class ScenarioTable(FileTable, frozen=True, kw_only=True):
    """``[scenario]``: its title, its dates and its rates."""

    id: Slug
    title: Line
    summary: Annotated[str, Meta(min_length=1, max_length=600)]
    start: date
    end: date
    window_months: WindowMonths = 3
    minutes: Annotated[int, Meta(ge=0, le=100_000)] = 0
    threat_index: IndexSetting = "shown"
    dispute_rate: Annotated[float, Meta(ge=0.0, le=100.0)] = 1.0
    unrest_rate: Annotated[float, Meta(ge=0.0, le=10.0)] = 1.0
    talk: TalkLevel = "free"
    instructor_note: Text = ""
    sources: tuple[Text, ...] = ()


class CheckRow(FileTable, frozen=True, kw_only=True):
    """An element of ``check`` of ``[teaching]``: a question on the briefing, and the right answer."""

    question: Line
    answer: Line


class TeachingTable(FileTable, frozen=True, kw_only=True):
    """``[teaching]``: what an instructor's pack says of the scenario."""

    aims: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=10)]
    varies: Annotated[str, Meta(min_length=1, max_length=600)]
    check: Annotated[tuple[CheckRow, ...], Meta(max_length=10)] = ()
    discuss: Annotated[tuple[Line, ...], Meta(max_length=20)] = ()


class IdeologyTable(FileTable, frozen=True, kw_only=True):
    """``[ideology]``: the regime families and the similarity of each two."""

    families: tuple[Family, ...]
    similarity: dict[str, dict[str, Share]] = {}
    divisive: tuple[str, ...] = ()


class RegimeRow(FileTable, frozen=True, kw_only=True):
    """An element of ``regimes``."""

    start: date = msgspec.field(name="from")
    family: str
    legitimacy: Share
    openness: Share
    constraint: Share
    centres: Annotated[int, Meta(ge=1, le=9)] | None = None
    unrest: Unrest | None = None
    successors: Successors | None = None


class ObjectiveRow(FileTable, frozen=True, kw_only=True):
    """An element of ``objectives`` of a state."""

    kind: ObjectiveKind
    states: tuple[str, ...] = ()
    weight: Annotated[float, Meta(gt=0.0, le=10.0)] = 1.0
    public: bool = False
    count: Annotated[int, Meta(ge=1, le=50)] = 1


class ActorTable(FileTable, frozen=True, kw_only=True):
    """``[actors.CODE]``: a state."""

    name: Line
    role: Role = "regional"
    capital: Line
    latitude: Annotated[float, Meta(ge=-90.0, le=90.0)]
    longitude: Annotated[float, Meta(ge=-180.0, le=180.0)]
    waypoints: tuple[WaypointRow, ...]
    regimes: tuple[RegimeRow, ...]
    enters: date | None = None
    leaves: date | None = None
    technology: Factor = 1.0
    offensive_share: Share = 0.4
    lift: Share = 0.0
    revisionism: Share = 0.3
    posture: Posture = "balanced"
    nuclear_from: date | None = None
    great_power_from: date | None = None
    great_power_until: date | None = None
    unrest: Unrest = 1.0
    successors: Successors = {}
    briefing: Text = ""
    goals: tuple[Annotated[str, Meta(min_length=1, max_length=300)], ...] = ()
    objectives: tuple[ObjectiveRow, ...] = ()
    bots: tuple[Annotated[str, Meta(min_length=1, max_length=60, description="a bot's name")], ...] = ()


class BorderRow(FileTable, frozen=True, kw_only=True):
    """An element of ``geography.borders``."""

    between: Pair
    kind: BorderKind
    start: date | None = None
    end: date | None = None


class RivalryRow(FileTable, frozen=True, kw_only=True):
    """An element of ``history.rivalries``."""

    between: Pair
    start: date
    end: date | None = None


class ClaimRow(FileTable, frozen=True, kw_only=True):
    """An element of ``history.claims``."""

    challenger: str
    target: str
    start: date
    end: date | None = None
    issue: Issue = "territory"


class DisputeRow(FileTable, frozen=True, kw_only=True):
    """An element of ``history.disputes``."""

    initiator: str
    target: str
    on: date
    level: Level


class AlignmentRow(FileTable, frozen=True, kw_only=True):
    """An element of ``opening.alignments``."""

    members: Annotated[tuple[str, ...], Meta(min_length=2)]
    commitment: Commitment
    start: date
    end: date | None = None
    against: str | None = None
    secret: bool = False
    name: Annotated[str, Meta(max_length=200)] = ""
    lead: str | None = None


class AidRow(FileTable, frozen=True, kw_only=True):
    """An element of ``opening.aid``."""

    donor: str
    recipient: str
    kind: AidKind
    amount: Share


class GeographyTable(FileTable, frozen=True, kw_only=True):
    """``[geography]``: distances and borders."""

    distance_scale_km: Annotated[float, Meta(gt=0.0, le=40_000.0)] = 3000.0
    borders: tuple[BorderRow, ...] = ()


class HistoryTable(FileTable, frozen=True, kw_only=True):
    """``[history]``: rivalries and claims with their dates, and disputes before the start."""

    rivalries: tuple[RivalryRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    disputes: tuple[DisputeRow, ...] = ()


class OpeningTable(FileTable, frozen=True, kw_only=True):
    """``[opening]``: the alignments and aid of the first day."""

    alignments: tuple[AlignmentRow, ...] = ()
    aid: tuple[AidRow, ...] = ()


class ConditionTable(FileTable, frozen=True, kw_only=True):
    """A table of ``if`` or ``unless`` of an inject: a condition; all given parts must hold."""

    incident: Trigger | None = None
    actors: tuple[str, ...] = ()
    attacker: str | None = None
    target: str | None = None
    inject: Slug | None = None
    at_war: Pair | None = None
    allied: Pair | None = None
    formed: Pair | None = None
    commitments: tuple[Commitment, ...] = ()
    exists: tuple[str, ...] = ()
    family: dict[str, str | tuple[str, ...]] = {}
    in_power_since: dict[str, date] = {}
    secret: bool = False
    since: date | None = None


class WhenTable(ConditionTable, frozen=True, kw_only=True):
    """``when`` of an inject: the condition that it waits for, and for how long."""

    until: date | None = None
    after_days: Annotated[int, Meta(ge=0, le=36_600)] = 0


class QuestionRow(FileTable, frozen=True, kw_only=True):
    """An element of ``questions``: what seats are asked for the debrief, and when."""

    ask: QuestionKind
    on: date | None = None
    at: Literal["start", "end"] | None = None
    about: str | None = None
    seats: Annotated[tuple[str, ...], Meta(min_length=1)] | None = None
    words: Annotated[str, Meta(max_length=300)] = ""
    windows: Annotated[int, Meta(ge=1, le=40)] = 1
    every_windows: Annotated[int, Meta(ge=1, le=1000)] | None = None
    until: date | None = None


class ScenarioFile(FileTable, frozen=True, kw_only=True):
    """A whole scenario file."""

    scenario: ScenarioTable
    ideology: IdeologyTable
    teaching: TeachingTable | None = None
    actors: dict[str, ActorTable]
    geography: GeographyTable = GeographyTable()
    history: HistoryTable = HistoryTable()
    opening: OpeningTable = OpeningTable()
    injects: Annotated[tuple[dict[str, Any], ...], ROWS_MAX] = ()
    questions: Annotated[tuple[QuestionRow, ...], ROWS_MAX] = ()
    expect: Annotated[tuple[AnyExpectation, ...], ROWS_MAX] = ()


ROWS: dict[str, type[FileTable] | Any] = {
    "waypoints": WaypointRow,
    "regimes": RegimeRow,
    "objectives": ObjectiveRow,
    "borders": BorderRow,
    "rivalries": RivalryRow,
    "claims": ClaimRow,
    "disputes": DisputeRow,
    "alignments": AlignmentRow,
    "aid": AidRow,
    "questions": QuestionRow,
    "check": CheckRow,
    "expect": AnyExpectation,
}
"""The lists of rows, by the key that holds them."""


def file_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file, with which editors check and complete TOML."""
    schema = msgspec.json.schema(ScenarioFile)
    schema["title"] = "counterpoise scenario"
    return schema

"""The tables that dyad-year worlds are built from, and the selection of years and states in a run.

States have their Correlates of War numbers. Every table is sorted, so that the order of rows in a file changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Pair = tuple[int, int]

REGIONS: dict[str, tuple[int, int]] = {
    "americas": (2, 199),
    "europe": (200, 399),
    "africa": (400, 599),
    "middle-east": (600, 699),
    "asia": (700, 899),
    "oceania": (900, 999),
}
"""Regions by the hundreds of the Correlates of War numbers; North Africa, Iran and Turkey are in the Middle East."""


@dataclass(frozen=True, slots=True)
class Capability:
    """A state's capabilities in a year: its CINC, and its soldiers and people in thousands, if known."""

    cinc: float
    soldiers: float | None
    people: float | None


@dataclass(frozen=True, slots=True)
class Border:
    """A span of contiguity: type 1 is by land, types 2 to 5 are up to 12, 24, 150 and 400 miles of water."""

    pair: Pair
    kind: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Capital:
    """The place of a state's capital over a span of years."""

    state: int
    latitude: float
    longitude: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """One militarised dispute between two states in one year, seen from the side that began it."""

    number: int
    year: int
    by: int
    against: int
    level: int
    """The initiator's highest hostility, 1 to 5; 0 in data sets that have it for no action."""
    originators: bool
    """Whether both took part from the first day."""


@dataclass(frozen=True, slots=True)
class YearSpan:
    """A rivalry or a claim between two states, from its first to its last year. In a claim the first state is the challenger."""

    pair: Pair
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class DyadYearTables:
    """All tables of a folder. A table without a file is empty; if results need it, its name stands in ``absent``."""

    names: dict[int, str]
    capability: dict[Pair, Capability]
    """By state and year."""
    borders: tuple[Border, ...]
    capitals: tuple[Capital, ...]
    disputes: tuple[Dispute, ...]
    ties: dict[tuple[int, int, int], bool]
    """Defence and offence pacts outside mass pacts, by ordered pair and year."""
    majors: tuple[YearSpan, ...] = ()
    """Spans as a great power; the pair is the state twice."""
    rivalries: tuple[YearSpan, ...] = ()
    claims: tuple[YearSpan, ...] = ()
    wars: dict[Pair, bool] = field(default_factory=dict)
    """States at war, by state and year."""
    polity: dict[Pair, float] = field(default_factory=dict)
    ideal: dict[Pair, float] = field(default_factory=dict)
    aid: dict[Pair, float] = field(default_factory=dict)
    """Aid of the United States, by recipient and year, in dollars of 2020."""
    distances: dict[tuple[int, int, int], float] = field(default_factory=dict)
    """Kilometres between states, by pair and year, for capitals that are not in ``capitals``. Year 0 stands for every year."""
    files: dict[str, str] = field(default_factory=dict)
    """The name of each table's file, by the table's name."""
    absent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What was left out or merged, a sentence each."""
    assumed: tuple[str, ...] = ()
    """What was assumed about the form of the files, a sentence each."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The years and states of a run."""

    first: int
    last: int
    region: str | None = None
    states: tuple[int, ...] = ()
    all_dyads: bool = False

    def focal(self, state: int) -> bool:
        """Tell whether the run is about a state."""
        if self.states:
            return state in self.states
        return self.region is None or region_of(state) == self.region


def region_of(state: int) -> str:
    """Return the region of a state's number."""
    for name, (low, high) in REGIONS.items():
        if low <= state <= high:
            return name
    return "none"

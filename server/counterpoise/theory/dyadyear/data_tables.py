"""The plain tables that worlds are built from, and the part of them that a run looks at.

States go by their Correlates of War number. Every table is sorted, so that the order of rows in a file changes nothing.
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
"""Regions by the hundreds of the Correlates of War's numbers; North Africa, Iran and Turkey are in the Middle East."""


@dataclass(frozen=True, slots=True)
class Capability:
    """What a state could bring to bear in a year: its CINC, and soldiers and people in thousands, if known."""

    cinc: float
    soldiers: float | None
    people: float | None


@dataclass(frozen=True, slots=True)
class Border:
    """A spell of contiguity: type 1 land, 2 to 5 up to 12, 24, 150 and 400 miles of water."""

    pair: Pair
    kind: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Capital:
    """Where a state's capital stood over a span of years."""

    state: int
    latitude: float
    longitude: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """One militarised dispute between two states in one year, from the side that began it."""

    number: int
    year: int
    by: int
    against: int
    level: int
    """The initiator's highest hostility, 1 to 5."""
    originators: bool
    """Whether both took part from the first day."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A rivalry or a claim between two states, first to last year; of a claim the first state is the challenger."""

    pair: Pair
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything read from a folder. A table that was not there is empty and listed in ``absent``."""

    names: dict[int, str]
    capability: dict[Pair, Capability]
    """By state and year."""
    borders: tuple[Border, ...]
    capitals: tuple[Capital, ...]
    disputes: tuple[Dispute, ...]
    ties: dict[tuple[int, int, int], bool]
    """Defence or offence pacts outside mass pacts, by pair in order and year."""
    majors: tuple[Spell, ...] = ()
    """Spells of great power; the pair is the state twice."""
    rivalries: tuple[Spell, ...] = ()
    claims: tuple[Spell, ...] = ()
    wars: dict[Pair, bool] = field(default_factory=dict)
    """States at war, by state and year."""
    polity: dict[Pair, float] = field(default_factory=dict)
    ideal: dict[Pair, float] = field(default_factory=dict)
    aid: dict[Pair, float] = field(default_factory=dict)
    """What the United States gave, by recipient and year, in dollars of 2020."""
    absent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which years and states a run looks at."""

    first: int
    last: int
    region: str | None = None
    states: tuple[int, ...] = ()
    all_dyads: bool = False

    def focal(self, state: int) -> bool:
        """Tell whether a state is one the run is about."""
        if self.states:
            return state in self.states
        return self.region is None or region_of(state) == self.region


def region_of(state: int) -> str:
    """Return the region a state's number stands in."""
    for name, (low, high) in REGIONS.items():
        if low <= state <= high:
            return name
    return "none"

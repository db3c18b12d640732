"""What a trial keeps of one game: ties, wars, coups, crises, injects and absurdities, with their days."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from counterpoise.sim.expectation import TieKind
from counterpoise.sim.types import ActorId

Pair = tuple[ActorId, ActorId]
"""Two states, in the order of their codes."""
AbsurdityKind = Literal[
    "hopeless_attack", "hopeless_joiner", "allied_rivals", "ally_of_both_sides", "regime_jump", "alliance_out_of_reach"
]


class Tie(Struct):
    """A tie of two states from ``start`` until before ``end``, in ticks."""

    states: Pair
    kind: TieKind
    start: int
    end: int


class Entry(Struct):
    """The entry of a state into a war that others began."""

    state: ActorId
    attacking: bool
    tick: int


class Fight(Struct):
    """Two states that fought each other in a war, from ``start`` until before ``end``, in ticks."""

    states: Pair
    start: int
    end: int


class War(Struct):
    """A war, with all states that entered it on each side, the one that began it and its victim first."""

    began: int
    attackers: list[ActorId]
    defenders: list[ActorId]
    great_powers: list[ActorId]
    """The parties that were great powers when they entered."""


class RegimeSpell(Struct):
    """A state under regimes of one family from ``start`` until before ``end``, in ticks."""

    state: ActorId
    family: str
    start: int
    end: int


class GreatPowerSpell(Struct):
    """A state that is a great power from ``start`` until before ``end``, in ticks."""

    state: ActorId
    start: int
    end: int


class Coup(Struct):
    """A coup: the state, the family that fell and the one that followed."""

    state: ActorId
    tick: int
    before: str
    after: str
    great_power: bool


class CrisisRecord(Struct):
    """A crisis by its two sides."""

    tick: int
    initiator: ActorId
    target: ActorId


class InjectRecord(Struct):
    """An inject of the scenario, by its place in the file from 0; ``void`` if play had made it impossible."""

    index: int
    tick: int
    void: bool


class Absurdity(Struct):
    """Something that a reader of history would not believe.

    ``severity`` in [0, 1] orders absurdities of all kinds; 1 is the worst. ``words`` tells what happened.
    """

    kind: AbsurdityKind
    states: tuple[ActorId, ...]
    tick: int
    severity: float
    words: str


class GameRecord(Struct):
    """One game of a trial."""

    number: int
    seed: str
    ticks: int
    """The tick that the game reached."""
    ties: list[Tie]
    fights: list[Fight]
    wars: list[War]
    regimes: list[RegimeSpell]
    coups: list[Coup]
    crises: list[CrisisRecord]
    injects: list[InjectRecord]
    absurdities: list[Absurdity]
    great_powers: list[GreatPowerSpell]
    scores: dict[ActorId, float]
    failures: list[str]
    """The last failure of each bot that failed."""

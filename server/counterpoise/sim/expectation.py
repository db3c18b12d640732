"""What an author expects of games: rows with a source and a range, with which ``counterpoise trial`` compares a scenario.

Nothing in play reads them. They keep their dates, because only files and reports show them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

TieKind = Literal[
    "defence", "offence", "neutrality", "nonaggression", "consultation", "guarantee", "basing", "arms", "joint_operation",
    "union", "economic", "military",
]  # fmt: skip
"""What can tie two states: a commitment, or aid of either kind."""
SUPPORT: tuple[TieKind, ...] = (
    "defence", "offence", "consultation", "guarantee", "basing", "arms", "joint_operation", "union", "economic", "military"
)  # fmt: skip
"""Ties that support: all but neutrality and non-aggression."""
PACTS_TO_FIGHT: tuple[TieKind, ...] = ("defence", "offence", "guarantee", "joint_operation", "union")
"""Ties by which a state may have to fight for another."""
State = Annotated[str, Meta(description="a state's code")]
Pair = tuple[State, State]
Limit = Annotated[float, Meta(ge=0.0, le=1000.0)]
Camp = Annotated[tuple[State, ...], Meta(min_length=1, description="states of one camp")]
AmongGreatPowers = Literal["great_powers"]


class Expectation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """The keys that every row has."""

    source: Annotated[
        str, Meta(min_length=1, max_length=400, description="the data set with its number, or author and year")
    ]
    at_least: Annotated[Limit | None, Meta(description="the lower end of the range")] = None
    at_most: Annotated[Limit | None, Meta(description="the upper end of the range")] = None
    held_out: Annotated[bool, Meta(description="whether the scenario and the bots were not tuned to this row")] = False
    note: Annotated[str, Meta(max_length=400, description="why the row stands here")] = ""


class Dated(Expectation, frozen=True, kw_only=True):
    """The keys of the rows about a period; without dates it is the whole game."""

    since: Annotated[date | None, Meta(description="the first day of the period")] = None
    until: Annotated[date | None, Meta(description="the last day of the period")] = None


class TieExpectation(Dated, frozen=True, kw_only=True, tag="tie"):
    """The share of games in which two states are tied in the period."""

    between: Annotated[Pair, Meta(description="the two states")]
    or_between: Annotated[tuple[Pair, ...], Meta(description="other pairs; a tie of any of the pairs is enough")] = ()
    by: Annotated[tuple[TieKind, ...], Meta(min_length=1, description="the kinds of tie that count")] = SUPPORT
    years: Annotated[float, Meta(ge=0.0, le=200.0, description="for how many years of the period at least")] = 0.0


class UnalignedExpectation(Dated, frozen=True, kw_only=True, tag="unaligned"):
    """The share of games in which a state has no tie with certain others in the whole period."""

    of: Annotated[State, Meta(description="the state")]
    partners: Annotated[tuple[State, ...], Meta(description="the others; without this key all states")] = ()
    by: Annotated[tuple[TieKind, ...], Meta(min_length=1, description="the kinds of tie that count")] = PACTS_TO_FIGHT


class CampsExpectation(Expectation, frozen=True, kw_only=True, tag="camps"):
    """The share of games with two camps on a date: each is connected by ties, and no tie connects the two."""

    on: Annotated[date, Meta(description="the date")]
    camps: Annotated[
        tuple[Camp, Camp] | None,
        Meta(description="states of each camp; without this key any two camps of great powers"),
    ] = None
    states: Annotated[int, Meta(ge=2, le=200, description="states that each camp has at least")] = 2
    great_powers: Annotated[
        int, Meta(ge=1, le=20, description="great powers that each camp has at least, if no camps are named")
    ] = 2
    by: Annotated[tuple[TieKind, ...], Meta(min_length=1, description="the kinds of tie that count")] = PACTS_TO_FIGHT


class FoughtExpectation(Dated, frozen=True, kw_only=True, tag="fought"):
    """The share of games in which two states fight each other in the period."""

    between: Annotated[Pair, Meta(description="the two states")]


class WarsExpectation(Dated, frozen=True, kw_only=True, tag="wars"):
    """The number of wars in a game that begin in the period."""

    among: Annotated[
        AmongGreatPowers | tuple[State, ...],
        Meta(description="states of which each side has one, or great_powers; without this key all states"),
    ] = ()


class InitiatorExpectation(Dated, frozen=True, kw_only=True, tag="initiator"):
    """Of the wars between two states in the period, the share that the first of them began."""

    by: Annotated[State, Meta(description="the state that attacks")]
    against: Annotated[State, Meta(description="the state that is attacked")]


class CoupsExpectation(Dated, frozen=True, kw_only=True, tag="coups"):
    """The number of coups in the period, in a game or for each state and year."""

    among: Annotated[
        AmongGreatPowers | tuple[State, ...],
        Meta(description="the states, or great_powers; without this key all states"),
    ] = ()
    families: Annotated[
        tuple[str, ...], Meta(description="families of the regimes overthrown; all without this key")
    ] = ()
    per: Annotated[Literal["game", "state_year"], Meta(description="what the number is counted by")] = "game"


class RegimeExpectation(Dated, frozen=True, kw_only=True, tag="regime"):
    """The share of games in which a state has regimes of certain families only, through the whole period."""

    of: Annotated[State, Meta(description="the state")]
    families: Annotated[tuple[str, ...], Meta(min_length=1, description="the families")]


class InjectExpectation(Dated, frozen=True, kw_only=True, tag="inject"):
    """The share of games in which an inject of the scenario happens in the period."""

    begins: Annotated[
        str,
        Meta(min_length=3, max_length=200, description="how the inject's text begins, or its kind if it has no text"),
    ]


class CrisesExpectation(Dated, frozen=True, kw_only=True, tag="crises"):
    """The number of crises a year that open in the period."""

    among: Annotated[
        tuple[State, ...], Meta(description="states to which both sides belong; without this key all states")
    ] = ()


AnyExpectation = (
    TieExpectation
    | UnalignedExpectation
    | CampsExpectation
    | FoughtExpectation
    | WarsExpectation
    | InitiatorExpectation
    | CoupsExpectation
    | RegimeExpectation
    | InjectExpectation
    | CrisesExpectation
)
EXPECTATIONS: dict[str, type[Expectation]] = {str(kind.__struct_config__.tag): kind for kind in AnyExpectation.__args__}
"""The kinds of rows by their names."""
SHARES = ("tie", "unaligned", "camps", "fought", "initiator", "regime", "inject")
"""The kinds whose range is a share, in [0, 1]."""


def kind_of(row: Expectation) -> str:
    """Return the name of a row's kind."""
    return str(row.__struct_config__.tag)


def inject_words(fields: dict[str, object], optional: str = "") -> str:
    """Return the words by which a row names an inject: its text, its demand, its button, or its kind."""
    return str(fields.get("text") or fields.get("demand") or optional or fields.get("kind", ""))

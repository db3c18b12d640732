"""The report of a trial as a document."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from counterpoise.document_schema import Count, Day, Interval, PositiveCount, Share, StateCode, json_schema
from counterpoise.sim.expectation import TieKind
from counterpoise.trial.game_record import AbsurdityKind

States = tuple[StateCode, StateCode]
Unit = Literal["share of games", "share of wars", "per game", "per year", "per state and year"]
UNITS: dict[str, Unit] = {"wars": "per game", "crises": "per year", "initiator": "share of wars"}
"""What the range of a kind of row counts; a share of games for kinds that are not here."""


class Rate(Struct, frozen=True):
    """How often something happened over all games."""

    cases: Count
    """How often in all games together."""
    value: float
    """The rate."""
    ci: Interval
    """95 % interval of the rate, as if cases were independent of each other."""


class ExpectationResult(Struct, frozen=True, kw_only=True):
    """A row of the scenario's expectations, and what the games show."""

    number: PositiveCount
    """The row's place in the file, from 1."""
    kind: str
    """The row's kind."""
    words: str
    """What the row expects, in words."""
    source: str
    """The row's source."""
    held_out: bool
    """Whether the scenario and the bots were not tuned to the row."""
    unit: Unit
    """What the numbers count."""
    at_least: float | None
    """The lower end of the expected range; null without one."""
    at_most: float | None
    """The upper end of the expected range; null without one."""
    cases: Count | None
    """In how many games, or how often, it was observed; null if the row is not judged."""
    of: float | None
    """The games, wars, years or state-years in which it could have been observed; null as above."""
    observed: float | None
    """The observed share or rate; null as above."""
    ci: Interval | None
    """95 % interval: of a share by Wilson's score, of a rate by Byar's approximation; null as above."""
    met: bool | None
    """Whether the observed number lies in the expected range; null as above."""
    unjudged: str | None
    """Why the row is not judged; null if it is."""


class Tally(Struct, frozen=True):
    """How many rows were met."""

    met: Count
    """Rows met."""
    of: Count
    """Rows that the games could judge."""
    unjudged: Count
    """Rows whose period no game reached, or that had no case."""


class TiedPair(Struct, frozen=True):
    """Two states that were tied by something that supports: a pact, arms, bases or aid, but not neutrality or non-aggression."""

    states: States
    """The two states."""
    share: Share
    """Share of the games in which they were ever tied."""
    years: float
    """Mean years of the tie, over all games."""
    to_fight: Share
    """Share of the games in which a pact bound one to fight for the other."""
    kinds: dict[TieKind, Share]
    """Share of the games by kind of tie."""


class FightingPair(Struct, frozen=True):
    """Two states that fought each other."""

    states: States
    """The two states."""
    share: Share
    """Share of the games in which they fought."""
    years: float
    """Mean years of fighting, over all games."""
    first_attacked: Count
    """Wars of the two, in all games, that the first of them began."""
    second_attacked: Count
    """Wars of the two, in all games, that the second of them began."""


class FamilyCoups(Struct, frozen=True):
    """Coups against regimes of one family."""

    family: str
    """The family."""
    state_years: float
    """Years under regimes of the family, over all states and games."""
    coups: Rate
    """Coups for each state and year."""


class StateCoups(Struct, frozen=True):
    """Coups in one state."""

    state: StateCode
    """The state."""
    coups: Rate
    """Coups a game."""


class InjectResult(Struct, frozen=True):
    """An inject of the scenario with a date or a condition."""

    number: PositiveCount
    """Its place in the file, from 1."""
    words: str
    """How its text begins, or its kind and its states, after its id if it has one."""
    share: Share
    """Share of the games in which it happened."""
    void: Share
    """Share of the games in which play had made it impossible."""
    on_first_day: Share
    """Share of the games in which it happened on the first day of the game: its condition asks for nothing new."""
    earliest: Day | None
    """The earliest day on which it happened; null if it never did."""
    latest: Day | None
    """The latest day on which it happened; null if it never did."""


class AbsurdityResult(Struct, frozen=True):
    """An absurdity of certain states, over all games."""

    kind: AbsurdityKind
    """Its kind."""
    states: tuple[StateCode, ...]
    """The states in it."""
    share: Share
    """Share of the games in which it happened."""
    cases: PositiveCount
    """How often in all games."""
    severity: Share
    """How bad the worst case is."""
    words: str
    """What happened in the worst case."""
    on: Day
    """The date of the worst case."""
    seed: str
    """The seed of its game: `counterpoise run` with the same bots plays it again."""


class TrialReport(Struct, frozen=True, kw_only=True):
    """A trial: many games of a scenario by bots. Lists of pairs begin with the most frequent, absurdities with the worst."""

    document_version: Literal[1] = 1
    """Raised whenever the meaning of a key changes or a key goes."""
    scenario: str
    """The id of the scenario."""
    title: str
    """Its title."""
    started: Day
    """The first day of the games."""
    ended: Day
    """The last day that any game reached."""
    seed: str
    """The seed from which the seeds of the games derive."""
    games: PositiveCount
    """The number of games."""
    bots: list[str]
    """The options that chose the bots; empty for the scenario's own."""
    actors: dict[StateCode, str]
    """The names of the states."""
    warnings: list[str]
    """Figures of the file that look odd, a sentence each."""
    tuned: Tally
    """Rows to which the scenario may have been tuned."""
    held_out: Tally
    """Rows that were kept out of tuning."""
    expectations: list[ExpectationResult]
    """Every row, in the order of the file."""
    great_power_wars: Rate
    """Wars a game with a great power on each side."""
    wars: Rate
    """Wars a game."""
    crises: Rate
    """Crises a year."""
    great_power_coups: Rate
    """Coups a game in great powers."""
    coups: Rate
    """Coups a game."""
    coups_by_family: list[FamilyCoups]
    """Coups by the family of the regime overthrown, in the order of the file."""
    coups_by_state: list[StateCoups]
    """Coups by state, the most frequent first; states without coups are left out."""
    allied: list[TiedPair]
    """Pairs that were tied in any game."""
    fought: list[FightingPair]
    """Pairs that fought in any game."""
    injects: list[InjectResult]
    """Injects with a date or a condition."""
    absurdities_a_game: dict[AbsurdityKind, float]
    """Absurdities a game, by kind."""
    absurdities: list[AbsurdityResult]
    """Absurdities by kind and states."""


def trial_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document that ``counterpoise trial --json`` prints."""
    return json_schema("counterpoise trial", TrialReport)

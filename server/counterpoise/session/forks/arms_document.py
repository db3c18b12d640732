"""Several forks of one journal as a document: arms with a change each, a dose of one change, or a fork at each window."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import Struct

from counterpoise.document_schema import Count, Day, Hash, Interval, PositiveCount, Share, StateCode, json_schema
from counterpoise.session.forks.fork_document import Difference, ForkReport, SmallestEffect, Spread
from counterpoise.session.forks.game_summary import CountName

Design = Literal["arms", "sweep", "each_window"]
"""Arms with a change each; one setting with several values; a fork at each window."""


class ArmsOrigin(Struct, frozen=True, kw_only=True):
    """What was forked, and the extent of the comparison."""

    session: str
    """The id of the journal's session."""
    head: Hash
    """The last value of the journal's chain."""
    on: Day
    """The day of the fork, or of the first of several; what happened since is compared."""
    until: Day
    """The day up to which the games are compared."""
    seed: str
    """The seed from which the seeds of the games derive."""
    seeds: PositiveCount
    """Games in each arm; game n of every arm has the same seed."""


class Arm(Struct, frozen=True, kw_only=True):
    """The games that were played with the same past."""

    name: str
    """The name of the arm."""
    on: Day
    """The day of the fork: the journal is followed up to and with it."""
    dose: float | None
    """The value that a sweep sets; null for other arms, and for words."""
    without: list[str]
    """What was taken out, a line each."""
    added: list[str] = msgspec.field(name="with")
    """What was put in, a line each."""
    impossible: list[str]
    """What the changes made impossible and was left out, a line each."""
    void: Count
    """How many more orders had no effect on their day than without the changes."""
    limits: list[str]
    """Whose forces stand at a limit of the rules after a change of them."""
    compared_with: str | None
    """The name of the arm from which differences are taken; null if none are."""


class CountInArm(Struct, frozen=True):
    """A count in the games of an arm."""

    games: Spread
    """The games."""
    difference: Difference | None
    """This arm less the one it is compared with; null if it is compared with none."""


class ShareInArm(Struct, frozen=True):
    """In how many games of an arm something holds."""

    games: Count
    """The games in which it holds."""
    share: Share
    """Their share."""
    ci: Interval
    """95 % interval of the share (Wilson)."""
    difference: Difference | None
    """This arm less the one it is compared with; null if it is compared with none."""


class CountByArm(Struct, frozen=True):
    """How often something happened."""

    name: CountName
    """The name of what is counted."""
    title: str
    """The same in words."""
    original: Count
    """How often it happened in the journal since the first fork."""
    arms: list[CountInArm]
    """The arms, in their order."""


class PairByArm(Struct, frozen=True):
    """In how many games something holds for two states."""

    states: tuple[StateCode, StateCode]
    """The two states."""
    original: bool
    """Whether it holds in the journal."""
    arms: list[ShareInArm]
    """The arms, in their order."""


class ArmsReport(Struct, frozen=True, kw_only=True):
    """Several forks of one journal, compared on the same seeds. Lists of pairs begin with the largest differences."""

    document_version: Literal[2] = 2
    """Raised whenever the meaning of a key changes or a key goes."""
    design: Design
    """What the arms are."""
    title: str
    """The title of the scenario."""
    journal: str
    """The name of the journal's file or session."""
    scenario: str
    """The id of the scenario."""
    forked: ArmsOrigin
    """What was forked, and the extent of the comparison."""
    original_to: Day
    """The day up to which the journal itself goes; it may have ended before the games."""
    actors: dict[StateCode, str]
    """The name of each state of the scenario."""
    arms: list[Arm]
    """The arms; those that are compared come after the one that they are compared with."""
    smallest: SmallestEffect
    """The smallest differences of shares of games that so many seeds can show."""
    counts: list[CountByArm]
    """What happened since the first fork, and what stood at the end."""
    allied: list[PairByArm]
    """Which states were allied at the end."""
    fought: list[PairByArm]
    """Which states fought each other since the first fork."""


def fork_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``counterpoise fork --json`` prints: one change, or several forks."""
    return json_schema("counterpoise fork", ForkReport, ArmsReport)

"""The story of a session as data. Pages word it in the reader's language; nothing in it is a sentence of the program."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from counterpoise.document_schema import Count, Day, Share, StateCode
from counterpoise.sim.types import AlignmentClass

FindingCode = Literal[
    "aligned", "joined_threat", "missed", "foretold", "promise_broken", "feared", "nobody_feared", "followed", "sides",
    "misjudged", "predictions", "ties", "no_ties",
]  # fmt: skip
Limit = Literal["one_case", "count", "interval", "too_few"]
TRUTH = "truth"
"""What stands for a seat where a moment is shown as it truly was."""


class Moment(Struct, frozen=True):
    """A place of the replay."""

    tick: Count
    """The tick."""
    seat: str
    """The seat as which it is shown, or ``truth``."""


class Finding(Struct, frozen=True):
    """One thing worth talking about: what happened, the numbers beside it, and how far they go."""

    code: FindingCode
    """What sort of finding it is; pages have the words."""
    states: list[StateCode]
    """The states that it names, in the order of the words."""
    date: Day
    """The day of its moment."""
    numbers: dict[str, float]
    """The numbers that the words need, by name. Probabilities and threats lie in [0, 1], counts are whole."""
    limit: Limit
    """How far it goes: a single case, a count of this game, an estimate with its interval, or too few for one."""
    element: str
    """The part of the page that has its evidence."""
    moment: Moment
    """Where to look at it."""


class StatedReason(Struct, frozen=True):
    """A reason that a player gave for what a state did, before its result was known."""

    reason: str
    """The motive, one of those that the move offers."""
    words: str
    """The player's own words; empty without any, where they were erased, and where people of the seat have not agreed."""


class Step(Struct, frozen=True):
    """One decision of a state in which it did something, or for which its player gave a reason."""

    tick: Count
    """The first tick of the window."""
    date: Day
    """The day of that tick."""
    window: Count
    """The number of the window."""
    threat: StateCode
    """The state that it feared most."""
    level: Share
    """The threat of that state."""
    threatened: bool
    """Whether that threat reached the floor."""
    expected: str
    """The class that balance of threat held most likely; empty without its forecast."""
    expected_share: Share | None
    """The probability of that class."""
    did: AlignmentClass
    """The class of what it did."""
    share: Share | None
    """The probability that balance of threat gave to that class; null without its forecast."""
    partners: list[StateCode]
    """Its new partners."""
    left: Count
    """How many pacts it left or ended."""
    conceded: bool
    """Whether it conceded something to the state that it feared most."""
    reasons: list[StatedReason]
    """The reasons given for it."""


class StateStory(Struct, frozen=True):
    """What one state was expected to do, what it did, and why its player said that it did so."""

    state: StateCode
    """The state."""
    steps: list[Step]
    """Its steps, oldest first."""
    quiet: Count
    """Its other decisions: no tie was made or left, and no reason was given."""
    words_withheld: Count
    """Reasons with words that are left out because not all people of the seat have agreed to show them."""


class ThreatsOn(Struct, frozen=True):
    """Who feared whom on one day, in whole percent, observers by observed; null for states that did not exist, and for itself."""

    tick: Count
    """The tick."""
    date: Day
    """The day."""
    seen: list[list[int | None]]
    """The threat as each state saw it from what it could know."""
    true: list[list[int | None]] | None
    """The threat to somebody who knows everything; null where the journal cannot be played again."""


class ThreatsOverTime(Struct, frozen=True):
    """Who feared whom on several days of the session."""

    states: list[StateCode]
    """The states of the rows and columns."""
    days: list[ThreatsOn]
    """The days, earliest first."""


class Story(Struct, frozen=True):
    """The story of a session."""

    findings: list[Finding]
    """Up to six findings, in the order in which to tell them; none before the first window has closed."""
    states: list[StateStory]
    """Each state that decided, in the scenario's order."""
    threats: ThreatsOverTime
    """Who feared whom over time."""

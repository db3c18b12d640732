"""The record of one seat, and of the person in it, as data. Names of people stand in sheets only, which the instructor makes."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from counterpoise.document_schema import Count, Day, Share, StateCode, json_schema
from counterpoise.session.story.story_document import Step

PromiseKind = Literal["made", "kept", "broken", "left"]
Agreement = Literal["given", "refused", "not_answered", "no_person"]


class PredictionMade(Struct, frozen=True):
    """One prediction, the last of its window about a state."""

    tick: Count
    """The first tick of the window."""
    date: Day
    """Its day."""
    of: StateCode
    """The state that was predicted."""
    choice: str
    """The class that was predicted."""
    confidence: Share
    """How sure the player was."""
    did: str
    """The class of what the state did."""
    came: bool
    """Whether the two are the same."""
    brier: Share
    """The squared distance of the confidence from the outcome; 0 is perfect."""
    theory: Share | None
    """The same of balance of threat, for the same event."""
    base: Share | None
    """The same of the base rates."""


class BrierScores(Struct, frozen=True):
    """Mean Brier scores over the same predictions. 0 is perfect; null without predictions."""

    n: Count
    """The player's predictions."""
    own: Share | None
    """The player's."""
    theory: Share | None
    """Those of balance of threat."""
    base: Share | None
    """Those of the base rates."""
    others_n: Count
    """Predictions of everybody else in the class."""
    others: Share | None
    """The mean score of these."""


class PromiseRow(Struct, frozen=True):
    """A promise that was made, kept, broken or taken back."""

    tick: Count
    """When."""
    date: Day
    """Its day."""
    kind: PromiseKind
    """What became of it: made by a pact, kept or broken when an ally called, or left before."""
    states: list[StateCode]
    """To whom."""
    commitment: str
    """What the pact promises; empty for an answer to a call."""


class StateTimes(Struct, frozen=True):
    """A state, and how often."""

    state: StateCode
    """The state."""
    times: Count
    """How often."""


class Fears(Struct, frozen=True):
    """Whom the player feared, and whom there was reason to fear. Each list has the most frequent state first."""

    rated: list[StateTimes]
    """States that the player rated highest, by the number of windows; states of one rating count each."""
    index: list[StateTimes]
    """States that balance of threat put first from what the seat could know, by the number of windows."""
    attacked_by: list[StateTimes]
    """States that threatened or used force against it, by the number of times."""


class SeatRecord(Struct, frozen=True):
    """The record of one seat of one session. It has no name of a person."""

    session: str
    """The session."""
    title: str
    """The title of its scenario."""
    begins: Day
    """The first day."""
    ends: Day
    """The last day that the journal tells about."""
    seat: StateCode
    """The seat."""
    state: str
    """The name of its state."""
    names: dict[StateCode, str]
    """The name of each state of the scenario."""
    score: float | None
    """The seat's score; null until the session has ended."""
    decisions: Count
    """Decisions that were made."""
    predictions: list[PredictionMade]
    """Predictions, oldest first."""
    brier: BrierScores
    """Their scores."""
    steps: list[Step]
    """What the state did and why, in the player's own words, oldest first."""
    promises: list[PromiseRow]
    """Promises, oldest first."""
    fears: Fears
    """Whom the player feared."""


class Sheet(Struct, frozen=True):
    """The record of one person, for the instructor."""

    name: str
    """The person's name; empty where nobody gave one."""
    number: str
    """The e-mail address or number of the class list; empty without one."""
    world: str
    """The letter of the world in its class; empty without one."""
    agreement: Agreement
    """What the person answered, of a person who is known: whether research and the debrief may use what was written. Grading does
    not depend on it."""
    seat_agreement: Agreement
    """The same of everybody at the seat: given by all, refused by one, or not answered by one of them."""
    record: SeatRecord
    """The record."""


class Absent(Struct, frozen=True):
    """Somebody of the class list who never played the seat that was kept. There is no record of such a person."""

    name: str
    """The person's name."""
    number: str
    """The e-mail address or number of the class list; empty without one."""
    world: str
    """The letter of the world in its class."""
    session: str
    """The session."""
    seat: StateCode
    """The seat that was kept."""
    state: str
    """The name of its state."""


class Sheets(Struct, frozen=True, kw_only=True):
    """The records of a class."""

    document_version: Literal[1] = 1
    """Raised whenever the meaning of a key changes or a key goes."""
    sheets: list[Sheet]
    """The records, in the order of worlds, seats and names."""
    absent: list[Absent] = []
    """Who did not come, in the same order."""


def sheets_schema() -> dict[str, Any]:
    """Return the JSON Schema of records.json, which ``counterpoise records`` writes."""
    return json_schema("counterpoise records", Sheets)

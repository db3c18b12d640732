"""The messages of the moderator's console: how the seats stand, what is to come, previews, fears and rehearsals."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from counterpoise.sim.views.view import View
from counterpoise.sim.views.whole_view import WholeView


class RehearsedWar(Struct, frozen=True):
    """A war of a rehearsal."""

    date: str
    attacker: str
    target: str


class RehearsalReport(Struct, frozen=True):
    """What happened in a rehearsal."""

    begins: Annotated[str, Meta(description="its first day")]
    ends: Annotated[str, Meta(description="its last day")]
    windows: Annotated[int, Meta(description="the windows that were played")]
    calls: Annotated[int, Meta(description="the stops at which some states were called to answer")]
    minutes: Annotated[
        int, Meta(description="how long people have at most for as much, at the session's pace; 0 unless it waits")
    ]
    wars: list[RehearsedWar]
    crises: int
    pacts: Annotated[int, Meta(description="the pacts that were formed")]
    pacts_ended: int
    regimes: Annotated[int, Meta(description="the regimes that changed")]
    events: Annotated[int, Meta(description="the events of the scenario that happened")]
    orders: Annotated[int, Meta(description="the orders of the bots that were taken")]
    failures: Annotated[list[str], Meta(description="what went wrong in bots; none if all is well")]


class RehearsalNews(Struct, tag_field="t", tag="rehearsal", frozen=True):
    """How far a rehearsal is, to moderators: bots play a throw-away copy of the session. The newest replaces the others."""

    share: Annotated[float, Meta(description="how much has been played, in [0, 1]")]
    done: bool
    problem: Annotated[str, Meta(description="why it broke off; empty if it did not")] = ""
    report: Annotated[RehearsalReport | None, Meta(description="what has happened, once it is done")] = None


class WaitedSeat(Struct, frozen=True):
    """How a seat stands at this stop of the clock."""

    seat: str
    waited: Annotated[float, Meta(description="for how many seconds it has been waited for; -1 if it is not")]
    orders: Annotated[int, Meta(description="the orders of this window that wait or were carried out")]
    lag: Annotated[float, Meta(description="the milliseconds that a ping to its player takes; -1 if unknown")]
    seen: Annotated[
        float, Meta(description="for how many seconds nothing was heard of its player; -1 if it never was here")
    ]


class Bookmark(Struct, frozen=True):
    """A moment that the moderator has marked."""

    tick: int
    date: str
    note: str


class WaitingEvent(Struct, frozen=True):
    """An inject of the moderator that happens when the clock next moves, unless it is taken back."""

    id: Annotated[str, Meta(description="of the command, for `take_back`")]
    inject: dict[str, Any]
    reason: str
    instead_of: Annotated[int, Meta(description="the place of the scenario's event that it stands in for; -1 for none")]


class ComingEvent(Struct, frozen=True):
    """An event of the scenario that may still happen."""

    index: Annotated[int, Meta(description="its place among the scenario's injects, from 0")]
    id: str
    inject: dict[str, Any]
    date: Annotated[str, Meta(description="the day on which it happens; empty if it waits for a condition")]


class ConsoleNews(Struct, tag_field="t", tag="console", frozen=True):
    """What only moderators are told of a session. The newest replaces the others; times count from when it was sent."""

    seats: list[WaitedSeat]
    pause_left: Annotated[float, Meta(description="the seconds after which a pause ends by itself; -1 if it does not")]
    skipping: Annotated[str, Meta(description="what the clock runs on to, as in `skip`; empty if it does not")]
    bookmarks: list[Bookmark]
    waiting: list[WaitingEvent]
    coming: list[ComingEvent]
    absent_windows: Annotated[
        int, Meta(description="after how many missed windows a bot plays for somebody who is away; 0 for never")
    ]


class WholeNews(Struct, tag_field="t", tag="whole", frozen=True):
    """The whole world as a map shows it, with what is secret: to moderators. The newest replaces the others."""

    facts: WholeView


class Change(Struct, frozen=True):
    """Something that an inject changes. ``kind`` says what: a trait, a fear, a claim and so on."""

    kind: str
    actors: list[str]
    what: str = ""
    before: float | str | bool | None = None
    after: float | str | bool | None = None


class Preview(Struct, tag_field="t", tag="preview", frozen=True):
    """What an inject would do now, before it is sent. Nothing has changed."""

    inject: Annotated[dict[str, Any], Meta(description="the inject, as it was asked about")]
    incidents: Annotated[
        list[dict[str, Any]],
        Meta(description="what would be told, each with `audience`: the seats, or nothing for everyone"),
    ]
    changes: Annotated[list[Change], Meta(description="what would change at once")]
    later: Annotated[list[Change], Meta(description="what would change until the next window if nobody did anything")]
    seat: Annotated[str, Meta(description="the seat whose view follows; empty for none")]
    view: Annotated[View | None, Meta(description="what that seat would see")]
    threats: Annotated[dict[str, dict[str, float]], Meta(description="that seat's index, as in `observe`")]


class FearNews(Struct, tag_field="t", tag="fears", frozen=True):
    """Who has how much to fear from whom, and what each seat believes: the answer to the command ``fears``."""

    date: str
    actual: Annotated[
        dict[str, dict[str, float]], Meta(description="by the state that fears and the one that is feared, in [0, 1]")
    ]
    believed: Annotated[dict[str, dict[str, float]], Meta(description="the same by what the state that fears can know")]


ConsoleMessage = ConsoleNews | WholeNews | Preview | FearNews | RehearsalNews

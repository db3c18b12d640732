"""The board of a class, with its records: who is there, who sits where, and how its worlds stand."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from counterpoise.sim.views.public_view import PublicCrisis, PublicView, PublicWar
from counterpoise.wire.console_messages import RehearsalNews
from counterpoise.wire.fields import IsoDate
from counterpoise.wire.messages import Phase
from counterpoise.wire.qr_code import QrCode

Place = Literal["waiting", "admitted", "seated"]
WhoIsAdmitted = Literal["nobody", "roster", "everyone"]
WhoIsSeated = Literal["nobody", "roster", "everyone"]
PersonId = Annotated[str, Meta(pattern="^[0-9a-f]{12}$", description="made by the server, 12 hex digits")]


class BoardPerson(Struct, frozen=True):
    """One person of a class. An observer of an anonymous class sees no place."""

    person: PersonId
    name: str
    number: Annotated[str, Meta(description="to moderators only")]
    place: Place
    world: Annotated[str, Meta(description="the world's letter; empty without a seat")]
    seat: Annotated[str, Meta(description="the seat's code; empty without a seat")]
    present: Annotated[bool, Meta(description="in the lobby or at the seat now")]
    entered: Annotated[bool, Meta(description="false for somebody whom only the roster names")]
    expected: Annotated[bool, Meta(description="whether the roster names the person")]
    same_as: Annotated[
        str, Meta(description="a waiting person who gives the number of this one: see `same_person`; else empty")
    ] = ""


class BoardSeat(Struct, frozen=True):
    """One seat of a world, as the class sees it."""

    seat: str
    name: Annotated[str, Meta(description="the state's name")]
    occupant: Literal["bot", "human", "empty"]
    people: Annotated[list[PersonId], Meta(description="who is assigned; empty to observers of an anonymous class")]
    connected: bool
    active: Annotated[bool, Meta(description="whether the state exists now")]
    waited_for: Annotated[
        bool, Meta(description="whether the clock waits for it; observers see it where a window opens")
    ]


class BoardWorld(Struct, frozen=True):
    """One world of a class."""

    world: Annotated[str, Meta(description="its letter")]
    session: Annotated[str, Meta(description="its session, as in the URL")]
    phase: Phase
    date: Annotated[
        str, Meta(description="its day, `1967-06-05`; empty while a world that has ended is read from the disk")
    ]
    start: IsoDate
    end: IsoDate
    window: Annotated[int, Meta(description="the number of the window, from 0")]
    seconds_left: Annotated[
        float,
        Meta(
            description="until the deadline of this stop; -1 if there is none, and to projectors where no window opens"
        ),
    ]
    due: Annotated[str, Meta(description="when this stop ends by the timetable; empty without one")]
    reason: Annotated[str, Meta(description="why the moderator has paused it")]
    crises: Annotated[list[PublicCrisis], Meta(description="the crises under way")]
    wars: Annotated[list[PublicWar], Meta(description="the wars under way")]
    seats: list[BoardSeat]
    at_window: Annotated[
        bool,
        Meta(
            description="whether a window is open; at a call nothing else on a projector tells whether the clock stands"
        ),
    ] = False
    facts: Annotated[
        PublicView | None,
        Meta(description="what everyone may know of the world, for its map; none while a world that has ended is read"),
    ] = None
    rehearsal: Annotated[
        RehearsalNews | None,
        Meta(description="how far the newest rehearsal is, to moderators; see the command `rehearse`"),
    ] = None
    waits_for_people: Annotated[
        bool,
        Meta(description="whether the window stays open for people who have seats here, none of whom has sat down"),
    ] = False


class Board(Struct, tag_field="t", tag="board", frozen=True):
    """The whole class, for moderators and projectors; sent when it changes, at most twice a second. The newest counts."""

    code: str
    title: str
    scenario: str
    door: Annotated[bool, Meta(description="whether it is open")]
    admits: WhoIsAdmitted
    seats: WhoIsSeated
    anonymous: bool
    join: Annotated[str, Meta(description="the address that students open, with the code in it")]
    qr: Annotated[QrCode, Meta(description="that address as a QR code")]
    people: list[BoardPerson]
    worlds: list[BoardWorld]
    actors: Annotated[
        list[dict[str, Any]], Meta(description="the scenario's states: `id, name, capital, role, latitude, longitude`")
    ] = []
    map: Annotated[
        str,
        Meta(description="the address of the states' outlines, relative to the page's root; empty without outlines"),
    ] = ""

"""The messages about who sits in a seat: a team and its desk, another device, a request for a moderator's consent."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from counterpoise.wire.fields import OrderId, StopTick
from counterpoise.wire.qr_code import QrCode

Deciding = Literal["fixed", "rotating"]
"""Whether the same member of a seat decides until the decision is passed on, or the next one in every window."""
Writing = Literal["anyone", "decider"]
"""Who writes the messages of a seat that several people share."""
Because = Literal["first", "turn", "passed", "absent", "moderator", "left"]
"""Why a member decides: the first to sit there, in turn, by the last decider's wish, because that one is away or has left."""


class Propose(Struct, tag_field="t", tag="propose", frozen=True, forbid_unknown_fields=True):
    """Propose a move to whoever decides for a seat that several people share. All of them see it on their ``desk``."""

    id: OrderId
    window: Annotated[int, Meta(ge=0, description="the open window, as in `view.window`")]
    move: Annotated[dict[str, Any], Meta(description="as in `order`")]


class Drop(Struct, tag_field="t", tag="drop", frozen=True, forbid_unknown_fields=True):
    """Drop a proposal: one's own, or any if one decides."""

    id: OrderId
    proposal: Annotated[str, Meta(pattern="^[0-9a-f]{32}$", description="the id of the proposal")]


class PassOn(Struct, tag_field="t", tag="pass_on", frozen=True, forbid_unknown_fields=True):
    """Let another member of the seat decide from now on. Only the one who decides now may."""

    id: OrderId
    to: Annotated[str, Meta(max_length=20, description="the member, as in `desk.members`")]


class AskDevice(Struct, tag_field="t", tag="ask_device", frozen=True, forbid_unknown_fields=True):
    """Ask for a code with which one goes on, on another device. A ``device`` answers it. An earlier code is void."""


class Member(Struct, frozen=True):
    """One of the people who share a seat."""

    id: Annotated[str, Meta(description="a pseudonym: the journal knows no names")]
    name: Annotated[str, Meta(description="the name given in `hello`")]
    online: bool


class DeskMove(Struct, frozen=True):
    """A move on a seat's desk: a proposal, or an order that waits for the clock."""

    id: str
    by: Annotated[str, Meta(description="the member who proposed or sent it; empty if a bot or a person alone did")]
    move: Annotated[dict[str, Any], Meta(description="`kind` and that kind's fields")]


class Desk(Struct, tag_field="t", tag="desk", frozen=True):
    """What lies on a seat's desk: to all who hold it, and to moderators for seats that several people share.

    It comes after the ``welcome``, and, where several people share the seat, whenever it changes. The newest replaces the others.
    """

    seat: str
    members: list[Member]
    decider: Annotated[str, Meta(description="who decides now; empty where one person holds the seat")]
    because: Annotated[Because, Meta(description="why that member decides")]
    deciding: Annotated[Deciding, Meta(description="the same member always, or another in each window")]
    writing: Annotated[Writing, Meta(description="who writes the messages of the seat")]
    proposals: list[DeskMove]
    dropped: Annotated[
        list[DeskMove], Meta(description="the proposals that were left over when the last window closed")
    ]
    orders: Annotated[list[DeskMove], Meta(description="the orders that wait for the clock")]


class Device(Struct, tag_field="t", tag="device", frozen=True):
    """A code with which this person goes on, on another device. It works once; this device then loses the seat (4009)."""

    code: Annotated[str, Meta(description="to type, as `K7QM-2XWD`; a token is `device-` and the code")]
    url: Annotated[
        str, Meta(description="leads the other device to the seat; in a class, to the place in the class too")
    ]
    seconds: Annotated[float, Meta(description="how long it is valid")]
    qr: Annotated[QrCode, Meta(description="the link as a QR code")]


class Nudge(Struct, tag_field="t", tag="nudge", frozen=True):
    """The moderator reminds this seat that the clock waits for it."""

    tick: StopTick


class SeatRequest(Struct, frozen=True):
    """Somebody without a valid link who says that they hold a seat."""

    id: Annotated[str, Meta(description="for the command `consent`")]
    name: Annotated[str, Meta(description="as given in `hello`")]
    says: Annotated[str, Meta(description="which seat they say they held")]


class SeatRequests(Struct, tag_field="t", tag="requests", frozen=True):
    """Who waits for a moderator's consent to hold a seat again: to moderators. The newest replaces the others."""

    waiting: list[SeatRequest]


class Link(Struct, tag_field="t", tag="link", frozen=True):
    """A new join link of a seat. That of a ``player`` voids earlier ones; that of a ``team`` is one more, for many people."""

    seat: Annotated[str, Meta(description="the seat's code")]
    url: Annotated[str, Meta(description="the link to give to whoever is to play the seat")]
    role: Annotated[Literal["player", "team"], Meta(description="what the link is for")] = "player"
    qr: Annotated[QrCode | None, Meta(description="the link as a QR code")] = None


class SeatStatus(Struct, frozen=True):
    """The status of one seat, visible to everyone."""

    seat: str
    name: Annotated[str, Meta(description="the state's name")]
    occupant: Literal["bot", "human", "empty"]
    player: Annotated[str, Meta(description="the name given in `hello`")]
    online: bool
    ready: bool
    active: Annotated[bool, Meta(description="whether the state exists now; some states begin later or end")] = True
    away: Annotated[
        bool, Meta(description="a bot plays for the person who holds the seat, until that person is back")
    ] = False
    more_seconds: Annotated[
        float,
        Meta(
            description="until the end of the time that this seat alone has at this stop; -1 if it has no more than all"
        ),
    ] = -1.0

"""The commands of moderators for the room, not for the session: they change who sits where and what the clock waits for."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from counterpoise.errors import OrderError
from counterpoise.validation_errors import CONVERSION_ERRORS, JSON
from counterpoise.wire.messages import ClientMessage, Command, Error

SeatCode = Annotated[str, Meta(max_length=5)]


class SeatChange(Struct, tag_field="kind", tag="seat", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: give a seat to its bot, open it with a new link, or make a link for more members.

    ``bot`` and ``open`` void the tokens of the seat and close its connections. An opened seat that a human held waits for the
    next human; a bot's seat is played by the bot until then. ``team`` voids nothing: whoever opens its link joins those who
    hold the seat, and many people may use the same link.
    """

    seat: SeatCode
    to: Literal["bot", "open", "team"]


class CarryOn(Struct, tag_field="kind", tag="carry_on", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: resume although a client has proved that this server lost messages."""


class Extend(Struct, tag_field="kind", tag="extend", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: give everyone, or one seat while a window is open, more time at this stop."""

    seconds: Annotated[float, Meta(gt=0, le=86_400)]
    seat: SeatCode = ""


class TryInject(Struct, tag_field="kind", tag="preview", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: try an inject on a copy of the world; a ``preview`` answers."""

    inject: dict[str, Any]
    seat: Annotated[str, Meta(max_length=5, description="whose view to show; empty for nobody's")] = ""
    instead_of: Annotated[int, Meta(ge=-1, le=10_000)] = -1


class TellFears(Struct, tag_field="kind", tag="fears", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: tell who has how much to fear from whom, and what each seat believes."""


class Rehearse(Struct, tag_field="kind", tag="rehearse", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: let bots play a throw-away copy of the session to its end, at full speed."""


class Absence(Struct, tag_field="kind", tag="absence", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: after how many missed windows a bot plays for a person who is away; 0 for never."""

    windows: Annotated[int, Meta(ge=0, le=100)]


class LendAbsent(Struct, tag_field="kind", tag="absent_to_bots", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: let bots play for all who are away, until each of them is back."""


class Remind(Struct, tag_field="kind", tag="nudge", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: remind a seat that the clock waits for it."""

    seat: SeatCode


class Consent(Struct, tag_field="kind", tag="consent", frozen=True, forbid_unknown_fields=True):
    """Administration, not journalled: let somebody who says that they hold a seat have it on their device, or refuse."""

    request: Annotated[str, Meta(max_length=12)]
    """The id, as the message ``requests`` has it."""
    allowed: bool
    seat: SeatCode = ""
    member: Annotated[str, Meta(max_length=20)] = ""
    """Which of the people in the seat it is; may be empty where one person holds it."""


Administration = (
    SeatChange | CarryOn | Extend | TryInject | TellFears | Rehearse | Absence | LendAbsent | Remind | Consent
)
ADMINISTRATION = tuple(str(kind.__struct_config__.tag) for kind in get_args(Administration))


def is_administration(message: ClientMessage | Error) -> bool:
    """Tell whether a message is a command for the room, not for the session. A ``kind`` of any type is allowed."""
    # A tuple compares and does not hash: a kind from outside may be a list or a map.
    return isinstance(message, Command) and message.command.get("kind") in ADMINISTRATION


def decode_administration(raw: dict[str, Any]) -> Administration:
    """Validate a command for the room given as plain values; raises ``OrderError`` with the path of the error."""
    try:
        act: Administration = msgspec.convert(raw, Administration)
    except CONVERSION_ERRORS as error:
        raise OrderError("malformed", *JSON.problem(error, raw, Administration, "$.command")) from None
    return act

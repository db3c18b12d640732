"""The messages about what was written: to the moderator, so far, and what was read."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from counterpoise.wire.fields import OrderId


class ToModerator(Struct, tag_field="t", tag="to_moderator", frozen=True, forbid_unknown_fields=True):
    """Write to the moderator, who answers with the command ``note``. Both arrive as an ``incident`` of kind ``note``."""

    id: OrderId
    text: Annotated[str, Meta(min_length=1, max_length=500, description="what you write")]


class Talk(Struct, tag_field="t", tag="talk", frozen=True):
    """What was written so far, after a ``welcome``: the latest messages that this address may read, and its read marks.

    A message that is sent later comes as an ``incident`` of kind ``message``.
    """

    messages: Annotated[list[dict[str, Any]], Meta(description="incidents of kind `message` or `note`, oldest first")]
    read: Annotated[
        dict[str, int], Meta(description="for each thread the number of the last message that the seat has read")
    ]


class ReadMark(Struct, tag_field="t", tag="read_mark", frozen=True):
    """Somebody at this seat has read a thread up to a message."""

    thread: str
    number: int

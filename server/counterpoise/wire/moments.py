"""What is asked from a moment of a session: a what-if, with games forked from there, and a session that goes on from there."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from counterpoise.wire.fields import IsoDate

SEEDS_MAX = 40
"""The most games on each side of a what-if."""
WINDOWS_MAX = 20
"""The most windows that its games play."""


class AskWhatIf(Struct, tag_field="t", tag="ask_what_if", frozen=True, forbid_unknown_fields=True):
    """Ask what would have become of the session with one change, from a day on. One runs at a time in a session.

    Those may ask who may see the debrief. Bots play the games beside the session; nothing of them is kept. News of it come as
    ``what_if`` to the connection that asked; it stops if that connection closes.
    """

    on: Annotated[IsoDate, Meta(description="the day: the session is followed up to and with it")]
    change: Annotated[
        dict[str, Any],
        Meta(description="`kind` and that kind's fields of an inject, or of a move with `by`, the seat that orders it"),
    ]
    seeds: Annotated[int, Meta(ge=2, le=SEEDS_MAX, description="games with the change, and as many without it")] = 10
    windows: Annotated[int, Meta(ge=1, le=WINDOWS_MAX, description="for how many windows the games are played on")] = 8


class StopWhatIf(Struct, tag_field="t", tag="stop_what_if", frozen=True, forbid_unknown_fields=True):
    """Stop the what-if that this connection has asked for. Nothing happens if none runs."""


class WhatIfNews(Struct, tag_field="t", tag="what_if", frozen=True):
    """How far a what-if is, to whoever asked for it. The newest replaces the others."""

    share: Annotated[float, Meta(description="how much has been played, in [0, 1]")]
    done: Annotated[bool, Meta(description="whether nothing more comes")] = False
    stopped: Annotated[bool, Meta(description="whether whoever asked has stopped it")] = False
    problem: Annotated[str, Meta(description="why there is no result; empty if nothing is wrong")] = ""
    report: Annotated[
        dict[str, Any] | None,
        Meta(description="what `counterpoise fork --json` prints for one arm beside the baseline, once it is done"),
    ] = None


class GoOn(Struct, tag_field="t", tag="go_on", frozen=True, forbid_unknown_fields=True):
    """Make a new session that goes on from a day of this one, which has ended, and in which people or bots decide from there on.

    The day itself is open: what was ordered on it here is left out. If this session is a world of a class, the new one is the
    world of a new class with a code of its own. The answer is ``went_on``. If it does not come, because the connection broke, ask
    again with the same ``id``: if the session has been made, the answer is the same one.
    """

    on: Annotated[IsoDate, Meta(description="the day")]
    id: Annotated[
        str,
        Meta(
            pattern="^([0-9a-f]{32})?$",
            description="128 random bits in hex: makes one session however often it is sent; empty makes one each time",
        ),
    ] = ""


class WentOn(Struct, tag_field="t", tag="went_on", frozen=True):
    """The new session that goes on from a day, to whoever asked for it. It waits for its moderator to resume it."""

    on: Annotated[str, Meta(description="the day")]
    session: Annotated[str, Meta(description="name of the new session; empty if there is a problem")] = ""
    moderator: Annotated[str, Meta(description="link of its moderator, or of the new class's")] = ""
    observer: Annotated[str, Meta(description="link of those who look on, or of the new class's projector")] = ""
    seats: Annotated[dict[str, str], Meta(description="link of each seat; none in a class")] = {}
    code: Annotated[str, Meta(description="join code of the new class; empty without one")] = ""
    join: Annotated[str, Meta(description="address at which people join the new class; empty without one")] = ""
    problem: Annotated[str, Meta(description="why there is no new session; empty if nothing is wrong")] = ""
    id: Annotated[str, Meta(description="that of the request")] = ""

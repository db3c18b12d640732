"""The messages with which play ends: the result, a client that leaves, and the last words before a close."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from counterpoise.wire.fields import IsoDate, StopTick


class Leave(Struct, tag_field="t", tag="leave", frozen=True, forbid_unknown_fields=True):
    """Leave. The server answers what it was asked before, then a ``bye``, and closes with 1000.

    The seat stays this client's: it may come back with its newest token.
    """


class Result(Struct, tag_field="t", tag="result", frozen=True):
    """The session is over: how every seat has done. It comes when play ends, and after a later ``welcome``.

    A client in a seat that is no browser is let go then: once it has sent nothing for 5 seconds and has all its answers, the
    server says ``bye`` and closes with 1000. A browser stays connected, because a person reads the debrief there.
    """

    tick: StopTick
    date: IsoDate
    scores: Annotated[dict[str, float], Meta(description="the final score of every seat, in [0, 100], by its code")]


class Bye(Struct, tag_field="t", tag="bye", frozen=True):
    """The server is about to close the connection; ``reason`` says why."""

    reason: str
    code: Annotated[int, Meta(description="the close code that follows")]

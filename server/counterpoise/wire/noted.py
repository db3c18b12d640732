"""The answer to a ``ready``: what a seat leaves open."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from counterpoise.sim.types import CallReason


class Ready(Struct, tag_field="t", tag="ready", frozen=True, forbid_unknown_fields=True):
    """Nothing more to order at this stop of the clock. A ``noted`` answers it, with the calls that are left open."""

    tick: Annotated[int, Meta(ge=0, description="the tick of the stop, as in `view.tick`")]


class OpenCall(Struct, frozen=True):
    """A call that a seat leaves open, and what is answered for it at the deadline unless it answers before."""

    call: Annotated[int, Meta(description="the number of the call, as in `view.calls`")]
    reason: CallReason
    subject: Annotated[int, Meta(description="the crisis, proposal, war, condition or membership vote it is about")]
    deadline: Annotated[int, Meta(description="the day of the simulation on which it must be answered")]
    defaults: Annotated[
        tuple[str, ...],
        Meta(description="the answer given by default; of several, chance draws one"),
    ]


class Noted(Struct, tag_field="t", tag="noted", frozen=True):
    """A ``ready`` was noted. The seat may still order, answer and take back until the clock moves."""

    tick: Annotated[int, Meta(description="the tick of the stop")]
    open: Annotated[list[OpenCall], Meta(description="the calls that no order of the seat answers")]

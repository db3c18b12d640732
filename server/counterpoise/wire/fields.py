"""Fields that several messages have."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

OrderId = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", description="128 random bits made by the client, in hex")]
Token = Annotated[
    str, Meta(min_length=8, max_length=128, description="from the join link, or the newest `next_token`: a secret")
]
Receipt = Annotated[str, Meta(max_length=200, description="the `receipt` that came with that number, or empty")]
SeenNumber = Annotated[
    int, Meta(ge=0, description="the last `vseq` up to which this client has everything; 0 for a new client")
]
Number = Annotated[int, Meta(description="the number of this message in the address's own dense sequence")]
Head = Annotated[str, Meta(description="the head of the address's hash chain after this message, 32 hex digits")]
WindowNumber = Annotated[int, Meta(ge=0, description="the number of a decision window, from 0")]
StopTick = Annotated[int, Meta(description="the day of the simulation, counted from the scenario's start")]
IsoDate = Annotated[str, Meta(description="that day as a date, `1967-06-05`")]
LegalKinds = Annotated[
    list[str],
    Meta(
        description="if the seat is called: the kinds of which it has a legal move now; else empty. `ask_moves` with `legal` "
        "lists the moves"
    ),
]
Reason = Annotated[
    str, Meta(description="a stable word by which a page says the texts in its language; empty if they have none")
]
Terms = Annotated[dict[str, str | int], Meta(description="what the texts say of this case in particular, by name")]

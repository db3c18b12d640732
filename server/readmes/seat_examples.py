"""Examples of the messages about who sits in a seat."""

from __future__ import annotations

from counterpoise.wire.messages import ClientMessage, ServerMessage
from counterpoise.wire.qr_code import QrCode
from counterpoise.wire.seat_messages import (
    AskDevice,
    Desk,
    DeskMove,
    Device,
    Drop,
    Member,
    Nudge,
    PassOn,
    Propose,
    SeatRequest,
    SeatRequests,
)
from counterpoise.wire.talk_messages import ToModerator

ORDER, ANSWERED = "9f2c51d07ab84e3690c7d5f1e8a4b263", "4be1a07c92d35f6881f0c3a9d7e6524b"
CODE = QrCode(33, "M0 0h7v1h-7z")
"""Cut short: a whole path has some hundred pieces."""
SECOND = "1d03b6c4e5f87a2290cd6b7e8f514a3c"
SEAT_REQUESTS: tuple[ClientMessage, ...] = (
    ToModerator(SECOND, "May we meet outside?"),
    Propose(ORDER, 12, {"kind": "arm", "effort": 0.5}),
    Drop(ANSWERED, SECOND),
    PassOn(ANSWERED, "m7"),
    AskDevice(),
)
SEAT_NEWS: tuple[ServerMessage, ...] = (
    Desk(
        seat="EGY",
        members=[Member("m4", "Amina", online=True), Member("m7", "Karim", online=False)],
        decider="m4",
        because="first",
        deciding="rotating",
        writing="anyone",
        proposals=[DeskMove(ORDER, "m7", {"kind": "arm", "effort": 0.5})],
        dropped=[],
        orders=[],
    ),
    Device("K7QM-2XWD", "http://127.0.0.1:8700/j/class-a#device-K7QM-2XWD", 300.0, CODE),
    Nudge(1096),
    SeatRequests([SeatRequest("3c9f01a2b4d5", "Karim", "Egypt, with Amina")]),
)

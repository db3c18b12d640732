"""Examples of the messages with which play ends."""

from __future__ import annotations

from counterpoise.wire.ending.messages import Bye, Leave, Result
from counterpoise.wire.messages import CLOSE_RESTARTING, ClientMessage, ServerMessage

ENDING_REQUESTS: tuple[ClientMessage, ...] = (Leave(),)
ENDING_NEWS: tuple[ServerMessage, ...] = (
    Result(9131, "1979-12-31", {"EGY": 61.5, "ISR": 48.2}),
    Bye("the server restarts; come back in a moment", CLOSE_RESTARTING),
)

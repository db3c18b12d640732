"""Examples of the messages about the debrief, what-ifs and going on."""

from __future__ import annotations

from counterpoise.wire.messages import AskDebrief, ClientMessage, DebriefReport, ServerMessage
from counterpoise.wire.moments import AskWhatIf, GoOn, StopWhatIf, WentOn, WhatIfNews

DEBRIEF_REQUESTS: tuple[ClientMessage, ...] = (
    AskDebrief(),
    AskWhatIf("1958-02-01", {"kind": "shift_power", "actor": "EGY", "factor": 1.5}, 20, 8),
    StopWhatIf(),
    GoOn("1958-02-01"),
)
DEBRIEF_NEWS: tuple[ServerMessage, ...] = (
    DebriefReport({"decisions": [], "hypotheses": [], "propositions": [], "indices": []}),
    WhatIfNews(0.35),
    WentOn(
        "1958-02-01",
        "class-1958-02-01",
        "https://host/j/class-1958-02-01#TOKEN",
        "https://host/j/class-1958-02-01#TOKEN",
        {"EGY": "https://host/j/class-1958-02-01#TOKEN"},
    ),
)

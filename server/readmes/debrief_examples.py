"""Examples of the messages about the debrief and what-ifs."""

from __future__ import annotations

from counterpoise.wire.messages import AskDebrief, ClientMessage, DebriefReport, ServerMessage
from counterpoise.wire.what_if import AskWhatIf, StopWhatIf, WhatIfNews

DEBRIEF_REQUESTS: tuple[ClientMessage, ...] = (
    AskDebrief(),
    AskWhatIf("1958-02-01", {"kind": "shift_power", "actor": "EGY", "factor": 1.5}, 20, 8),
    StopWhatIf(),
)
DEBRIEF_NEWS: tuple[ServerMessage, ...] = (
    DebriefReport({"decisions": [], "hypotheses": [], "propositions": [], "indices": []}),
    WhatIfNews(0.35),
)

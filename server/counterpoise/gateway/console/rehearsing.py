"""Rehearsals of a session, beside its play: bots play a throw-away copy in a thread, a stop of the clock at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from counterpoise.session.rehearsal import Rehearsal
from counterpoise.wire.console_messages import RehearsalNews

_log = logging.getLogger("counterpoise.gateway")
TOLD_SECONDS = 0.25
FAILED = "an unexpected error, see the server log. The session is not affected."


async def rehearse(rehearsal: Rehearsal, session: str, tell: Callable[[RehearsalNews], None]) -> None:
    """Play a rehearsal to its end, and tell how far it is; the last news has the report.

    Args:
        rehearsal: made where the session stood still; the session may move on meanwhile.
        session: the name of the session, for the log.
        tell: takes the news, a few times a second.
    """
    loop = asyncio.get_running_loop()
    told = loop.time()
    try:
        tell(RehearsalNews(0.0, False))
        while not rehearsal.is_over:
            await asyncio.to_thread(rehearsal.step)  # a step at a time: the rooms of the server take turns with it
            if loop.time() - told >= TOLD_SECONDS:
                told = loop.time()
                tell(RehearsalNews(rehearsal.share, False))
        last = RehearsalNews(1.0, True, report=rehearsal.report())
    except Exception:  # bots are foreign code
        _log.exception("the rehearsal of session %s failed", session)
        last = RehearsalNews(rehearsal.share, True, FAILED)
    tell(last)

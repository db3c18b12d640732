"""Serve the sessions of a shelf that several server processes share: take over those whose process has ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NoReturn

from counterpoise.errors import StorageError
from counterpoise.store.shelf import Shelf

TAKE_OVER_SECONDS = 1.0
"""How often a process looks for sessions that no process serves. Their bots and clocks stand still until then."""
_log = logging.getLogger("counterpoise.gateway")


async def take_over_sessions(shelf: Shelf, load: Callable[[str], Awaitable[None]]) -> NoReturn:
    """Load sessions that no process serves, time and again, until the task is cancelled.

    Args:
        shelf: the shelf.
        load: loads the session of a journal, unless another process has claimed it meanwhile.
    """
    is_down = False
    while True:
        await asyncio.sleep(TAKE_OVER_SECONDS)
        try:
            names = await asyncio.to_thread(shelf.unclaimed)
        except StorageError as error:
            if not is_down:
                _log.warning("cannot look for sessions to take over: %s", error)
            is_down = True
            continue
        is_down = False
        for name in names:
            try:
                await load(name)
            except Exception:  # the other sessions are taken over all the same
                _log.exception("cannot take over the session of %s", name)

"""Make sure from time to time that what running sessions write will be found: a deleted file goes on taking writes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NoReturn

from counterpoise.errors import StorageError
from counterpoise.gateway.room import Room

WATCH_SECONDS = 1.0
"""How often. Only what is acknowledged between two looks can be lost with a process that is killed meanwhile."""


async def watch_journals(rooms: Mapping[str, Room]) -> NoReturn:
    """Renew the journals of all rooms until the task is cancelled. A room whose journal is gone stops."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        await asyncio.gather(*(_watch(room) for room in rooms.values()))


async def _watch(room: Room) -> None:
    # Whoever deletes the journal of an ended session takes nothing from the sessions that run.
    if room.session.phase == "ended" or room.failure is not None:
        return
    try:
        await room.writer.call(lambda journal: journal.renew())
    except StorageError:
        room.wake()

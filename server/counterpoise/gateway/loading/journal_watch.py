"""Make sure from time to time that what running sessions write will be found: a deleted file goes on taking writes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NoReturn

from counterpoise.errors import StorageError
from counterpoise.gateway.room import Room
from counterpoise.store.shelf import Shelf

WATCH_SECONDS = 1.0
"""How often. Only what is acknowledged between two looks can be lost with a process that is killed meanwhile."""


async def watch_journals(rooms: Mapping[str, Room], shelf: Shelf) -> NoReturn:
    """Renew the journals of all rooms until the task is cancelled. A room whose journal is lost stops."""
    watching: dict[Room, asyncio.Task[None]] = {}
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        # A journal that is slow to answer does not delay the others, whose claims would run out.
        watching = {room: task for room, task in watching.items() if not task.done()}
        for room in rooms.values():
            if room not in watching and _is_watched(room, shelf):
                watching[room] = asyncio.create_task(_watch(room))


def _is_watched(room: Room, shelf: Shelf) -> bool:
    # A session that has failed here keeps its lease: it would fail in other processes too, one after the other.
    if shelf.is_shared:
        return room.writer.failure is None
    # Whoever deletes the file of an ended session takes nothing from the sessions that run.
    return room.session.phase != "ended" and room.failure is None


async def _watch(room: Room) -> None:
    try:
        await room.writer.call(lambda journal: journal.renew())
    except StorageError:
        room.wake()

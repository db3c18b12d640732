"""Serves journals as ``replay J K --serve`` does, in a thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from counterpoise.gateway.replays.loopback import ReplayServer
from counterpoise.gateway.replays.pages import Access


@contextmanager
def serving(journals: dict[str, Access]) -> Iterator[str]:
    """Serve journals until the block ends; yield the address of the page with all of them beside each other."""
    up = threading.Event()
    made: list[Any] = []

    async def run() -> None:
        stop = asyncio.Event()
        async with ReplayServer(journals, "t" * 32) as server:
            made.extend((server.address, asyncio.get_running_loop(), stop))
            up.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="replays")
    thread.start()
    assert up.wait(20), "the server did not start"
    address, loop, stop = made
    try:
        yield str(address)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(20)

"""What waits for one room, and whose turn it is."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import suppress

from counterpoise.gateway.connection import Arrival, InboxItem, Request

TURN_ITEMS = 256
TURN_ARRIVALS = 32
TURN_SECONDS = 0.005
"""How long the requests of observers may take in one turn. Anybody may have their link, and there may be two thousand."""


class Inbox:
    """The messages, arrivals and departures that wait for one room.

    A turn takes what players and moderators sent, then some arrivals, then requests of observers for a moment. Between turns the
    event loop runs, so that a crowd in one session does not hold up the others, nor the players of its own.
    """

    def __init__(self) -> None:
        self._first: deque[InboxItem] = deque()
        self._arrivals: deque[Arrival] = deque()
        self._of_observers: deque[Request] = deque()
        self._news = asyncio.Event()
        self.is_closed = False

    def __len__(self) -> int:
        return len(self._first) + len(self._arrivals) + len(self._of_observers)

    def put(self, item: InboxItem) -> None:
        """Add an item. The requests of one connection keep their order."""
        if isinstance(item, Arrival):
            self._arrivals.append(item)
        elif isinstance(item, Request) and item.connection.role == "observer":
            self._of_observers.append(item)
        else:
            self._first.append(item)
        self._news.set()

    def wake(self) -> None:
        """End the present ``wait``."""
        self._news.set()

    def close(self) -> None:
        """Note that nothing more will be put in; ``wait`` returns at once from now on."""
        self.is_closed = True
        self._news.set()

    async def wait(self, seconds: float | None) -> None:
        """Wait for an item, ``wake`` or ``close``, at most so long; let other tasks run in any case."""
        if len(self) or self.is_closed:
            await asyncio.sleep(0)
        else:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._news.wait()
        self._news.clear()

    def take(self) -> list[InboxItem]:
        """Remove and return what a turn begins with: all but the requests of observers."""
        taken = [self._first.popleft() for _ in range(min(TURN_ITEMS, len(self._first)))]
        return [*taken, *(self._arrivals.popleft() for _ in range(min(TURN_ARRIVALS, len(self._arrivals))))]

    @property
    def has_requests_of_observers(self) -> bool:
        """Whether observers wait for answers."""
        return bool(self._of_observers)

    def requests_of_observers(self) -> Iterator[Request]:
        """Remove and yield requests of observers until the turn is over: at least one, if there is one."""
        loop = asyncio.get_running_loop()
        until = loop.time() + TURN_SECONDS
        while self._of_observers:
            yield self._of_observers.popleft()
            if loop.time() >= until:
                return

    def drain(self) -> list[InboxItem]:
        """Remove and return everything."""
        taken = [*self._first, *self._arrivals, *self._of_observers]
        for waiting in (self._first, self._arrivals, self._of_observers):
            waiting.clear()
        return taken

"""What the server itself asks of a room: work that is done in a turn, between the requests of clients."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from counterpoise.errors import ClassError, ConfigurationError, OrderError, ProtocolError

REFUSALS = (ClassError, ConfigurationError, OrderError, ProtocolError)
"""What an errand may raise when the room refuses it; anything else is a failure of the room."""

T = TypeVar("T")


class Errand:
    """Work for a room. ``done`` has what it returns once everything that it wrote is on the disk.

    Args:
        work: called in a turn of the room.
    """

    def __init__(self, work: Callable[[], Awaitable[Any]]) -> None:
        self.done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._work = work
        self._result: Any = None
        self._refusal: Exception | None = None

    async def carry_out(self) -> None:
        """Do the work; a refusal is kept for ``finish``."""
        try:
            self._result = await self._work()
        except REFUSALS as error:
            self._refusal = error

    def finish(self) -> None:
        """Tell who waits: what was written is on the disk."""
        if self._refusal is not None:
            self.fail(self._refusal)
        elif not self.done.done():
            self.done.set_result(self._result)

    def fail(self, error: Exception) -> None:
        """Tell who waits that nothing counts."""
        if not self.done.done():
            self.done.set_exception(error)


class Errands:
    """The errands of one room.

    Args:
        post: puts an errand into the room's inbox.
    """

    def __init__(self, post: Callable[[Errand], None]) -> None:
        self._post = post
        self._done: list[Errand] = []

    async def ask(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do work of the server's own between two requests of clients; return what it returns once it is on the disk.

        Raises:
            ClassError, ConfigurationError, OrderError, ProtocolError: it is refused.
            StorageError: the session is not served now.
        """
        errand = Errand(work)
        self._post(errand)
        result: T = await errand.done
        return result

    async def carry_out(self, errand: Errand) -> None:
        """Do an errand in a turn of the room."""
        self._done.append(errand)
        await errand.carry_out()

    def finish(self) -> None:
        """Note that everything that errands wrote is on the disk."""
        for errand in self._done:
            errand.finish()
        self._done.clear()

    def give_up(self, error: Exception) -> None:
        """Note that the room has failed, and that what errands wrote may not be on the disk."""
        for errand in self._done:
            errand.fail(error)

"""The bots' turn: each is asked in a thread that may be given up on, so that none of them can hold the server."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Sequence

from counterpoise.errors import BotError
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.seats import Seating
from counterpoise.sim.bot import describe_error
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId

_log = logging.getLogger("counterpoise.gateway")


class Bench:
    """Asks the bots of one session.

    Args:
        seating: who sits where.
        metrics: the server's.
        name: of the session, for the log.
        seconds: how long a bot may think; one that takes longer is sent away, and its thread left to itself.
    """

    def __init__(self, seating: Seating, metrics: Metrics, name: str, seconds: float) -> None:
        self._seating, self._metrics, self._name, self._seconds = seating, metrics, name, seconds
        self._loop = asyncio.get_running_loop()
        self._hurry = asyncio.Event()

    def hurry(self) -> None:
        """Wait for no bot any longer: whoever has not decided is asked again when the session goes on."""
        self._hurry.set()

    async def decide(self, seats: Sequence[ActorId]) -> bool:
        """Let the bots of these seats order, one after the other; tells whether all of them were asked."""
        left = list(seats)
        while left:
            decided = await self._ask(left)
            for seat, answer in decided:
                self._seating.order(seat, answer)
                if isinstance(answer, BotError):
                    self._metrics.bot_failures.inc()
                    _log.warning("session %s: the bot of %s failed and passes: %s", self._name, seat, answer)
            del left[: len(decided)]
            if self._hurry.is_set():
                return not left
            if left:
                slow = left.pop(0)
                self._seating.dismiss(slow)
                self._metrics.bot_failures.inc()
                _log.error(
                    "session %s: the bot of %s took over %g s to decide and is sent away; the seat passes",
                    self._name, slow, self._seconds,
                )  # fmt: skip
        return True

    async def _ask(self, seats: Sequence[ActorId]) -> list[tuple[ActorId, list[Move] | BotError]]:
        """Ask one bot after the other until one is too slow; return what those before it decided."""
        decided: list[tuple[ActorId, list[Move] | BotError]] = []
        progress = asyncio.Event()
        given_up = threading.Event()

        def note(seat: ActorId, answer: list[Move] | BotError) -> None:
            if not given_up.is_set():
                decided.append((seat, answer))
                progress.set()

        def work() -> None:
            for seat in tuple(seats):
                try:
                    answer = self._seating.ask(seat)
                except BaseException as error:  # in this thread no interruption can be the operator's
                    answer = BotError(describe_error(error))
                if given_up.is_set():
                    return
                with contextlib.suppress(RuntimeError):  # the loop is closed: nobody wants to know any more
                    self._loop.call_soon_threadsafe(note, seat, answer)

        # A pool's threads are waited for at exit; one that never returns would keep the process alive for ever.
        threading.Thread(target=work, name=f"bots {self._name}", daemon=True).start()
        stop = asyncio.create_task(self._hurry.wait())
        try:
            while len(decided) < len(seats):
                progress.clear()
                step = asyncio.create_task(progress.wait())
                done, _ = await asyncio.wait((step, stop), timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
                step.cancel()
                if step not in done:
                    break
        finally:
            given_up.set()
            stop.cancel()
        return decided

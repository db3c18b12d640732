"""Ask the bots of a session for their decisions, in a thread that the server can abandon if a bot hangs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence

from counterpoise.errors import BotError
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.seats import Seats
from counterpoise.sim.bot import describe_error
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId

Ask = Callable[[ActorId], list[Move] | BotError]
"""Returns what the bot of a seat decides or answers."""
StartBots = Callable[[Iterator[None], str], None]
"""Lets the bots of an iterator decide, one with each step, beside the event loop; the text names the work."""
_log = logging.getLogger("counterpoise.gateway")


def start_bot_thread(decisions: Iterator[None], name: str) -> None:
    """Take every step in a daemon thread.

    Python waits at exit for the threads of an executor; a bot that never returns would keep the process alive.
    """

    def work() -> None:
        for _ in decisions:
            pass

    threading.Thread(target=work, name=f"bots {name}", daemon=True).start()


class BotPool:
    """Asks the bots of one session.

    Args:
        seats: the seats of the session.
        metrics: metrics of the server.
        name: name of the session, for the log.
        seconds: how long a bot may take. A slower bot is removed, and its thread is abandoned.
        start: starts the thread.
    """

    def __init__(
        self, seats: Seats, metrics: Metrics, name: str, seconds: float, start: StartBots = start_bot_thread
    ) -> None:
        self._seats, self._metrics, self._name, self._seconds = seats, metrics, name, seconds
        self._start = start
        self._loop = asyncio.get_running_loop()
        self._stopped_waiting = asyncio.Event()

    def stop_waiting(self) -> None:
        """Stop waiting for bots. Bots that have not decided are asked again when the session resumes."""
        self._stopped_waiting.set()

    async def answer_message(self) -> bool:
        """Ask a bot to answer the next message to it and order its moves; return whether it was asked."""
        heard = self._seats.take_unheard()
        if heard is None:
            return False
        seat, message = heard
        return await self._decide([seat], lambda asked: self._seats.answer(asked, message))

    async def decide(self, seats: Sequence[ActorId]) -> bool:
        """Ask the bots of these seats one after the other and order their moves; return whether all were asked."""
        return await self._decide(seats, self._seats.ask)

    async def _decide(self, seats: Sequence[ActorId], ask: Ask) -> bool:
        left = list(seats)
        while left:
            decided = await self._ask(left, ask)
            for seat, answer in decided:
                self._seats.order(seat, answer)
                if isinstance(answer, BotError):
                    self._metrics.bot_failures.inc()
                    _log.warning("session %s: the bot of %s failed and passes: %s", self._name, seat, answer)
            del left[: len(decided)]
            if self._stopped_waiting.is_set():
                return not left
            if left:
                slow = left.pop(0)
                self._seats.dismiss(slow)
                self._metrics.bot_failures.inc()
                _log.error(
                    "session %s: the bot of %s took more than %g s to decide and is removed; the seat passes",
                    self._name, slow, self._seconds,
                )  # fmt: skip
        return True

    async def _ask(self, seats: Sequence[ActorId], ask: Ask) -> list[tuple[ActorId, list[Move] | BotError]]:
        """Ask one bot after the other until one is too slow; return the decisions of the bots before it."""
        decided: list[tuple[ActorId, list[Move] | BotError]] = []
        progress = asyncio.Event()
        abandoned = threading.Event()

        def note(seat: ActorId, answer: list[Move] | BotError) -> None:
            if not abandoned.is_set():
                decided.append((seat, answer))
                progress.set()

        def decisions() -> Iterator[None]:
            for seat in tuple(seats):
                try:
                    answer = ask(seat)
                except BaseException as error:  # Ctrl-C never reaches this thread, so this is the bot's fault
                    answer = BotError(describe_error(error))
                if abandoned.is_set():
                    return
                with contextlib.suppress(RuntimeError):  # the loop is closed: the server has stopped
                    self._loop.call_soon_threadsafe(note, seat, answer)
                yield

        self._start(decisions(), self._name)
        stop = asyncio.create_task(self._stopped_waiting.wait())
        try:
            while len(decided) < len(seats):
                progress.clear()
                step = asyncio.create_task(progress.wait())
                done, _ = await asyncio.wait((step, stop), timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
                step.cancel()
                if step not in done:
                    break
        finally:
            abandoned.set()
            stop.cancel()
        return decided

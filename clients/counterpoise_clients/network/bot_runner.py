"""Runs a bot in a seat over the network: asks it at each stop of the clock and sends its moves."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import Any

from counterpoise.errors import BotError
from counterpoise.sim.bot import (
    HEARD_PER_WINDOW,
    Bot,
    answers_messages,
    decide_moves,
    describe_error,
    hear,
    validated_move,
)
from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View
from counterpoise.wire.messages import CLOSE_DONE
from counterpoise_clients.client import Client
from counterpoise_clients.network.reconnecting import SeatLost

Decide = Callable[[View], object]
"""What a bot is asked: takes a view and returns moves."""


async def run_bot(client: Client, bot: Bot, *, report: Callable[[str], None] | None = None) -> str:
    """Let a bot play a seat until the session ends; return why the session ended.

    At each stop of the clock that calls the seat, the bot decides, the client orders its moves and says that the seat is
    ready. A bot with a method ``hear`` answers messages when they arrive, ``HEARD_PER_WINDOW`` of them in each window at
    most. A refused move, an exception of the bot and a late decision are reported. The seat is ready in every case, so
    that one bot never blocks a session.

    Args:
        client: a connected client.
        bot: the bot. It decides in a thread of its own, so that a slow bot does not lose the connection.
        report: receives each report as one line of text; by default it goes to standard error.

    Raises:
        SeatLost: the connection ended for good before the session did.
    """
    report = report or _to_standard_error
    answered_tick, missed_windows, ear = -1, _MissedWindows(report), _Ear(client, bot, report)
    await client.wait_until_started()
    async for observe in client.observations():
        view = observe.view
        if observe.called and view.tick != answered_tick:
            began = monotonic()
            await _decide(client, bot.decide, view, report)
            answered_tick = view.tick
            if client.latest is not None and client.latest.view.window > view.window:
                missed_windows.add(view, client.latest.view, monotonic() - began)
        await ear.hear_new(view)
        if observe.called:
            await client.ready(view.tick)
    missed_windows.report_total()
    if client.loss is not None and client.loss.code != CLOSE_DONE:
        raise client.loss
    return client.loss.reason if client.loss is not None else "the session has ended"


class _Ear:
    """Lets a bot answer the messages that arrive after it has joined, the oldest first."""

    def __init__(self, client: Client, bot: Bot, report: Callable[[str], None]) -> None:
        self._client, self._bot, self._report = client, bot, report
        self._known = [message["id"] for message in client.messages]
        self._window, self._heard = -1, 0

    async def hear_new(self, view: View) -> None:
        """Let the bot answer the messages that have arrived since the last call."""
        if not answers_messages(self._bot):
            return
        if view.window != self._window:
            self._window, self._heard = view.window, 0
        for message in [one for one in self._client.messages if one["id"] not in self._known]:
            self._known.append(message["id"])
            if message["actors"][0] != view.own.id and self._heard < HEARD_PER_WINDOW:
                self._heard += 1
                await _decide(self._client, partial(self._answer, message), view, self._report)

    def _answer(self, message: Mapping[str, Any], view: View) -> object:
        return hear(self._bot, view, message)


class _MissedWindows:
    """Counts the windows that a slow bot misses; reports the first at once and the number at the end."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._seat, self._missed = "", 0

    def add(self, view: View, newest: View, seconds: float) -> None:
        """Record that a decision took longer than its window and perhaps than further windows."""
        if not self._missed:
            self._report(
                f"{view.own.id} {view.date}: the bot is late: it took {seconds:.1f} s to decide, and the clock has moved on "
                f"to {newest.date}; the number of missed windows is reported at the end"
            )
        self._seat = view.own.id
        self._missed += newest.window - view.window

    def report_total(self) -> None:
        """Report the number of missed windows, if there are any."""
        if self._missed:
            self._report(
                f"{self._seat}: the bot was late and missed {self._missed} window{'s' if self._missed > 1 else ''}"
            )


async def _decide(client: Client, decide: Decide, view: View, report: Callable[[str], None]) -> None:
    where = f"{view.own.id} {view.date}"
    try:
        moves = await _decide_in_thread(decide, view)
    except BotError as failure:
        report(f"{where}: the bot failed and makes no move: {failure}{_traceback_of(failure)}")
        return
    sent = await asyncio.gather(
        *(_send_order(client, move, view.window) for move in moves), return_exceptions=True
    )  # all at once and in order: one round trip instead of one for each move
    for move, outcome in zip(moves, sent, strict=True):
        if isinstance(outcome, SeatLost):
            raise outcome
        if isinstance(outcome, BaseException):
            report(f"{where}: {move} was refused: {outcome}")


async def _send_order(client: Client, move: Move, window: int) -> None:
    await client.order(validated_move(move), window=window)


async def _decide_in_thread(decide: Decide, view: View) -> list[Move]:
    """Return a bot's decision, made in a daemon thread: the program can exit while a bot still decides."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Move]] = loop.create_future()

    def settle(moves: list[Move] | BotError) -> None:
        if answer.done():
            return
        if isinstance(moves, BotError):
            answer.set_exception(moves)
        else:
            answer.set_result(moves)

    def work() -> None:
        moves: list[Move] | BotError
        try:
            moves = decide_moves(decide, view)
        except BotError as failure:
            moves = failure
        except BaseException as error:  # Ctrl-C never arrives in this thread, so any exception is the bot's
            moves = BotError(describe_error(error))
        with contextlib.suppress(RuntimeError):  # the event loop is closed: no task awaits the answer
            loop.call_soon_threadsafe(settle, moves)

    threading.Thread(target=work, name="bot", daemon=True).start()
    return await answer


def _traceback_of(failure: BotError) -> str:
    """Return the traceback of the bot's exception, or an empty text if the bot raised none."""
    return "" if failure.__cause__ is None else "\n" + "".join(traceback.format_exception(failure.__cause__))


def _to_standard_error(line: str) -> None:
    sys.stderr.write(line + "\n")

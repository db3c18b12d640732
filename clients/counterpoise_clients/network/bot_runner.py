"""A bot in a seat over the network: asked at each stop of the clock, heard, and never waited for without end."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Protocol

from counterpoise.errors import BotError
from counterpoise.sim.bot import in_form, in_words, moves_of
from counterpoise.sim.move import Move
from counterpoise.sim.view import View
from counterpoise.wire.messages import CLOSE_DONE
from counterpoise_clients.client import Client
from counterpoise_clients.network.reconnecting import SeatLost


class Bot(Protocol):
    """Whatever decides for a seat."""

    def decide(self, view: View) -> Sequence[Move]:
        """Return the moves to make at this stop of the clock; none is an answer."""


async def play(client: Client, bot: Bot, *, report: Callable[[str], None] | None = None) -> str:
    """Let a bot play a seat until the session ends; return why it ended.

    At each stop of the clock at which the seat is called, the bot decides, its moves are ordered, and the seat is ready.
    A move that is refused, an exception of the bot and that it is late are reported; the seat is then ready all the same, so
    that one bot never keeps a session waiting.

    Args:
        client: connected.
        bot: decides in a thread of its own, so that a slow one does not cost the connection.
        report: takes a line of text; standard error if not given.

    Raises:
        SeatLost: the connection ended for good before the session did.
    """
    tell = report or _to_standard_error
    answered, late = -1, _Lateness(tell)
    await client.started()
    async for observe in client.observations():
        view = observe.view
        if not observe.called:
            continue
        if view.tick != answered:
            began = monotonic()
            await _decide(client, bot, view, tell)
            answered = view.tick
            if client.latest is not None and client.latest.view.window > view.window:
                late.note(view, client.latest.view, monotonic() - began)
        await client.ready(view.tick)
    late.sum_up()
    if client.lost is not None and client.lost.code != CLOSE_DONE:
        raise client.lost
    return client.lost.reason if client.lost is not None else "the session has ended"


class _Lateness:
    """Says once that a bot decides when the clock has gone on, and at the end how often it did."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._seat, self._missed = "", 0

    def note(self, view: View, newest: View, seconds: float) -> None:
        """Take note that a decision took longer than its window, and maybe further ones."""
        if not self._missed:
            self._tell(
                f"{view.own.id} {view.date}: the bot is late: it took {seconds:.1f} s to decide, and the clock has gone on "
                f"to {newest.date} without it; how often this happens is told at the end"
            )
        self._seat = view.own.id
        self._missed += newest.window - view.window

    def sum_up(self) -> None:
        """Say how many windows were missed, if any were."""
        if self._missed:
            self._tell(
                f"{self._seat}: the bot was late and missed {self._missed} window{'s' if self._missed > 1 else ''}"
            )


async def _decide(client: Client, bot: Bot, view: View, tell: Callable[[str], None]) -> None:
    where = f"{view.own.id} {view.date}"
    try:
        moves = await _thought(bot, view)
    except BotError as failure:
        tell(f"{where}: the bot failed and passes: {failure}{_trace(failure)}")
        return
    sent = await asyncio.gather(
        *(_order(client, move, view.window) for move in moves), return_exceptions=True
    )  # all at once, in order: one round trip, not one for each
    for move, outcome in zip(moves, sent, strict=True):
        if isinstance(outcome, SeatLost):
            raise outcome
        if isinstance(outcome, BaseException):
            tell(f"{where}: {move} was refused: {outcome}")


async def _order(client: Client, move: Move, window: int) -> None:
    await client.order(in_form(move), window=window)


async def _thought(bot: Bot, view: View) -> list[Move]:
    """Return what a bot decides, in a thread that nobody waits for at exit: a bot that never returns can be left."""
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
            moves = moves_of(bot.decide, view)
        except BotError as failure:
            moves = failure
        except BaseException as error:  # in this thread no interruption can be the operator's
            moves = BotError(in_words(error))
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody wants to know any more
            loop.call_soon_threadsafe(settle, moves)

    threading.Thread(target=work, name="bot", daemon=True).start()
    return await answer


def _trace(failure: BotError) -> str:
    """Return where the bot raised, as Python tells it; nothing if it did not."""
    return "" if failure.__cause__ is None else "\n" + "".join(traceback.format_exception(failure.__cause__))


def _to_standard_error(line: str) -> None:
    sys.stderr.write(line + "\n")

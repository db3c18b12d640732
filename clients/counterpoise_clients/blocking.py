"""A seat of a hosted session for programs without ``async``, and for notebooks, where an event loop is running already.

::

    from counterpoise_clients.blocking import connect

    with connect("http://127.0.0.1:8700/j/s1#TOKEN", name="Ada", bot="my notebook") as game:
        while game.wait_for_turn():
            offers = game.legal("propose_alliance")
            game.end_turn(offers[:1])
        print(game.scores())
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View
from counterpoise.wire.messages import CLOSE_DONE, Observe
from counterpoise_clients.client import Client, KeptToken, OrderRefused, SeatLost

__all__ = ["Game", "OrderRefused", "SeatLost", "connect"]

T = TypeVar("T")
CLOSE_SECONDS = 5.0
"""How long a game waits for its thread when it is closed."""


def connect(link: str, token: str | KeptToken = "", *, name: str = "", bot: str = "") -> Game:
    """Take the seat of a link, and return it once the server has shown what it sees. It works while an event loop is running.

    Args:
        link: a join link, as ``counterpoise host`` prints it.
        token: see ``Client``.
        name: the name that the other players see.
        bot: what kind of program plays; empty if a person does, step by step.

    Raises:
        LinkError: the link is not a link to a session.
        SeatLost: the server refuses the connection, or does not answer in time.
    """
    game = Game(lambda: Client(link, token, name=name, bot=bot))
    try:
        game._call(game._arrive())
    except BaseException:
        game.close()
        raise
    return game


class Game:
    """A seat of a hosted session. Every method waits for its answer; ``connect`` makes one.

    The connection lives in a thread of its own, which answers the server while the program thinks. Use it in ``with``, or call
    ``close``. Methods that ask the server raise ``SeatLost`` if the connection ends for good.

    Args:
        make: makes the client, in the thread of the connection.
    """

    def __init__(self, make: Callable[[], Client]) -> None:
        self._loop = asyncio.new_event_loop()
        self._ended_tick = -1
        self._thread = threading.Thread(target=self._loop.run_forever, name="counterpoise seat", daemon=True)
        self._thread.start()
        self._client: Client
        try:
            self._client = self._call(_made(make))
        except BaseException:
            self._stop_thread()
            raise

    def __enter__(self) -> Game:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "over" if self.is_over else "your turn" if self.is_turn else "waiting"
        return f"<{self._client.seat or 'no seat'} in session {self._client.session}: {state}>"

    @property
    def seat(self) -> str:
        """The code of the state that this program plays."""
        return self._client.seat

    @property
    def token(self) -> str:
        """The token with which ``connect`` takes the seat again, later or elsewhere."""
        return self._client.connection.token

    @property
    def is_over(self) -> bool:
        """Whether the session has ended, or the seat is lost."""
        return self._client.has_ended

    @property
    def is_turn(self) -> bool:
        """Whether the seat must decide now."""
        latest = self._client.latest
        return not self.is_over and latest is not None and latest.called and latest.view.tick != self._ended_tick

    @property
    def view(self) -> View:
        """What the seat sees now; raises ``ValueError`` for a link without a seat."""
        return self._observed().view

    @property
    def threats(self) -> dict[str, dict[str, float]]:
        """The seat's threat index for each other state; empty where the session does not show it."""
        return self._observed().threats

    @property
    def kinds(self) -> list[str]:
        """The kinds of which the seat has a legal move, if it must decide now."""
        return list(self._observed().kinds)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages that the seat may read, as incidents, oldest first."""
        return list(self._client.messages)

    def wait_for_turn(self, seconds: float | None = None) -> bool:
        """Wait until the seat must decide, and return True; False once the session has ended.

        Args:
            seconds: how long to wait at most; ``None`` for as long as it takes.

        Raises:
            TimeoutError: it was nobody's turn for so long.
            SeatLost: the connection ended for good before the session did.
        """
        self._call(self._turn(), seconds)
        if self._client.loss is not None and self._client.loss.code != CLOSE_DONE:
            raise self._client.loss
        return not self.is_over

    def legal(self, kind: str = "") -> list[Move]:
        """Return the legal moves of a kind, or of every kind; texts, efforts and lists of several states in them are examples.

        Raises:
            OrderRefused: there is no such kind.
        """
        return self._call(self._client.legal_moves(kind))

    def order(self, move: Move | Mapping[str, Any], *, replaces: str = "") -> str:
        """Order a move and return the order's id. A message arrives at once; any other move acts when the clock moves.

        Args:
            move: a move, or its plain form.
            replaces: the id of an order that waits for the clock, whose place this one takes.

        Raises:
            OrderRefused: the move is not legal, or comes too late.
        """
        return self._call(self._client.order(move, replaces=replaces)).id

    def withdraw(self, order: str) -> None:
        """Take back an order that waits for the clock, by its id; raise ``OrderRefused`` if it has acted."""
        self._call(self._client.withdraw(order))

    def end_turn(self, moves: Iterable[Move | Mapping[str, Any]] = ()) -> list[OrderRefused]:
        """Order moves and say that the seat has no more at this stop; return why some were refused.

        The clock moves on when all seats are ready; ``wait_for_turn`` waits for the next turn.
        """
        refused: list[OrderRefused] = []
        for move in moves:
            try:
                self.order(move)
            except OrderRefused as error:
                refused.append(error)
        tick = self.view.tick
        self._call(self._client.ready(tick))
        self._ended_tick = tick
        return refused

    def scores(self) -> dict[str, float]:
        """Wait until the session has ended, and return the final score of every seat, in [0, 100]."""
        return dict(self._call(self._client.wait_for_result()).scores)

    def debrief(self) -> dict[str, Any]:
        """Return the debrief of a session that has ended; raise ``OrderRefused`` before."""
        return self._call(self._client.ask_debrief())

    def command(self, command: Mapping[str, Any]) -> None:
        """Give a moderator's command, such as ``{"kind": "start"}``, with a moderator's link."""
        self._call(self._client.command(command))

    def close(self) -> None:
        """Leave, and end the thread of the connection. The seat stays this program's: ``token`` takes it again."""
        if self._thread.is_alive():
            self._call(self._client.close())
            self._stop_thread()

    def _observed(self) -> Observe:
        latest = self._client.latest
        if latest is None:
            raise ValueError("this link has no seat: only a seat has a view")
        return latest

    async def _arrive(self) -> None:
        await self._client.connect()
        while self._client.seat and self._client.latest is None and self._client.loss is None:
            await self._client.next_change()

    async def _turn(self) -> None:
        while not self.is_turn and not self.is_over:
            await self._client.next_change()

    def _call(self, work: Coroutine[Any, Any, T], seconds: float | None = None) -> T:
        """Do something in the thread of the connection, and wait for it; whoever interrupts the wait cancels it."""
        if not self._thread.is_alive():
            work.close()
            raise ValueError("this game is closed: connect again, with the token of the closed one")
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            if seconds is None or future.done():
                raise
            future.cancel()
            raise TimeoutError(f"not this seat's turn for {seconds:g} s") from None
        except BaseException:
            future.cancel()
            raise

    def _stop_thread(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSE_SECONDS)
        self._loop.close()


async def _made(make: Callable[[], Client]) -> Client:
    return make()

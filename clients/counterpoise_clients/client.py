"""The Python SDK: a seat at a session, over a websocket, that survives lost connections.

::

    async with Client("http://127.0.0.1:8700/j/s1#TOKEN", name="my bot") as client:
        await play(client, Bot("7"))
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from counterpoise.sim.catalogue import move_to
from counterpoise.sim.move import Move
from counterpoise.wire.codec import codec_for
from counterpoise.wire.messages import (
    CLOSE_DONE,
    SUBPROTOCOLS,
    Ack,
    AskDebrief,
    ClientMessage,
    Command,
    DebriefReport,
    Error,
    Look,
    Observe,
    Order,
    Ping,
    Pong,
    Ready,
    ServerMessage,
    Status,
    Welcome,
)
from counterpoise_clients.network.links import LinkError, parse_link
from counterpoise_clients.network.reconnecting import Line, SeatLost
from counterpoise_clients.network.resume import Backoff, OrderRefused, Outbox

__all__ = ["Client", "LinkError", "OrderRefused", "SeatLost"]

log = logging.getLogger(__name__)

Question = Look | AskDebrief | Ready | Ping
"""What is asked without an id. The server answers a connection's questions in the order they were sent."""


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Question
    future: asyncio.Future[Any]


class Client:
    """One seat, as a program holds it. Use it as an asynchronous context manager, or ``connect`` and ``close``.

    After a lost connection it comes back by itself, with growing pauses; what was not answered is then sent again under
    the same ids, so nothing is lost and nothing counts twice.

    Args:
        link: a join link or a websocket address, see ``parse_link``.
        token: for a link without one.
        subprotocol: ``msgpack`` or ``json``, or a subprotocol's full name.
        name: shown to the other players.
        backoff: pauses between attempts to connect.
        patience: seconds without a connection after which the seat is given up.
        listener: called with every new message from the server, after the client has taken note of it.

    Raises:
        LinkError: the link leads nowhere.
        ProtocolError: no such subprotocol.
    """

    def __init__(
        self,
        link: str,
        token: str = "",
        *,
        subprotocol: str = "msgpack",
        name: str = "",
        backoff: Backoff | None = None,
        patience: float = 120.0,
        listener: Callable[[ServerMessage], None] | None = None,
    ) -> None:
        full = {each.rpartition(".")[2]: each for each in SUBPROTOCOLS}.get(subprotocol, subprotocol)
        self.line = Line(
            parse_link(link, token),
            codec_for(full),
            name=name,
            backoff=backoff or Backoff(),
            patience=patience,
            take=self._take,
            again=self._unanswered,
        )
        self.outbox = Outbox()
        self.welcome: Welcome | None = None
        self.status: Status | None = None
        self.latest: Observe | None = None
        self._listener = listener
        self._answers: dict[str, asyncio.Future[Ack]] = {}
        self._asked: list[_Asked] = []
        self._lost: SeatLost | None = None
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Client:
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def seat(self) -> str:
        """The code of the state this client plays; empty for observers and moderators."""
        return self.welcome.seat if self.welcome else ""

    @property
    def session(self) -> str:
        """The session's name."""
        return self.welcome.session if self.welcome else ""

    @property
    def ended(self) -> bool:
        """Whether the session is over or the seat lost."""
        return self._lost is not None or (self.status is not None and self.status.phase == "ended")

    @property
    def lost(self) -> SeatLost | None:
        """Why there will be no more connection, once that is so."""
        return self._lost

    async def connect(self) -> Welcome:
        """Say hello and return the welcome; raises ``SeatLost`` if there will be none."""
        if not self._tasks:
            self._begin(self._keep())
        while self.welcome is None:
            if self._lost is not None:
                raise self._lost
            await self._changed.wait()
        return self.welcome

    async def close(self) -> None:
        """Leave. The seat stays with the newest token, ``line.token``; another connection may take it up again."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._lose(SeatLost(CLOSE_DONE, "closed by this client"))

    async def observations(self) -> AsyncIterator[Observe]:
        """Yield the newest view whenever there is a new one, until the session ends; a view not taken in time is skipped."""
        seen: Observe | None = None
        while not self.ended:
            if self.latest is None or self.latest is seen:
                await self._changed.wait()
            else:
                seen = self.latest
                yield seen

    async def started(self) -> None:
        """Wait until the session has left its lobby, where views are shown and orders are not yet taken."""
        while not self.ended and (self.status is None or self.status.phase == "lobby"):
            await self._changed.wait()

    async def order(self, move: Move | Mapping[str, Any], *, window: int | None = None) -> Ack:
        """Order a move and return the ack; ``window`` is that of the newest view if not given.

        Raises:
            OrderRefused: the server did not take it.
            SeatLost: the connection ended for good before an answer; whether the order counts is then unknown.
        """
        plain = move_to(move) if isinstance(move, Move) else dict(move)
        if window is None:
            window = self.latest.view.window if self.latest else 0
        return await self._ask_once(Order(id=secrets.token_hex(16), window=window, move=plain))

    async def command(self, command: Mapping[str, Any]) -> Ack:
        """Give a moderator's command, ``{"kind": "pause"}`` say, and return the ack; raises as ``order`` does."""
        return await self._ask_once(Command(id=secrets.token_hex(16), command=dict(command)))

    async def ready(self, tick: int | None = None) -> None:
        """Say that there is nothing more to order at this stop of the clock, by default that of the newest view."""
        if tick is None:
            tick = self.latest.view.tick if self.latest else 0
        # A ready for an earlier stop is answered by the clock having gone on.
        self._asked = [each for each in self._asked if not isinstance(each.question, Ready)]
        self._asked.append(_Asked(Ready(tick=tick), asyncio.get_running_loop().create_future()))
        await self.line.send(Ready(tick=tick))

    async def look(self, seat: str = "") -> Observe:
        """Ask for a fresh view, of ``seat`` if this client may see it."""
        observe: Observe = await self._ask(Look(seat=seat))
        return observe

    async def ask_debrief(self) -> dict[str, Any]:
        """Ask for the debrief's document."""
        report: dict[str, Any] = await self._ask(AskDebrief())
        return report

    async def ping(self) -> None:
        """Ask the server for a sign of life, and wait for it."""
        await self._ask(Ping(n=secrets.randbelow(2**31)))

    async def _ask_once(self, message: Order | Command) -> Ack:
        if self._lost is not None:
            raise self._lost
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        # In the box before it is sent: after a lost connection it is sent again from there.
        self.outbox.add(message)
        self._answers[message.id] = future
        await self.line.send(message)
        return await future

    async def _ask(self, question: Question) -> Any:
        if self._lost is not None:
            raise self._lost
        asked = _Asked(question, asyncio.get_running_loop().create_future())
        self._asked.append(asked)
        await self.line.send(question)
        return await asked.future

    def _unanswered(self) -> Iterator[ClientMessage]:
        yield from self.outbox.unanswered()
        for asked in self._asked:
            yield asked.question

    def _take(self, message: ServerMessage) -> None:
        match message:
            case Welcome():
                self.welcome = message
            case Observe():
                if message.view.own.id == self.seat:
                    self.latest = message
                self._settle(Look, message, lambda look: look.seat in ("", message.view.own.id))
            case Ack():
                if not self._answered(message):
                    self._settle(Ready, None)
            case Error():
                self._refused(message)
            case Status():
                self.status = message
            case DebriefReport():
                self._settle(AskDebrief, message.report)
            case Pong():
                self._settle(Ping, None, lambda ping: ping.n == message.n)
            case _:
                pass
        if self._listener is not None:
            self._listener(message)
        self._notify()

    def _settle(self, kind: type[Question], result: object, fits: Callable[[Any], bool] = lambda _: True) -> None:
        for asked in self._asked:
            if isinstance(asked.question, kind) and fits(asked.question):
                self._asked.remove(asked)
                if not asked.future.done():
                    asked.future.set_result(result)
                return

    def _answered(self, answer: Ack | Error) -> bool:
        if self.outbox.settle(answer) is None:
            return False
        future = self._answers.pop(answer.id)
        if not future.done():
            if isinstance(answer, Ack):
                future.set_result(answer)
            else:
                future.set_exception(OrderRefused(answer.code, answer.path, answer.expected, answer.got))
        return True

    def _refused(self, error: Error) -> None:
        limited = self.outbox.get(error.id) if error.code == "rate_limited" else None
        if limited is not None:
            self._begin(self._send_later(limited))
        elif not self._answered(error) and not error.id and self._asked:
            asked = self._asked.pop(0)
            log.warning("refused: %s: %s at %s: expected %s", asked.question, error.code, error.path, error.expected)
            if not isinstance(asked.question, Ready) and not asked.future.done():
                asked.future.set_exception(OrderRefused(error.code, error.path, error.expected, error.got))

    async def _send_later(self, message: Order | Command) -> None:
        await asyncio.sleep(1.0)
        if self.outbox.get(message.id) is not None:
            await self.line.send(message)

    async def _keep(self) -> None:
        self._lose(await self.line.keep())

    def _lose(self, lost: SeatLost) -> None:
        if self._lost is not None:
            return
        self._lost = lost
        for future in (*self._answers.values(), *(asked.future for asked in self._asked)):
            if not future.done():
                future.set_exception(lost)
                future.exception()  # seen: nobody may be waiting for it
        self._notify()

    def _notify(self) -> None:
        """Wake everyone who waits for a change, and give the next to wait something new to wait for."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def _begin(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

"""The Python SDK: a client of one session that reconnects after a lost connection.

::

    async with Client("http://127.0.0.1:8700/j/s1#TOKEN", name="my bot") as client:
        await run_bot(client, Bot("7"))
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from random import Random
from typing import Any

from counterpoise.wire.codec import codec_for
from counterpoise.wire.consent import Consent, ConsentMark
from counterpoise.wire.ending.messages import Leave, Result
from counterpoise.wire.kept_views import changed_view
from counterpoise.wire.messages import (
    CLOSE_DONE,
    SUBPROTOCOLS,
    Ack,
    AskDebrief,
    ClientMessage,
    DebriefReport,
    Error,
    IncidentNews,
    Look,
    Noted,
    Observe,
    OpenCall,
    Ping,
    Pong,
    ReadMark,
    Ready,
    ServerMessage,
    Status,
    Talk,
    Welcome,
)
from counterpoise.wire.move_questions import AskMoves, Moves
from counterpoise.wire.seat_messages import AskDevice, Desk, Device
from counterpoise.wire.view_change import ViewChange
from counterpoise_clients.calls import Calls
from counterpoise_clients.network.dialling import Dial, dial_websocket
from counterpoise_clients.network.links import KeptToken, LinkError, parse_link
from counterpoise_clients.network.pending_requests import PendingRequest, Request
from counterpoise_clients.network.receipts import KeptReceipts
from counterpoise_clients.network.reconnecting import ReconnectingConnection, SeatLost
from counterpoise_clients.network.resume import Backoff, Identified, OrderRefused, UnansweredOrders

__all__ = ["Client", "KeptToken", "LinkError", "OrderRefused", "SeatLost"]

log = logging.getLogger(__name__)


class Client(Calls):
    """A program's connection to one seat. Use it in ``async with``, or call ``connect`` and ``close``.

    After a lost connection the client reconnects by itself, with growing pauses. It then sends unanswered orders again
    under the same ids, so that no order is lost and none counts twice.

    Args:
        link: a join link or a websocket address, see ``parse_link``.
        token: the token, for a link that has none. Clients that share a ``KeptToken`` go on for each other, as tabs do.
        subprotocol: ``msgpack`` or ``json``, or a subprotocol's full name.
        name: the name that the other players see.
        bot: the kind of bot that plays the seat. The journal notes it, and the debrief keeps bots apart from people; without it
            the seat counts as played by a program of unknown kind, never by people.
        backoff: the pauses between attempts to connect.
        give_up_after_s: seconds without a connection after which the client gives up the seat.
        receipts: keeps what the server signs about the journal, for ``counterpoise verify --receipt``; by default in memory.
        on_message: called with every new message from the server, after the client has processed it.
        dial: opens the sockets.
        random: draws the ids of orders, which nobody may guess, and the pauses; by default from the operating system.

    Raises:
        LinkError: the link is not a link to a session.
        ProtocolError: the subprotocol does not exist.
    """

    def __init__(
        self,
        link: str,
        token: str | KeptToken = "",
        *,
        subprotocol: str = "msgpack",
        name: str = "",
        bot: str = "",
        backoff: Backoff | None = None,
        give_up_after_s: float = 120.0,
        receipts: KeptReceipts | None = None,
        on_message: Callable[[ServerMessage], None] | None = None,
        dial: Dial = dial_websocket,
        random: Random | None = None,
    ) -> None:
        self.receipts = receipts or KeptReceipts()
        self._random = random or secrets.SystemRandom()
        self.connection = ReconnectingConnection(
            parse_link(link, token),
            codec_for({each.rpartition(".")[2]: each for each in SUBPROTOCOLS}.get(subprotocol, subprotocol)),
            name=name,
            bot=bot,
            backoff=backoff or Backoff(),
            give_up_after_s=give_up_after_s,
            on_message=self._receive,
            messages_to_resend=self._messages_to_resend,
            dial=dial,
            random=self._random,
        )
        self.unanswered_orders = UnansweredOrders()
        self.welcome: Welcome | None = None
        self.status: Status | None = None
        self.latest: Observe | None = None
        self.result: Result | None = None
        """The final scores of all seats, once the session is over."""
        self.desk: Desk | None = None
        """What lies on the seat's desk: who decides, proposals, and orders that wait for the clock."""
        self.messages: list[dict[str, Any]] = []
        """The messages that this client may read, as incidents, oldest first."""
        self.read_marks: dict[str, int] = {}
        """The number of the last message of each thread that somebody at this seat has read."""
        self.left_open: list[OpenCall] = []
        """The calls that the last ``ready`` left open, with the answers that are given by default."""
        self._on_message = on_message or (lambda _: None)
        self._order_futures: dict[str, asyncio.Future[Ack]] = {}
        self._requests: list[PendingRequest] = []
        self._loss: SeatLost | None = None
        self._has_left = False
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Client:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def seat(self) -> str:
        """The code of the state that this client plays. It is empty for observers and moderators."""
        return self.welcome.seat if self.welcome else ""

    @property
    def member(self) -> str:
        """The pseudonym of this client among those who share its seat, as in ``desk.members``; empty without a seat."""
        return self.welcome.member if self.welcome else ""

    @property
    def session(self) -> str:
        """The session's name."""
        return self.welcome.session if self.welcome else ""

    @property
    def has_ended(self) -> bool:
        """Whether the session is over or the seat is lost."""
        is_over = self.result is not None or (self.status is not None and self.status.phase == "ended")
        return is_over or self._loss is not None

    @property
    def loss(self) -> SeatLost | None:
        """Why the connection ended for good; ``None`` while the client is connected or reconnecting."""
        return self._loss

    async def connect(self) -> Welcome:
        """Connect and return the server's welcome.

        Raises:
            SeatLost: the server refuses the connection, or does not answer in time.
        """
        if not self._tasks:
            self._start_task(self._run_connection())
        while self.welcome is None:
            if self._loss is not None:
                raise self._loss
            await self._changed.wait()
        return self.welcome

    async def leave(self) -> str:
        """Leave: everything sent before is answered, and the server closes the connection. Return what it says.

        A later client can take the seat again with the newest token, ``connection.token``.
        """
        self._has_left = True
        await self.connection.send(Leave())
        while self._loss is None:
            await self._changed.wait()
        return self._loss.reason

    async def wait_for_result(self) -> Result:
        """Wait until the session is over, and return the final scores of all seats.

        Raises:
            SeatLost: the connection ended for good before the session did.
        """
        while self.result is None:
            if self._loss is not None:
                raise self._loss
            await self._changed.wait()
        return self.result

    async def close(self) -> None:
        """Close the connection. A later client can take the seat again with the newest token, ``connection.token``."""
        self._has_left = True
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._fail_waiting(SeatLost(CLOSE_DONE, "closed by this client"))

    async def observations(self) -> AsyncIterator[Observe]:
        """Yield each new view until the session ends. When several arrive between two steps, yield only the newest."""
        seen: Observe | None = None
        while not self.has_ended:
            if self.latest is None or self.latest is seen:
                await self._changed.wait()
            else:
                seen = self.latest
                yield seen

    async def next_change(self) -> None:
        """Wait for the next message from the server, or for the end of the connection."""
        await self._changed.wait()

    async def wait_until_started(self) -> None:
        """Wait until the session leaves its lobby. In the lobby the server sends views but takes no orders."""
        while not self.has_ended and (self.status is None or self.status.phase == "lobby"):
            await self._changed.wait()

    async def ready(self, tick: int | None = None) -> None:
        """Tell the server that this seat has no more orders for this stop of the clock.

        The server's answer sets ``left_open``; ``ready`` does not wait for it.

        Args:
            tick: the stop; by default the tick of the newest view. Before the first view has come, ``ready`` waits for it.
        """
        if tick is None:
            latest = await self._newest_view()
            tick = latest.view.tick if latest else 0
        # A ready for an earlier stop needs no answer any more: the clock has moved on.
        self._requests = [each for each in self._requests if not isinstance(each.request, Ready)]
        self._requests.append(PendingRequest(Ready(tick=tick), asyncio.get_running_loop().create_future()))
        await self.connection.send(Ready(tick=tick))

    def _new_id(self) -> str:
        return self._random.randbytes(16).hex()

    def _new_number(self) -> int:
        return self._random.randrange(2**31)

    async def _newest_view(self) -> Observe | None:
        while self.seat and self.latest is None and not self.has_ended:
            await self._changed.wait()
        return self.latest

    async def _send_order(self, message: Identified) -> Ack:
        if self._loss is not None:
            raise self._loss
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        # Stored before it is sent, so that a reconnect resends it even if this send fails.
        self.unanswered_orders.add(message)
        self._order_futures[message.id] = future
        await self.connection.send(message)
        return await future

    async def _send_request(self, request: Request) -> Any:
        if self._loss is not None and self._loss.code == CLOSE_DONE and self.result is not None and not self._has_left:
            # The server lets programs go when the game is over. Whoever asks for more, such as the debrief, comes back.
            self._loss, self.welcome, self._requests = None, None, []
            await self.connect()
        if self._loss is not None:
            raise self._loss
        pending = PendingRequest(request, asyncio.get_running_loop().create_future())
        self._requests.append(pending)
        await self.connection.send(request)
        return await pending.future

    def _messages_to_resend(self) -> Iterator[ClientMessage]:
        yield from self.unanswered_orders.in_order()
        yield from (pending.request for pending in self._requests)

    def _receive(self, message: ServerMessage) -> None:
        self.receipts.note(message)
        match message:
            case Welcome():
                self.welcome = message
            case Observe():
                if message.view.own.id == self.seat:
                    self.latest = message
                self._resolve_request(Look, message, lambda look: look.id == message.id)
            case ViewChange() if self.latest is not None:
                self.latest = changed_view(self.latest, message)
            case Ack():
                self._resolve_order(message)
            case Desk() if message.seat == self.seat:
                self.desk = message
            case Device():
                self._resolve_request(AskDevice, message)
            case Moves():
                self._resolve_request(AskMoves, message, lambda asked: asked.id == message.id)
            case ConsentMark():
                self._resolve_request(Consent, None)
            case Noted():
                self.left_open = message.open
                self._resolve_request(Ready, None)
            case Talk():
                self.messages, self.read_marks = list(message.messages), dict(message.read)
            case ReadMark():
                self.read_marks[message.thread] = max(message.number, self.read_marks.get(message.thread, 0))
            case IncidentNews():
                self._note_message(message.incident)
            case Error():
                self._handle_error(message)
            case Status():
                self.status = message
            case Result():
                self.result = message
            case DebriefReport():
                self._resolve_request(AskDebrief, message.report)
            case Pong():
                self._resolve_request(Ping, None, lambda ping: ping.n == message.n)
        self._on_message(message)
        self._notify()

    def _note_message(self, incident: dict[str, Any]) -> None:
        # After a reconnect a message can come twice: in the talk so far, and as missed news.
        if incident.get("kind") == "message" and all(known["id"] != incident["id"] for known in self.messages):
            self.messages.append(incident)

    def _resolve_request(
        self, kind: type[Request], result: object, matches: Callable[[Any], bool] = lambda _: True
    ) -> None:
        for pending in self._requests:
            if isinstance(pending.request, kind) and matches(pending.request):
                self._requests.remove(pending)
                if not pending.future.done():
                    pending.future.set_result(result)
                return

    def _resolve_order(self, answer: Ack | Error) -> bool:
        if self.unanswered_orders.resolve(answer) is None:
            return False
        future = self._order_futures.pop(answer.id)
        if not future.done():
            if isinstance(answer, Ack):
                future.set_result(answer)
            else:
                future.set_exception(OrderRefused(answer.code, answer.path, answer.expected, answer.got))
        return True

    def _handle_error(self, error: Error) -> None:
        limited = self.unanswered_orders.get(error.id) if error.code == "rate_limited" else None
        if limited is not None:
            self._start_task(self._send_later(limited))
        elif not self._resolve_order(error):
            pending = next((each for each in self._requests if each.is_refused_by(error)), None)
            if pending is None:
                return
            self._requests.remove(pending)
            refusal = OrderRefused(error.code, error.path, error.expected, error.got)
            if isinstance(pending.request, Ready) and error.code != "late":  # nobody can mend a late one
                log.warning("the server did not take it that this seat is ready: %s", refusal)
            elif not isinstance(pending.request, Ready) and not pending.future.done():
                pending.future.set_exception(refusal)

    async def _send_later(self, message: Identified) -> None:
        await asyncio.sleep(1.0)
        if self.unanswered_orders.get(message.id) is not None:
            await self.connection.send(message)

    async def _run_connection(self) -> None:
        self._fail_waiting(await self.connection.run_until_lost())

    def _fail_waiting(self, loss: SeatLost) -> None:
        if self._loss is not None:
            return
        self._loss = loss
        for future in (*self._order_futures.values(), *(pending.future for pending in self._requests)):
            if not future.done():
                future.set_exception(loss)
                future.exception()  # marks it as retrieved: asyncio would otherwise warn when no caller awaits it
        self._notify()

    def _notify(self) -> None:
        """Wake all tasks that wait for a change, and make a new event for the tasks that wait next."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def _start_task(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

"""One client's connection: frames go to its ``Peer``, messages to the room, and answers back to the socket."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from websockets.exceptions import ConnectionClosed

from counterpoise.errors import ProtocolError, StorageError
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.listener.server_socket import ServerSocket
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.outbox import EncodedMessage, Frame, Outbox
from counterpoise.gateway.turns.errand import Errand
from counterpoise.store.tokens import Grant
from counterpoise.wire.codec import Codec
from counterpoise.wire.ending.messages import Leave
from counterpoise.wire.messages import (
    CLOSE_DONE,
    CLOSE_SLOW,
    CLOSE_TRY_LATER,
    AskDebrief,
    ClientMessage,
    Error,
    Hello,
    Phase,
    Ping,
    Pong,
    SeatRole,
    ServerMessage,
)
from counterpoise.wire.peer import HELLO_WITHIN_MS, Peer
from counterpoise.wire.rates import Bucket

FRAGMENT = 64 * 1024
"""A longer frame is sent in fragments of so many bytes or characters, each when the client has read most of what came before.
Otherwise a client that does not read would make the server hold a copy of the frame."""
CLOSE_SECONDS = 3.0
CONFIRMED_SECONDS = 60.0
"""A client that is still connected so long after its welcome has it, also if it has said nothing: it has answered a ping of the
websocket in between, or the connection would have been closed."""
CLOSE_SLOW_SECONDS = 8.0
"""How long a client that was too slow has for reading why, before its socket is dropped."""
_log = logging.getLogger("counterpoise.gateway")


@dataclass(frozen=True, slots=True)
class Request:
    """A client's message for the room, or the refusal of one, which is its own answer. Each is answered exactly once."""

    connection: Connection
    message: ClientMessage | Error
    received: float


@dataclass(frozen=True, slots=True)
class Arrival:
    """A client that waits for admission."""

    connection: Connection
    hello: Hello
    grant: Grant | None
    """What its token allows; ``None`` if the token is not valid, but the client has a receipt."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An admitted client has the welcome and the token in it: its first frame has come, or it has been there for a minute."""

    connection: Connection
    grant: Grant


@dataclass(frozen=True, slots=True)
class Departure:
    """An admitted client that has disconnected."""

    connection: Connection


InboxItem = Request | Arrival | Confirmation | Departure | Errand


class RoomPort(Protocol):
    """The part of a room that a connection uses."""

    async def identify(self, token: str) -> Grant | None:
        """Return what a token allows; ``None`` if it is not valid; raise ``ProtocolError`` if too many wrong codes were tried."""

    def post(self, item: InboxItem) -> None:
        """Put an item into the room's inbox."""


class Letter(NamedTuple):
    """A message to deliver, and whether it answers a request: then no newer message takes its place."""

    message: EncodedMessage
    is_answer: bool


class Connection:
    """Owns one client's socket, outbox and ``Peer``. It knows nothing of the game."""

    def __init__(
        self,
        socket: ServerSocket,
        codec: Codec,
        room: RoomPort,
        config: ServerConfig,
        metrics: Metrics,
        *,
        on_hello: Callable[[], None],
    ) -> None:
        self.codec = codec
        self.welcomed = self.is_browser = self.has_what_if = False
        self.member, self.holder = "", 0
        """The pseudonym of who holds this client's seat, among those who share it, and the id of their token."""
        self.is_gone = False
        self.heard = 0.0
        """When the client was last heard of, in seconds of the monotonic clock."""
        self.link = 0  # the number of the link by which an admitted client came
        self._socket = socket
        self._room = room
        self._metrics = metrics
        self._on_hello = on_hello
        self._loop = asyncio.get_running_loop()
        self.peer = Peer(codec, self._now_ms())
        self._outbox = Outbox(config.outbox_messages, config.outbox_bytes)
        self._sender: asyncio.Task[None] | None = None
        """Sends what waits while the client reads slowly, and closes the connection; ``None`` while writing needs no waiting."""
        self._is_write_due = False
        self._closing = False
        self._unanswered = asyncio.Semaphore(config.unanswered)
        self._with_room = 0
        """How many requests and refusals the room has yet to answer, other than requests for the debrief."""
        self._dropper: asyncio.TimerHandle | None = None
        self._confirmer: asyncio.TimerHandle | None = None
        self._unconfirmed: Grant | None = None
        """What the client was granted, until it is known to have it."""
        self._owes_debrief = False
        self._debrief: Frame | None = None
        """The debrief while it waits in the outbox or is being sent."""

    @property
    def role(self) -> str:
        """The role of this client, once it is admitted."""
        return self.peer.role

    @property
    def seat(self) -> str:
        """The seat that this client plays; empty without a seat."""
        return self.peer.seat

    @property
    def is_owed_answers(self) -> bool:
        """Whether something that this client asked for has not been answered yet, or waits to be sent."""
        return self._with_room > 0 or self._owes_debrief or self.has_what_if or bool(self._outbox)

    @property
    def lag(self) -> float:
        """The seconds that the last ping of the websocket took; 0 if none was answered yet."""
        return self._socket.latency

    @property
    def log_name(self) -> str:
        """A name for logs that reveals no seat."""
        return str(self._socket.id)[:8]

    async def run(self) -> None:
        """Serve the client until its socket is closed."""
        timer = self._loop.call_later(HELLO_WITHIN_MS / 1000 + 0.05, self._tick)
        try:
            async for frame in self._socket:
                await self._receive(frame)
        except ConnectionClosed:
            pass  # however it ended, the client resumes from the last number it saw
        finally:
            for each in (timer, self._dropper, self._confirmer):
                if each is not None:
                    each.cancel()
            if self._sender is not None:
                self._sender.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await self._sender
            self.is_gone = True
            if self.welcomed or self.peer.state == "claiming":
                self._room.post(Departure(self))

    def admit(self, role: SeatRole, grant: Grant, phase: Phase, bucket: Bucket) -> None:
        """Give the client its role; from now on its messages are checked against the permissions and this rate."""
        self.peer.bucket = bucket
        self.peer.seat_client(role, grant.seat, phase)
        self._unconfirmed = grant
        self._confirmer = self._loop.call_later(CONFIRMED_SECONDS, self._confirm)
        self.welcomed, self.link = True, grant.link
        self.member, self.holder = grant.member if grant.seat else "", grant.id

    def send(self, message: ServerMessage) -> None:
        """Queue a message for this client alone."""
        self.enqueue(EncodedMessage(message))

    def enqueue(self, message: EncodedMessage, *, counted: bool = True, is_answer: bool = False) -> None:
        """Queue a message.

        Args:
            message: the message.
            counted: False for messages that a returning client has missed.
            is_answer: whether it answers a request: then no newer message takes its place.
        """
        if not self._closing:
            key = None if is_answer else message.latest_key
            self._outbox.put(message.frame(self.codec), latest_key=key, counted=counted)
            self._write_soon()

    def deliver(self, letters: Sequence[Letter]) -> None:
        """Write messages at once if nothing waits for this client, which is true of nearly every one; queue them otherwise.

        A client that reads too slowly is closed instead.
        """
        if self._outbox or self._is_write_due or self._sender is not None or self._socket.is_congested:
            self.close_if_slow()
        elif not self._closing:
            frames = [letter.message.frame(self.codec) for letter in letters]
            if sum(map(len, frames)) <= FRAGMENT:
                self._socket.write(frames)
                return
        for message, is_answer in letters:
            self.enqueue(message, is_answer=is_answer)

    def enqueue_view(self, whole: EncodedMessage, change: EncodedMessage | None) -> None:
        """Queue what has changed in the view of this client's seat; the whole view if an earlier one waits, which it replaces."""
        self.enqueue(whole if change is None or self._outbox.has_waiting(whole.latest_key) else change)

    def claim_debrief(self) -> bool:
        """Return whether a debrief may be sent now; if so, none other may be until it is sent or ``release_debrief``."""
        if self._owes_debrief:
            return False
        self._owes_debrief = True
        return True

    def release_debrief(self) -> None:
        """Allow the next request for the debrief."""
        self._owes_debrief, self._debrief = False, None

    def send_debrief(self, frame: Frame) -> None:
        """Queue the debrief, unless this client reads too slowly."""
        if not self.close_if_slow():
            self._debrief = frame
            self._outbox.put(frame)
            self._write_soon()

    def send_error(self, code: str, path: str, expected: str, got: str, *, answers: str = "") -> None:
        """Answer a frame with a typed error."""
        self._metrics.errors.labels(code).inc()
        self.send(Error(code, path, expected, got, answers=answers))

    def answered(self, request: Request) -> None:
        """Note that a request has been answered, so that another frame may be read. After a ``leave`` the connection closes."""
        if not isinstance(request.message, Error):
            self._unanswered.release()
        if not isinstance(request.message, AskDebrief):
            self._with_room -= 1
        if isinstance(request.message, Leave):
            self.close(CLOSE_DONE, "you have left")

    def close(self, code: int, reason: str) -> None:
        """Close the connection, after the queued frames and a ``bye``."""
        self.peer.close(code, reason)
        self._flush()

    def reject_token(self) -> None:
        """Close a connection whose token is not valid."""
        _log.info("auth_fail connection=%s", self.log_name)
        self.peer.refuse()
        self._flush()

    def close_if_slow(self) -> bool:
        """Close the connection if its outbox is full, because the client reads too slowly; return whether it closes."""
        if self._closing or not self._outbox.is_full:
            return self._closing
        self._outbox.clear()
        self.close(CLOSE_SLOW, "you read too slowly: reconnect and resume from the last number you saw")
        return True

    async def _receive(self, frame: bytes | str) -> None:
        self.heard = self._loop.time()
        message = self.peer.receive(frame, self._now_ms())
        if self.peer.state == "seated":
            self._confirm()
        self._flush()
        if message is None:
            return
        if isinstance(message, Hello):
            self._on_hello()
            self.is_browser = message.client == "browser"
            await self._check_token(message)
        elif isinstance(message, Ping):
            self.send(Pong(message.n))
        else:
            await self._unanswered.acquire()
            self._post(message)

    def _confirm(self) -> None:
        """Tell the room that the client has its welcome, and the token in it."""
        if self._unconfirmed is not None:
            self._room.post(Confirmation(self, self._unconfirmed))
            self._unconfirmed = None

    def _post(self, message: ClientMessage | Error) -> None:
        """Pass a request to the room, or a refusal that must not overtake the answers to earlier requests."""
        if not isinstance(message, AskDebrief):  # a debrief takes long: the room answers later requests before it
            self._with_room += 1
        self._room.post(Request(self, message, self._loop.time()))

    async def _check_token(self, hello: Hello) -> None:
        try:
            grant = await self._room.identify(hello.token)
        except StorageError:
            self.close(CLOSE_TRY_LATER, "the server cannot use the session's journal: try again later")
            return
        except ProtocolError as error:
            self.close(CLOSE_TRY_LATER, error.got)
            return
        if grant is None and not hello.last_vseq and not hello.asks:
            self.reject_token()
            return
        self._room.post(Arrival(self, hello, grant))

    def _flush(self) -> None:
        """Queue the peer's messages, and start closing if the peer has closed."""
        for message in self.peer.take_to_send():
            if isinstance(message, Error):
                self._metrics.errors.labels(message.code).inc()
                if self._with_room and not self.peer.close_code:
                    self._post(message)
                    continue
            self.send(message)
        if self.peer.close_code and not self._closing:
            self._closing = True
            self._metrics.closes.labels(str(self.peer.close_code)).inc()
            seconds = CLOSE_SLOW_SECONDS if self.peer.close_code == CLOSE_SLOW else CLOSE_SECONDS
            # websockets waits for a client that does not read before it starts its own closing timeout.
            self._dropper = self._loop.call_later(seconds, self._socket.transport.abort)
            self._write_soon()

    def _tick(self) -> None:
        self.peer.tick(self._now_ms())
        self._flush()

    def _write_soon(self) -> None:
        """Write the queued frames when this turn of the event loop is over, so that those of one turn are written together."""
        if self._sender is None and not self._is_write_due:
            self._is_write_due = True
            self._loop.call_soon(self._write)

    def _write(self) -> None:
        """Write the queued frames at once as far as the client keeps up; leave the others, and closing, to a task."""
        self._is_write_due = False
        if self._sender is not None:
            return
        while self._outbox and not self._socket.is_congested:
            frames = self._outbox.take_together(FRAGMENT)
            if not frames:
                break
            self._socket.write(frames)
            for frame in frames:
                self._note_sent(frame)
        if self._outbox or self._closing:
            self._sender = asyncio.create_task(self._send_all(), name=f"sender {self.log_name}")

    async def _send_all(self) -> None:
        """Send the queued frames as fast as the client reads them, then close the connection if it is to be closed."""
        with contextlib.suppress(ConnectionClosed):
            while self._outbox:
                frame = self._outbox.take()
                await self._socket.send(frame if len(frame) <= FRAGMENT else _fragments(frame))
                self._note_sent(frame)
            if self._closing:
                await self._socket.close(self.peer.close_code, self.peer.close_reason)
            else:
                self._sender = None

    def _note_sent(self, frame: Frame) -> None:
        if frame is self._debrief:
            self.release_debrief()

    def _now_ms(self) -> int:
        return int(self._loop.time() * 1000)


def _fragments(frame: Frame) -> Iterator[Frame]:
    for start in range(0, len(frame), FRAGMENT):
        yield frame[start : start + FRAGMENT]

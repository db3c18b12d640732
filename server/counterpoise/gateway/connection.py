"""One socket: pumps frames into a ``Peer``, messages into the room, and what the room says out again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from counterpoise.errors import StorageError
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.outbox import Frame, Newest, Outbox
from counterpoise.store.tokens import Grant
from counterpoise.wire.codec import Codec
from counterpoise.wire.messages import (
    CLOSE_SLOW,
    CLOSE_TRY_LATER,
    ClientMessage,
    Error,
    Hello,
    Observe,
    Phase,
    Ping,
    Pong,
    SeatRole,
    ServerMessage,
    Status,
)
from counterpoise.wire.peer import HELLO_WITHIN_MS, Peer
from counterpoise.wire.rates import Bucket

CLOSE_SECONDS = 3.0
CLOSE_SLOW_SECONDS = 8.0
"""A client that was too slow gets this long to read that it was, before its socket is dropped."""
_log = logging.getLogger("counterpoise.gateway")


@dataclass(frozen=True, slots=True)
class Request:
    """A frame's message on its way to the room; every request is answered exactly once."""

    connection: Connection
    message: ClientMessage
    received: float


@dataclass(frozen=True, slots=True)
class Arrival:
    """A client whose token is good, at the door of the room."""

    connection: Connection
    hello: Hello
    grant: Grant


@dataclass(frozen=True, slots=True)
class Departure:
    """A client that was let in and is gone."""

    connection: Connection


Visit = Request | Arrival | Departure


class Door(Protocol):
    """What a connection needs of its room."""

    async def identify(self, token: str) -> Grant | None:
        """Tell what a token allows; ``None`` if nothing."""

    def post(self, visit: Visit) -> None:
        """Put something into the room's inbox."""


@dataclass(slots=True)
class Announcement:
    """One message to many: encoded once for each written form."""

    message: ServerMessage
    _frames: dict[str, Frame] = field(default_factory=dict)

    def frame(self, codec: Codec) -> Frame:
        """Return the message in the codec's form."""
        frame = self._frames.get(codec.subprotocol)
        if frame is None:
            frame = self._frames[codec.subprotocol] = codec.encode(self.message)
        return frame

    @property
    def newest(self) -> Newest | None:
        """The kind of which only the newest matters, if this is one."""
        if isinstance(self.message, Observe):
            return f"observe {self.message.view.own.id}"
        return "status" if isinstance(self.message, Status) else None


class Connection:
    """The shell around one client's ``Peer``: it owns the socket, the outbox and nothing of the game."""

    def __init__(
        self,
        socket: ServerConnection,
        codec: Codec,
        door: Door,
        config: ServerConfig,
        metrics: Metrics,
        *,
        on_welcome: Callable[[], None],
    ) -> None:
        self.codec = codec
        self.welcomed = False
        self.is_gone = False
        self._socket = socket
        self._door = door
        self._metrics = metrics
        self._on_welcome = on_welcome
        self._loop = asyncio.get_running_loop()
        self.peer = Peer(codec, self._now_ms())
        self._outbox = Outbox(config.outbox_messages, config.outbox_bytes)
        self._wake = asyncio.Event()
        self._closing = False
        self._unanswered = asyncio.Semaphore(config.unanswered)
        self._dropper: asyncio.TimerHandle | None = None

    @property
    def role(self) -> str:
        """What this client may do, once it is seated."""
        return self.peer.role

    @property
    def seat(self) -> str:
        """The seat this client plays; empty without one."""
        return self.peer.seat

    @property
    def mark(self) -> str:
        """A name for logs that gives nothing away."""
        return str(self._socket.id)[:8]

    async def run(self) -> None:
        """Serve the client until its socket is closed."""
        sender = asyncio.create_task(self._send_all(), name=f"sender {self.mark}")
        timer = self._loop.call_later(HELLO_WITHIN_MS / 1000 + 0.05, self._tick)
        try:
            async for frame in self._socket:
                await self._receive(frame)
        except ConnectionClosed:
            pass  # how it ended makes no difference: the client resumes from the last number it saw
        finally:
            timer.cancel()
            if self._dropper is not None:
                self._dropper.cancel()
            sender.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sender
            self.is_gone = True
            if self.welcomed:
                self._door.post(Departure(self))

    def let_in(self, role: SeatRole, seat: str, phase: Phase, bucket: Bucket) -> None:
        """Seat the client: from now on its messages pass by the table of roles, at this rate."""
        self.peer.bucket = bucket
        self.peer.seat_client(role, seat, phase)
        self.welcomed = True
        self._on_welcome()

    def tell(self, message: ServerMessage) -> None:
        """Queue a message to this client alone."""
        self.announce(Announcement(message))

    def announce(self, announcement: Announcement, *, counted: bool = True) -> None:
        """Queue a message; ``counted`` is False for what a returning client has missed."""
        if not self._closing:
            self._outbox.put(announcement.frame(self.codec), newest=announcement.newest, counted=counted)
            self._wake.set()

    def refuse(self, code: str, path: str, expected: str, got: str, request_id: str = "") -> None:
        """Answer a frame with a typed error."""
        self._metrics.errors.labels(code).inc()
        self.tell(Error(code, path, expected, got, request_id))

    def answered(self) -> None:
        """Note that a request has been answered, so that another may be read."""
        self._unanswered.release()

    def end(self, code: int, reason: str) -> None:
        """Close the connection, after what still waits and a ``bye``."""
        self.peer.close(code, reason)
        self._flush()

    def turn_away(self) -> None:
        """Close a connection whose token opens nothing."""
        _log.info("auth_fail connection=%s", self.mark)
        self.peer.refuse()
        self._flush()

    def drop_if_slow(self) -> bool:
        """Close the connection if it reads so slowly that its outbox is full; tells whether it was."""
        if self._closing or not self._outbox.is_full:
            return self._closing
        self._outbox.clear()
        self.end(CLOSE_SLOW, "too slow: reconnect and resume from the last number you saw")
        return True

    async def _receive(self, frame: bytes | str) -> None:
        message = self.peer.receive(frame, self._now_ms())
        self._flush()
        if message is None:
            return
        if isinstance(message, Hello):
            await self._introduce(message)
        elif isinstance(message, Ping):
            self.tell(Pong(message.n))
        else:
            await self._unanswered.acquire()
            self._door.post(Request(self, message, self._loop.time()))

    async def _introduce(self, hello: Hello) -> None:
        try:
            grant = await self._door.identify(hello.token)
        except StorageError:
            self.end(CLOSE_TRY_LATER, "the session's journal cannot be read or written")
            return
        if grant is None:
            self.turn_away()
            return
        self._door.post(Arrival(self, hello, grant))

    def _flush(self) -> None:
        """Queue what the peer has to say, and start to close if it is done."""
        for message in self.peer.take_to_send():
            if isinstance(message, Error):
                self._metrics.errors.labels(message.code).inc()
            self.tell(message)
        if self.peer.close_code and not self._closing:
            self._closing = True
            self._metrics.closes.labels(str(self.peer.close_code)).inc()
            seconds = CLOSE_SLOW_SECONDS if self.peer.close_code == CLOSE_SLOW else CLOSE_SECONDS
            # The library waits for a client that does not read before it starts its own closing timeout.
            self._dropper = self._loop.call_later(seconds, self._socket.transport.abort)
            self._wake.set()

    def _tick(self) -> None:
        self.peer.tick(self._now_ms())
        self._flush()

    async def _send_all(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                while self._outbox:
                    await self._socket.send(self._outbox.take())
                if self._closing:
                    await self._socket.close(self.peer.close_code, self.peer.close_reason)
                    return
                self._wake.clear()
                await self._wake.wait()

    def _now_ms(self) -> int:
        return int(self._loop.time() * 1000)

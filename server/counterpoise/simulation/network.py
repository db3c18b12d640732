"""A simulated network: websockets between clients and one server, whole frames with delays, losses and slow readers.

A connection keeps the order of its frames, as TCP does. Frames of different connections overtake each other.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from random import Random
from typing import Protocol

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed, ConnectionClosedError, InvalidStatus
from websockets.frames import Close
from websockets.http11 import Response

Frame = bytes | str
BUFFER_BYTES = 64 * 1024
"""A sender waits while the other end has not read so many bytes."""
DELAY_SECONDS = 0.03
"""Most frames take at most so long."""
LAG_SECONDS, LAG_SHARE = 1.5, 0.02
"""The rest, a share of so much, takes up to so long."""
CLOSE_SECONDS = 3.0
"""How long an end that closes waits for the other."""
KEEPALIVE_SECONDS = 15.0, 30.0
"""When an end notices that nothing arrives any more: the range of websockets' pings."""
PROXY_SECONDS = 2.0
"""How long the proxy waits for an answer before it asks the next process."""
BROKEN = 1006
_NOBODY = contextvars.Context()
"""The context of the network: what it does belongs to no process."""


class SocketEnd:
    """One end of a connection.

    Args:
        network: carries the frames.
        client: whose connection it is.
        number: of the connection.
        subprotocol: which client and server agreed on.
    """

    def __init__(self, network: Network, client: str, number: int, subprotocol: str) -> None:
        self.id, self.subprotocol, self.latency = f"{client} {number}", subprotocol, 0.0
        self.client = client
        self.transport = self
        self.other: SocketEnd
        self.is_silent = False
        """Whether what this end sends gets lost on the way."""
        self.reads_at = 0.0
        """The virtual second until which the program does not read."""
        self.on_send: Callable[[SocketEnd, Frame], None] | None = None
        """Told of each frame that the program is about to send."""
        self._network, self._loop = network, asyncio.get_running_loop()
        self._inbox: deque[Frame] = deque()
        self._unread = 0
        self._news, self._drained = asyncio.Event(), asyncio.Event()
        self._last_arrival = 0.0
        self._closed: Close | None = None
        self._is_closing = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing more comes or goes."""
        return self._closed is not None

    async def recv(self) -> Frame:
        """Return the next frame; raise ``ConnectionClosed`` if there is none and the connection is over."""
        while self.reads_at > self._loop.time():
            await asyncio.sleep(self.reads_at - self._loop.time())
        while not self._inbox:
            self._require_open()
            self._news.clear()
            await self._news.wait()
        frame = self._inbox.popleft()
        self._unread -= len(frame)
        if self._unread < BUFFER_BYTES:
            self._drained.set()
        return frame

    async def __aiter__(self) -> AsyncIterator[Frame]:
        """Yield the frames until the connection is over."""
        while True:
            try:
                yield await self.recv()
            except ConnectionClosed:
                return

    @property
    def is_congested(self) -> bool:
        """Whether the other end has not read what was sent, or the connection is closing."""
        return self._closed is not None or self._is_closing or self.other._unread >= BUFFER_BYTES

    def write(self, frames: Sequence[Frame]) -> None:
        """Send frames without waiting."""
        for frame in frames:
            self._pass_on(frame)

    async def send(self, message: Frame | Iterable[Frame]) -> None:
        """Send a frame, or its fragments; wait while the other end does not read."""
        self._require_open()
        self._pass_on(message if isinstance(message, bytes | str) else _joined(message))
        while self.other._unread >= BUFFER_BYTES and self._closed is None:
            self.other._drained.clear()
            await self.other._drained.wait()

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Close the connection, after the frames that were sent before."""
        if self._closed is None and not self._is_closing:
            self._is_closing = True
            self._deliver(lambda: self.other._close_arrived(Close(code, reason)))
            self._loop.call_later(CLOSE_SECONDS, self._end, Close(BROKEN, ""), context=_NOBODY)
        while self._closed is None:
            self._inbox.clear()
            self._news.clear()
            await self._news.wait()

    def abort(self) -> None:
        """Drop the connection at once; the other end hears of it later, unless the network is silent."""
        self._end(Close(BROKEN, ""))
        self._deliver(lambda: self.other._end(Close(BROKEN, "")))

    def reset(self) -> None:
        """End the connection for both ends at once; what is on the way is lost."""
        self.is_silent = self.other.is_silent = True
        self._end(Close(BROKEN, ""))
        self.other._end(Close(BROKEN, ""))

    def vanish(self) -> None:
        """Fall silent for ever, as a machine without power does."""
        self.is_silent = self.other.is_silent = True
        self._network.notice_silence(self)

    def count_out(self) -> None:
        """Do nothing: the simulated listener does not count those who wait."""

    def _pass_on(self, frame: Frame) -> None:
        if self.on_send is not None:
            self.on_send(self, frame)
        self._deliver(lambda: self.other._arrived(frame))

    def _deliver(self, arrive: Callable[[], None]) -> None:
        if self.is_silent:
            return
        # A frame never overtakes the one before it.
        self._last_arrival = max(self._last_arrival, self._loop.time() + self._network.delay())
        self._loop.call_at(self._last_arrival, self._unless_silent, arrive, context=_NOBODY)

    def _unless_silent(self, arrive: Callable[[], None]) -> None:
        if not self.is_silent:
            arrive()

    def _arrived(self, frame: Frame) -> None:
        if self._closed is None:
            self._inbox.append(frame)
            self._unread += len(frame)
            self._news.set()

    def _close_arrived(self, close: Close) -> None:
        if self._closed is None:
            if not self._is_closing:
                self._deliver(lambda: self.other._end(close))
            self._end(close)

    def _end(self, close: Close) -> None:
        if self._closed is None:
            self._closed = close
            self._news.set()
            self._drained.set()
            self.other._drained.set()

    def _require_open(self) -> None:
        if self._closed is not None:
            raise ConnectionClosedError(None if self._closed.code == BROKEN else self._closed, None)


class Listener(Protocol):
    """A process of the server that listens."""

    async def takes(self, url: str) -> bool:
        """Return whether it serves the session of an address, as a proxy asks."""

    def accept(self, end: SocketEnd, url: str) -> None:
        """Take a new connection."""


class Network:
    """Connects clients to the server that listens.

    Args:
        random: draws delays.
    """

    def __init__(self, random: Random) -> None:
        self.listeners: list[Listener] = []
        """The processes that listen, in the order in which the proxy before them asks."""
        self.connections: dict[str, list[SocketEnd]] = {}
        """The clients' ends of the open connections, by client, the newest last."""
        self._random, self._loop = random, asyncio.get_running_loop()
        self._made = 0

    def dialler(self, client: str) -> Callable[[str, str], AbstractAsyncContextManager[SocketEnd]]:
        """Return what a client opens its sockets with."""

        @asynccontextmanager
        async def dial(url: str, subprotocol: str) -> AsyncIterator[SocketEnd]:
            await asyncio.sleep(self.delay())
            end = self._connected(client, await self._routed(url), url, subprotocol)
            try:
                await asyncio.sleep(self.delay())
                yield end
            finally:
                await end.close()
                self.connections[client].remove(end)

        return dial

    def delay(self) -> float:
        """Draw how long a frame takes, in seconds."""
        longest = LAG_SECONDS if self._random.random() < LAG_SHARE else DELAY_SECONDS
        return self._random.uniform(0.001, longest)

    def break_connection(self, client: str) -> None:
        """Reset the newest connection of a client; what is on the way is lost."""
        for end in self._open(client)[-1:]:
            end.reset()

    def silence(self, client: str) -> None:
        """Let the newest connection of a client carry nothing more; both ends notice by their pings."""
        for end in self._open(client)[-1:]:
            end.vanish()

    def slow_down(self, client: str, seconds: float) -> None:
        """Let a client not read for some seconds."""
        for end in self._open(client)[-1:]:
            end.reads_at = self._loop.time() + seconds

    def heal(self) -> None:
        """End all silence: connections that carry nothing are reset, and everybody reads again."""
        for client in self.connections:
            for end in self._open(client):
                end.reads_at = 0.0
                if end.is_silent:
                    end.reset()

    def notice_silence(self, end: SocketEnd) -> None:
        """Let both ends of a silent connection notice that after a while."""
        for each in (end, end.other):
            seconds = self._random.uniform(*KEEPALIVE_SECONDS)
            self._loop.call_later(seconds, each._end, Close(BROKEN, ""), context=_NOBODY)

    def _open(self, client: str) -> list[SocketEnd]:
        return [end for end in self.connections.get(client, ()) if not end.is_closed]

    async def _routed(self, url: str) -> Listener:
        """Return the process that serves a session, as a proxy finds it."""
        if not self.listeners:
            raise ConnectionRefusedError("nobody listens")
        for listener in tuple(self.listeners):
            with suppress(TimeoutError):
                async with asyncio.timeout(PROXY_SECONDS):
                    if await listener.takes(url) and listener in self.listeners:
                        return listener
        raise InvalidStatus(Response(503, "Service Unavailable", Headers()))

    def _connected(self, client: str, listener: Listener, url: str, subprotocol: str) -> SocketEnd:
        self._made += 1
        mine, theirs = (SocketEnd(self, client, self._made, subprotocol) for _ in range(2))
        mine.other, theirs.other = theirs, mine
        self.connections.setdefault(client, []).append(mine)
        listener.accept(theirs, url)
        return mine


def _joined(fragments: Iterable[Frame]) -> Frame:
    parts = list(fragments)
    return b"".join(part for part in parts if isinstance(part, bytes)) or "".join(
        part for part in parts if isinstance(part, str)
    )

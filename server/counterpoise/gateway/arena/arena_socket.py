"""One socket of an arena: an entrant that waits for games."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

from websockets.exceptions import ConnectionClosed

from counterpoise.errors import ProtocolError, StorageError
from counterpoise.gateway.listener.server_socket import ServerSocket
from counterpoise.wire.arena.messages import (
    ARENA_SUBPROTOCOL,
    ArenaPing,
    ArenaPong,
    ArenaRefusal,
    ArenaServerMessage,
    encode_arena_message,
    read_arena_message,
)
from counterpoise.wire.codec import CLOSE_PROTOCOL
from counterpoise.wire.messages import CLOSE_HELLO_TIMEOUT, CLOSE_POLICY, CLOSE_RATE, CLOSE_SLOW, CLOSE_TRY_LATER
from counterpoise.wire.peer import HELLO_WITHIN_MS
from counterpoise.wire.rates import Bucket

if TYPE_CHECKING:
    from counterpoise.gateway.arena.arena import Arena

PER_SECOND, BURST = 5, 20
WAITING_MAX = 64
"""Messages that may wait for a bot that does not read."""


class ArenaSocket:
    """Serves one entrant until its socket is closed.

    Args:
        socket: the socket, after its handshake.
        arena: the arena.
    """

    def __init__(self, socket: ServerSocket, arena: Arena) -> None:
        self.name = ""
        self._socket, self._arena = socket, arena
        self._loop = asyncio.get_running_loop()
        self._bucket = Bucket(self._now_ms(), per_second=PER_SECOND, burst=BURST)
        self._waiting: deque[ArenaServerMessage] = deque()
        self._news = asyncio.Event()
        self._closing: tuple[int, str] | None = None

    async def run(self) -> None:
        """Serve the entrant until its socket is closed."""
        if self._socket.subprotocol != ARENA_SUBPROTOCOL:
            await self._socket.close(CLOSE_PROTOCOL, f"no_subprotocol: expected {ARENA_SUBPROTOCOL}")
            return
        writer = asyncio.create_task(self._write(), name="arena socket")
        timer = self._loop.call_later(HELLO_WITHIN_MS / 1000, self._enter_is_due)
        try:
            async for frame in self._socket:
                await self._receive(frame)
        except ConnectionClosed:
            pass  # the entrant comes back with its name and key
        finally:
            timer.cancel()
            if self.name:
                self._arena.leave(self.name, self)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer

    def send(self, message: ArenaServerMessage) -> None:
        """Send a message after those that wait."""
        if len(self._waiting) >= WAITING_MAX:
            self.leave(CLOSE_SLOW, "too many messages wait: read faster")
            return
        self._waiting.append(message)
        self._news.set()

    def leave(self, code: int, reason: str) -> None:
        """Close the socket after what waits to be sent."""
        self._closing = self._closing or (code, reason)
        self._news.set()

    async def _receive(self, frame: bytes | str) -> None:
        if self._closing is not None:
            return
        if not self._bucket.take(len(frame), self._now_ms()):
            self.leave(CLOSE_RATE, "too many messages")
            return
        try:
            message = read_arena_message(frame)
            if isinstance(message, ArenaPing):
                self.send(ArenaPong())
                return
            if self.name:
                raise ProtocolError("invalid", "$.t", "enter once on a connection", "enter again", CLOSE_POLICY)
            await self._arena.enter(self, message)
            self.name = message.name
            self._socket.count_out()
        except ProtocolError as error:
            self.send(ArenaRefusal(error.code, error.path, error.expected, error.got))
            self.leave(error.close_code or CLOSE_POLICY, error.code)
        except StorageError as error:
            self.send(ArenaRefusal("storage", "$", "a disk that can be written", error.problem))
            self.leave(CLOSE_TRY_LATER, "storage")

    async def _write(self) -> None:
        """Send what waits, until the socket is closed."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self._news.wait()
                self._news.clear()
                while self._waiting:
                    await self._socket.send(encode_arena_message(self._waiting.popleft()))
                if self._closing is not None:
                    await self._socket.close(*self._closing)
                    return

    def _enter_is_due(self) -> None:
        if not self.name:
            self.leave(CLOSE_HELLO_TIMEOUT, "no enter in time")

    def _now_ms(self) -> int:
        return int(self._loop.time() * 1000)

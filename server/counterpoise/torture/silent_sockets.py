"""Sockets that say nothing, or not what a server expects."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from counterpoise.wire.messages import SUBPROTOCOLS


def handshake(session: str = "s", subprotocol: str = SUBPROTOCOLS[1]) -> bytes:
    """Return the bytes that ask for a websocket of a session."""
    return (
        f"GET /s/{session}/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: {subprotocol}\r\n\r\n"
    ).encode()


class SilentSockets:
    """Opens sockets again and again that say nothing, most of them after a websocket handshake."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: list[asyncio.StreamWriter] = []
        self.opened = 0

    async def open(self, count: int) -> None:
        """Open so many sockets; one in ten does not even ask for a websocket."""
        for _ in range(count):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
                if self.opened % 10:
                    writer.write(handshake())
                self._open.append(writer)
                self.opened += 1

    async def go_on(self, pause_seconds: float) -> None:
        """Open further sockets, one after each pause, until cancelled."""
        while True:
            await self.open(1)
            await asyncio.sleep(pause_seconds)

    def close(self) -> None:
        """Close all sockets."""
        for writer in self._open:
            writer.transport.abort()


@asynccontextmanager
async def silent_sockets(port: int, count: int, *, pause_seconds: float = 0.002) -> AsyncIterator[SilentSockets]:
    """Open so many silent sockets to this machine at once, and further ones until the end."""
    silent = SilentSockets(port)
    more: asyncio.Task[None] | None = None
    try:
        await silent.open(count)
        more = asyncio.create_task(silent.go_on(pause_seconds))
        yield silent
    finally:
        if more is not None:
            more.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await more
        silent.close()

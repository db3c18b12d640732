"""Opens the sockets of a client."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from counterpoise.wire.codec import OUTBOUND

LOOPBACK_HOSTS = ("//127.0.0.1", "//localhost", "//[::1]")


class ClientSocket(Protocol):
    """The part of a websocket that a client uses."""

    async def recv(self) -> bytes | str:
        """Return the next frame; raise ``ConnectionClosed`` if the connection is over."""

    async def send(self, message: bytes | str) -> None:
        """Send a frame; raise ``ConnectionClosed`` if the connection is over."""


Dial = Callable[[str, str], AbstractAsyncContextManager[ClientSocket]]
"""Opens a websocket at an address, with a subprotocol, and closes it when the block ends."""


def dial_websocket(url: str, subprotocol: str) -> AbstractAsyncContextManager[ClientSocket]:
    """Open a websocket over the network."""
    return connect(
        url,
        subprotocols=[Subprotocol(subprotocol)],
        compression=None,
        open_timeout=5,
        close_timeout=3,
        ping_interval=15,
        ping_timeout=15,
        max_size=OUTBOUND.frame,
        proxy=None if any(host in url for host in LOOPBACK_HOSTS) else True,
    )

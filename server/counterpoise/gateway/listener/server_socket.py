"""The part of a websocket that the gateway uses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Protocol

from counterpoise.gateway.outbox import Frame


class ServerTransport(Protocol):
    """What carries the bytes of a websocket."""

    def abort(self) -> None:
        """Drop the connection at once, with the bytes that wait."""


class ServerSocket(Protocol):
    """A client's websocket, after its handshake. Once it is closed, ``send`` raises ``ConnectionClosed``."""

    @property
    def id(self) -> object:
        """A random name, for logs."""

    @property
    def subprotocol(self) -> str | None:
        """The subprotocol that client and server agreed on; ``None`` if the client offered none."""

    @property
    def transport(self) -> ServerTransport:
        """What carries the bytes."""

    @property
    def latency(self) -> float:
        """The seconds that the last ping took; 0 before the first is answered."""

    def __aiter__(self) -> AsyncIterator[Frame]:
        """Yield the client's frames until the connection is closed."""

    @property
    def is_congested(self) -> bool:
        """Whether ``write`` may not be used: the client reads slowly, or the connection is closing."""

    def write(self, frames: Sequence[Frame]) -> None:
        """Pass frames to the system together, without waiting; not while the socket is congested or something is being sent."""

    async def send(self, message: Frame | Iterable[Frame]) -> None:
        """Send a frame, or one frame in fragments; return when the client has read most of what was sent before."""

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Close the connection and wait until it is closed."""

    def count_out(self) -> None:
        """Note that the client has said hello."""

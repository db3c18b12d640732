"""A connection of the listener before it is a websocket: requests that websockets would drop, and the count of those who wait."""

from __future__ import annotations

import asyncio
import http
import re
import resource
import struct
from collections.abc import Sequence
from functools import lru_cache

from websockets.asyncio.server import ServerConnection
from websockets.frames import Opcode
from websockets.http11 import Response
from websockets.protocol import State

from counterpoise.gateway.listener.pending_sockets import PendingSockets
from counterpoise.gateway.listener.static import plain
from counterpoise.gateway.outbox import Frame

_FINAL = 0x80
"""The bit of a frame that ends its message."""
_TEXT, _BINARY = _FINAL | Opcode.TEXT, _FINAL | Opcode.BINARY
_MEDIUM, _LONG = struct.Struct("!BBH"), struct.Struct("!BBQ")
"""The heads of frames whose length does not fit into 7 bits."""
_WRITING = re.compile(rb"(POST|PUT|PATCH|DELETE|OPTIONS) ")
UNREAD_BYTES_MAX = 32 * 1024
"""So many bytes may wait for a client, beside those that the system holds, before frames wait in its outbox; as in websockets."""
FILES_WANTED = 65_536
"""How many open files the server asks the operating system for; every connection is one."""


class HttpConnection(ServerConnection):
    """A connection that answers POST, PUT, PATCH, DELETE and OPTIONS, which websockets would drop without an answer.

    It is among the pending sockets from the moment it is accepted until ``count_out`` or its end.
    """

    pending: PendingSockets
    _has_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection in."""
        super().connection_made(transport)
        self.pending.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection out."""
        self.count_out()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Process received bytes; a request with a writing method is answered here."""
        first, self._has_data = not self._has_data, True
        if first and (found := _WRITING.match(data)):
            self.transport.write(method_not_allowed(found[1].decode()).serialize())
            self.transport.close()
            return
        super().data_received(data)

    @property
    def is_congested(self) -> bool:
        """Whether ``write`` may not be used: the client reads slowly, or the connection is closing."""
        return self.protocol.state is not State.OPEN or self.transport.get_write_buffer_size() > UNREAD_BYTES_MAX

    def write(self, frames: Sequence[Frame]) -> None:
        """Pass frames to the system together, without waiting; not while the socket is congested or something is being sent.

        websockets makes a system call for each frame, which costs more than all else that is done for a short message.
        """
        self.transport.write(_serialized(frames[0]) if len(frames) == 1 else b"".join(map(_serialized, frames)))

    def count_out(self) -> None:
        """Note that the client has said hello."""
        self.pending.remove(self)

    def drop(self) -> None:
        """Drop the connection at once: a client that was about to say hello connects again."""
        self.transport.abort()


@lru_cache(maxsize=8)
def _serialized(frame: Frame) -> bytes:
    """Return a frame as the bytes on the wire (RFC 6455, 5.2): unfragmented, and unmasked as every frame of a server.

    It is cached, because a message goes to many connections one after the other.
    """
    opcode, data = (_TEXT, frame.encode()) if isinstance(frame, str) else (_BINARY, frame)
    size = len(data)
    if size < 126:
        return bytes((opcode, size)) + data
    return (_MEDIUM.pack(opcode, 126, size) if size < 65_536 else _LONG.pack(opcode, 127, size)) + data


def http_connection(sockets: PendingSockets) -> type[HttpConnection]:
    """Return the class of the connections of one listener."""

    class ListenersConnection(HttpConnection):
        pending = sockets

    return ListenersConnection


def method_not_allowed(method: str) -> Response:
    """Return the response to a method that no page has."""
    return plain(method, http.HTTPStatus.METHOD_NOT_ALLOWED, "GET only\n", [("Allow", "GET, HEAD")])


def raise_file_limit() -> int:
    """Raise the number of files that this process may open, as far as the system allows; return the number."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return FILES_WANTED
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, FILES_WANTED)
    if wanted > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(soft, wanted)

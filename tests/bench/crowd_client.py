"""The clients of the benchmarks of crowds, in a process of their own: each line on standard input is a command, each line on
standard output its answer.

A thousand clients of a library would cost more than the server that is measured. So these write and read websocket frames by
themselves, and decode a frame only where a benchmark asks for what is in it.

Commands: ``open`` opens connections, sends a frame over each and waits for its first answer; ``hear`` waits until each connection
has received so many frames since ``mark``; ``flood`` sends a frame over each connection at a rate; ``orders`` plays one seat;
``drop`` drops all connections.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import struct
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import msgpack

PAUSE_SECONDS = 0.02
"""How long a player who orders again and again waits after an ack."""
BINARY, PING, PONG = 0x02, 0x09, 0x0A
CONNECTING_AT_ONCE = 256
"""How many handshakes may be under way: the system drops what a listener has not accepted in time."""


class Socket(asyncio.Protocol):
    """One websocket connection.

    Args:
        crowd: the connections it belongs to.
        frame: what it sends first, or nothing.
    """

    def __init__(self, crowd: Crowd, frame: bytes) -> None:
        self._crowd, self._frame = crowd, frame
        self._buffer = bytearray()
        self._is_upgraded = False
        self.received = 0
        """Frames received so far."""
        self.first = b""
        """The content of the first frame."""
        self.heard: asyncio.Queue[bytes] | None = None
        """The content of the frames, while somebody reads them; nothing stands for the end of the connection."""
        self.upgraded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade to a websocket."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._crowd.request)

    def connection_lost(self, error: Exception | None) -> None:
        """Leave the crowd."""
        self._crowd.sockets.pop(self, None)
        if self.heard is not None:
            self.heard.put_nowait(b"")
        if not self.upgraded.done():
            self.upgraded.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Read the answer to the handshake, then frames."""
        self._buffer += data
        if not self._is_upgraded:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            del self._buffer[: end + 4]
            self._is_upgraded = True
            self.upgraded.set_result(None)
            if self._frame:
                self.send(self._frame)
        self._read_frames()

    def send(self, payload: bytes) -> None:
        """Send a binary frame."""
        self._write(BINARY, payload)

    def _write(self, opcode: int, payload: bytes) -> None:
        """Send a frame. Its mask is four zero bytes, which leave the content as it is."""
        first, size = 0x80 | opcode, len(payload)
        head = struct.pack("!BB", first, 0x80 | size) if size < 126 else struct.pack("!BBH", first, 0xFE, size)
        self.transport.write(head + b"\0\0\0\0" + payload)

    def _read_frames(self) -> None:
        buffer, at = self._buffer, 0
        while len(buffer) >= at + 2:
            size, head = buffer[at + 1] & 0x7F, 2
            if size >= 126:
                head = 4 if size == 126 else 10
                if len(buffer) < at + head:
                    break
                size = int.from_bytes(buffer[at + 2 : at + head], "big")
            if len(buffer) < at + head + size:
                break
            if buffer[at] & 0x0F == PING:  # the server drops who does not answer
                self._write(PONG, bytes(buffer[at + head : at + head + size]))
            elif buffer[at] & 0x0F < PING:
                if not self.received:
                    self.first = bytes(buffer[at + head : at + head + size])
                if self.heard is not None:
                    self.heard.put_nowait(bytes(buffer[at + head : at + head + size]))
                self.received += 1
                self._crowd.note_frame()
            at += head + size
        del buffer[:at]


class Crowd:
    """The open connections."""

    def __init__(self) -> None:
        self.sockets: dict[Socket, None] = {}
        self.request = b""
        self._heard, self._wanted = 0, 0
        self._all_heard = asyncio.Event()

    def note_frame(self) -> None:
        """Count a frame that one of the connections has received."""
        self._heard += 1
        if self._heard >= self._wanted:
            self._all_heard.set()

    async def open(self, url: str, subprotocol: str, frames: list[str]) -> dict[str, Any]:
        """Open a connection for each frame (in hex, may be empty), send it, and wait for the first answers.

        A connection that the server drops has none.
        """
        where = urlsplit(url)
        host, port = str(where.hostname), int(where.port or 80)
        offered = f"Sec-WebSocket-Protocol: {subprotocol}\r\n" if subprotocol else ""
        self.request = (
            f"GET {where.path or '/'} HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n{offered}\r\n"
        ).encode()
        places = asyncio.Semaphore(CONNECTING_AT_ONCE)
        loop, opened = asyncio.get_running_loop(), list[Socket]()

        async def connect(frame: bytes) -> None:
            async with places:
                _, socket = await loop.create_connection(lambda: Socket(self, frame), host, port)
                self.sockets[socket] = None
                opened.append(socket)
                await socket.upgraded

        began = time.perf_counter()
        await asyncio.gather(*(connect(bytes.fromhex(frame)) for frame in frames))
        if any(frames):
            while not all(socket.first or socket not in self.sockets for socket in opened):
                await asyncio.sleep(0.002)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "first": [_brief(socket.first) for socket in opened]}

    async def mark(self) -> dict[str, Any]:
        """Count the frames for ``hear`` from here on."""
        self._heard = 0
        return {}

    async def hear(self, frames: int) -> dict[str, Any]:
        """Wait until the connections have received so many frames each, on average, since the mark."""
        self._wanted = frames * len(self.sockets)
        while self._heard < self._wanted:
            self._all_heard.clear()
            await self._all_heard.wait()
        return {}

    async def flood(self, frame: str, per_second: float, seconds: float, *, reading: bool = True) -> dict[str, Any]:
        """Send a frame (in hex) over each connection at a rate."""
        payload, sent, began = bytes.fromhex(frame), 0, time.perf_counter()
        if not reading:
            for socket in self.sockets:
                socket.transport.pause_reading()
        while (passed := time.perf_counter() - began) < seconds:
            for socket in tuple(self.sockets):
                socket.send(payload)
                sent += 1
            await asyncio.sleep(max(0.001, (1 + passed * per_second // 1) / per_second - passed))
        return {"sent": sent, "left": len(self.sockets)}

    async def orders(self, seconds: float) -> dict[str, Any]:
        """Let the one connection, a seat's, order for a time; return the waits for an ack in ms.

        Each order replaces the one before, so that there is always a place for the next.
        """
        (socket,) = self.sockets
        socket.heard = asyncio.Queue()
        waits: list[float] = []
        before, until = "", time.perf_counter() + seconds
        move = {"kind": "give_reason", "reason": "threat", "note": "I fear them."}
        while time.perf_counter() < until:
            number, began = secrets.token_hex(16), time.perf_counter()
            order = {"t": "order", "id": number, "window": 0, "move": move, "replaces": before}
            socket.send(msgpack.packb(order))
            answer = await _answer(socket.heard, number)
            if answer["t"] != "ack":
                raise RuntimeError(f"an order was refused: {answer}")
            waits.append(1000 * (time.perf_counter() - began))
            before = number
            await asyncio.sleep(PAUSE_SECONDS)
        socket.heard = None
        waits.sort()
        return {"p50": waits[len(waits) // 2], "p99": waits[len(waits) * 99 // 100]}

    async def drop(self) -> dict[str, Any]:
        """Drop all connections without a close frame."""
        for socket in tuple(self.sockets):
            socket.transport.abort()
        while self.sockets:
            await asyncio.sleep(0.002)
        return {}


async def _answer(heard: asyncio.Queue[bytes], number: str) -> dict[str, Any]:
    """Return the answer to the message of a number."""
    while frame := await heard.get():
        answer: dict[str, Any] = msgpack.unpackb(frame)
        if answer.get("id") == number:
            return answer
    raise RuntimeError("the server has ended the player's connection")


def _brief(frame: bytes) -> dict[str, Any]:
    """Return what a benchmark needs of a first frame: of a welcome, how the client resumes, its number and its next token."""
    try:
        content = msgpack.unpackb(frame)
    except (ValueError, msgpack.exceptions.UnpackException):
        return {}
    wanted = ("t", "vseq", "receipt", "next_token", "reason")
    if not isinstance(content, dict):
        return {}
    return {"bytes": len(frame), **{name: content[name] for name in wanted if name in content}}


async def main() -> None:
    """Carry out the commands on standard input, one after the other, until its end."""
    loop, crowd = asyncio.get_running_loop(), Crowd()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        command = json.loads(line)
        answer = await getattr(crowd, command.pop("do"))(**command)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())

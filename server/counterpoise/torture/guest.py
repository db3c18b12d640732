"""A raw client: it sends any frame, checks nothing and keeps every message that it receives."""

from __future__ import annotations

import asyncio
import secrets
import socket as sockets
from collections.abc import Callable
from typing import Any, ClassVar, Literal

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from counterpoise.errors import CounterpoiseError
from counterpoise.wire.codec import codec_for
from counterpoise.wire.kept_views import changed_view
from counterpoise.wire.messages import (
    PROTOCOL_VERSION,
    SUBPROTOCOLS,
    Ack,
    ForecastNews,
    IncidentNews,
    Observe,
    Welcome,
    WindowNews,
)
from counterpoise.wire.view_change import ViewChange

MSGPACK, JSON = SUBPROTOCOLS
Keeps = Literal["all", "news", "nothing"]
ANSWER_SECONDS = 30.0
"""How long a guest waits for a message."""


class ConnectionEnded(CounterpoiseError):  # noqa: N818 (it names what happened)
    """The server closed the connection while the guest waited for a message.

    Args:
        code: the close code; 1006 if there was no close frame.
        reason: the server's reason.
        awaited: what the guest waited for.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: int, reason: str, awaited: str) -> None:
        super().__init__(code, reason, awaited)
        self.code, self.reason, self.awaited = code, reason, awaited

    def __str__(self) -> str:
        return f"closed ({self.code}, {self.reason!r}) while waiting for {self.awaited}"


class Guest:
    """A raw client of one session.

    Args:
        link: a join link, as ``host`` prints it.
        subprotocol: the full name of the subprotocol to offer; ``None`` to offer none.
        client: what it says it is; by default it stands for a person at the page.
    """

    def __init__(self, link: str, subprotocol: str | None = JSON, client: str = "browser") -> None:
        base, _, self.token = link.partition("#")
        self.url = base.replace("http://", "ws://").replace("/j/", "/s/") + "/ws"
        self.subprotocol, self.client = subprotocol, client
        self.codec = codec_for(subprotocol or MSGPACK)
        self.frames: list[bytes | str] = []
        """Every frame, oldest first."""
        self.heard: list[Any] = []
        """The messages in the frames; a change of the view stands there as the whole view after it."""
        self.last = (0, "")
        """Number and receipt of the last numbered message."""
        self.closed: tuple[int, str] | None = None
        """Code and reason of the close; ``None`` while the connection is open."""
        self.keeps: Keeps = "all"
        """What is kept: all; messages other than views, and no frame; or nothing. Who keeps less can listen for hours."""
        self.view: Observe | None = None
        """The newest view."""
        self.window = 0
        """The newest window."""
        self.socket: ClientConnection
        self._taken = 0
        self._news = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None

    async def open(self, **options: Any) -> Guest:
        """Open a connection; ``options`` go to the ``connect`` of websockets."""
        offered = [Subprotocol(self.subprotocol)] if self.subprotocol else None
        self.socket = await connect(
            self.url, subprotocols=offered, compression=None, proxy=None, max_size=None, **options
        )
        self.closed = None
        self._reader = asyncio.create_task(self._read())
        return self

    async def join(self, *, last: tuple[int, str] | None = None, name: str = "", bot: str = "") -> Any:
        """Open, say hello and return the welcome."""
        await self.open()
        await self.say_hello(last=last, name=name, bot=bot)
        return await self.hear("welcome")

    async def say_hello(self, *, last: tuple[int, str] | None = None, name: str = "", bot: str = "") -> None:
        """Say hello with the newest token and the last receipt."""
        vseq, receipt = last or self.last
        await self.say(
            "hello",
            protocol=PROTOCOL_VERSION,
            token=self.token,
            last_vseq=vseq,
            last_receipt=receipt,
            name=name,
            bot=bot,
            client=self.client,
        )

    async def say(self, tag: str, **fields: Any) -> None:
        """Send a message."""
        await self.raw(self.encode({"t": tag, **fields}))

    def encode(self, plain: Any) -> bytes | str:
        """Return the frame of a plain value in this guest's encoding."""
        is_json = (self.subprotocol or "").endswith("json")
        return msgspec.json.encode(plain).decode() if is_json else msgspec.msgpack.encode(plain)

    async def raw(self, frame: bytes | str) -> None:
        """Send a frame as it is."""
        await self.socket.send(frame)

    async def order(self, move: dict[str, Any], *, window: int | None = None, order_id: str = "") -> str:
        """Order a move, by default in the newest window; return the order's id."""
        order_id = order_id or secrets.token_hex(16)
        await self.say("order", id=order_id, window=self.window if window is None else window, move=move)
        return order_id

    async def command(self, kind: str, **fields: Any) -> str:
        """Give a moderator's command; return its id."""
        command_id = secrets.token_hex(16)
        await self.say("command", id=command_id, command={"kind": kind, **fields})
        return command_id

    async def hear(
        self, tag: str, where: Callable[[Any], bool] = lambda _: True, *, within: float = ANSWER_SECONDS
    ) -> Any:
        """Return the next unread message with this tag; earlier messages are skipped.

        Raises:
            ConnectionEnded: the connection was closed before the message came.
            TimeoutError: the message did not come in so many seconds.
        """
        async with asyncio.timeout(within):
            while True:
                while self._taken < len(self.heard):
                    message = self.heard[self._taken]
                    self._taken += 1
                    if message.__struct_config__.tag == tag and where(message):
                        return message
                await self.next_news(tag)

    async def until_closed(self, within: float = ANSWER_SECONDS) -> tuple[int, str]:
        """Wait until the connection is closed; return the code and the reason."""
        async with asyncio.timeout(within):
            while self.closed is None:
                self._news.clear()
                await self._news.wait()
        return self.closed

    async def until(self, holds: Callable[..., bool], *arguments: object, within: float = ANSWER_SECONDS) -> None:
        """Wait until something holds that depends on what this guest has heard; raises as ``hear``."""
        async with asyncio.timeout(within):
            while not holds(*arguments):
                await self.next_news("a condition")

    async def next_news(self, awaited: str) -> None:
        """Wait for the next message; raise ``ConnectionEnded`` if none can come."""
        self._news.clear()
        if self.closed is not None:
            raise ConnectionEnded(*self.closed, awaited)
        await self._news.wait()

    def all(self, tag: str) -> list[Any]:
        """Return every message with this tag, oldest first."""
        return [message for message in self.heard if message.__struct_config__.tag == tag]

    async def leave(self) -> None:
        """Close the connection in good order."""
        await self.socket.close()
        if self._reader is not None:
            await self._reader

    def stop_reading(self) -> None:
        """Take nothing more from the socket, so that the server's frames pile up."""
        self.socket.transport.pause_reading()

    def vanish(self) -> None:
        """Drop the connection without a close frame."""
        self.socket.transport.abort()

    async def abandon(self) -> None:
        """Drop the connection, if there is one, and wait until nothing of it runs."""
        if hasattr(self, "socket"):
            self.vanish()
            if self._reader is not None:
                await self._reader

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                self._note(frame)
                self._news.set()
        except ConnectionClosed:
            pass
        finally:
            self.closed = (self.socket.close_code or 1006, self.socket.close_reason or "")
            self._news.set()

    def _note(self, frame: bytes | str) -> None:
        message = self.codec.decode_server(frame)
        if isinstance(message, ViewChange):
            assert self.view is not None, "the whole view comes first"
            message = changed_view(self.view, message)
        if self.keeps == "all":
            self.frames.append(frame)
        if self.keeps == "all" or (self.keeps == "news" and not isinstance(message, Observe)):
            self.heard.append(message)
        if isinstance(message, Observe):
            self.view = message
            self.window = max(self.window, message.view.window)
        elif isinstance(message, WindowNews):
            self.window = max(self.window, message.window)
        if isinstance(message, Welcome):
            self.token = message.next_token
            if message.resume != "delta":
                self.last = (message.vseq, message.receipt)
        elif isinstance(message, Ack | IncidentNews | WindowNews | ForecastNews) and message.vseq > self.last[0]:
            self.last = (message.vseq, message.receipt)


async def small_socket(url: str) -> sockets.socket:
    """Return a connected TCP socket with the smallest receive buffer, for a client that will not read.

    Args:
        url: a websocket address of this machine.
    """
    raw = sockets.socket(sockets.AF_INET, sockets.SOCK_STREAM)
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    raw.setblocking(False)
    host, _, port = url.removeprefix("ws://").partition("/")[0].rpartition(":")
    try:
        await asyncio.get_running_loop().sock_connect(raw, (host, int(port)))
    except BaseException:
        raw.close()
        raise
    return raw

"""Real servers on free ports, and a client that keeps every frame."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.wire.codec import codec_for
from counterpoise.wire.messages import SUBPROTOCOLS, Ack, ForecastNews, IncidentNews, Welcome, WindowNews
from counterpoise_clients import roster

MSGPACK, JSON = SUBPROTOCOLS
PATIENCE = 30.0
"""How many seconds a guest waits for a message."""


def quiet_bots(session: Session) -> Mapping[ActorId, Bot]:
    """Bots that answer fast and order little."""
    return {seat: roster.load_bot("status-quo")(f"{seat}") for seat in session.seats}


class Guest:
    """A raw client: it sends any frame, checks nothing and keeps every frame that it receives."""

    def __init__(self, link: str, subprotocol: str | None = JSON) -> None:
        base, _, self.token = link.partition("#")
        self.url = base.replace("http://", "ws://").replace("/j/", "/s/") + "/ws"
        self.subprotocol = subprotocol
        self.codec = codec_for(subprotocol or MSGPACK)
        self.frames: list[bytes | str] = []
        self.heard: list[Any] = []
        self.last = (0, "")
        self.closed: tuple[int, str] | None = None
        self._taken = 0
        self._news = asyncio.Event()
        self.socket: ClientConnection
        self._reader: asyncio.Task[None] | None = None

    async def open(self, **options: Any) -> Guest:
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
        vseq, receipt = last or self.last
        await self.say("hello", protocol=2, token=self.token, last_vseq=vseq, last_receipt=receipt, name=name, bot=bot)
        return await self.hear("welcome")

    async def say(self, tag: str, **fields: Any) -> None:
        await self.raw(self.encode({"t": tag, **fields}))

    def encode(self, plain: Any) -> bytes | str:
        is_json = (self.subprotocol or "").endswith("json")
        return msgspec.json.encode(plain).decode() if is_json else msgspec.msgpack.encode(plain)

    async def raw(self, frame: bytes | str) -> None:
        await self.socket.send(frame)

    async def order(self, move: dict[str, Any], *, window: int | None = None, order_id: str = "") -> str:
        """Order a move in the newest window."""
        order_id = order_id or secrets.token_hex(16)
        if window is None:
            window = max((m.view.window for m in self.all("observe")), default=0)
        await self.say("order", id=order_id, window=window, move=move)
        return order_id

    async def command(self, kind: str, **fields: Any) -> str:
        command_id = secrets.token_hex(16)
        await self.say("command", id=command_id, command={"kind": kind, **fields})
        return command_id

    async def hear(self, tag: str, where: Callable[[Any], bool] = lambda _: True, *, within: float = PATIENCE) -> Any:
        """Return the next unread message with this tag; earlier messages are skipped."""
        async with asyncio.timeout(within):
            while True:
                while self._taken < len(self.heard):
                    message = self.heard[self._taken]
                    self._taken += 1
                    if message.__struct_config__.tag == tag and where(message):
                        return message
                self._news.clear()
                if self.closed is not None:
                    raise AssertionError(f"closed {self.closed} while waiting for {tag}")
                await self._news.wait()

    async def until_closed(self, within: float = PATIENCE) -> tuple[int, str]:
        async with asyncio.timeout(within):
            while self.closed is None:
                self._news.clear()
                await self._news.wait()
        return self.closed

    async def until(self, holds: Callable[..., bool], *arguments: object, within: float = PATIENCE) -> None:
        """Wait until something holds that depends on what this guest has heard."""
        async with asyncio.timeout(within):
            while not holds(*arguments):
                self._news.clear()
                if self.closed is not None:
                    raise AssertionError(f"closed {self.closed} while waiting")
                await self._news.wait()

    def all(self, tag: str) -> list[Any]:
        return [message for message in self.heard if message.__struct_config__.tag == tag]

    async def leave(self) -> None:
        await self.socket.close()
        if self._reader is not None:
            await self._reader

    def stop_reading(self) -> None:
        """Take nothing more from the socket, so that the server's frames pile up."""
        self.socket.transport.pause_reading()

    def vanish(self) -> None:
        """Drop the connection without a close frame."""
        self.socket.transport.abort()

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                message = self.codec.decode_server(frame)
                self.frames.append(frame)
                self.heard.append(message)
                if isinstance(message, Welcome):
                    self.token = message.next_token
                    if message.resume != "delta":
                        self.last = (message.vseq, message.receipt)
                elif (
                    isinstance(message, Ack | IncidentNews | WindowNews | ForecastNews) and message.vseq > self.last[0]
                ):
                    self.last = (message.vseq, message.receipt)
                self._news.set()
        except ConnectionClosed:
            pass
        finally:
            self.closed = (self.socket.close_code or 1006, self.socket.close_reason or "")
            self._news.set()


Serve = Callable[..., Awaitable[Server]]
Invite = Callable[..., Guest]
Begin = Callable[[Links], Awaitable[Guest]]
Letter = Callable[..., dict[str, Any]]


@pytest.fixture
async def serve(tmp_path: Path) -> AsyncIterator[Serve]:
    """Starts servers, and stops them after the test."""
    async with AsyncExitStack() as stack:

        async def start(**settings: Any) -> Server:
            settings = {"data_dir": tmp_path / "data", "port": 0, "bots": quiet_bots, **settings}
            return await stack.enter_async_context(Server(ServerConfig(**settings)))

        yield start


@pytest.fixture
def host(serve: Serve, checkerboard: str) -> Callable[..., Awaitable[tuple[Server, Links]]]:
    """Starts a server with one session of the checkerboard, in its lobby."""

    async def start(*, pace: Pace | None = None, session_id: str = "s", **settings: Any) -> tuple[Server, Links]:
        server = await serve(**settings)
        links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id=session_id, pace=pace)
        return server, links

    return start


@pytest.fixture
async def invite() -> AsyncIterator[Invite]:
    """Creates guests, and closes them after the test."""
    guests: list[Guest] = []

    def make(link: str, subprotocol: str | None = JSON) -> Guest:
        guests.append(Guest(link, subprotocol))
        return guests[-1]

    yield make
    for guest in guests:
        if hasattr(guest, "socket"):
            guest.vanish()
            if guest._reader is not None:
                await guest._reader


@pytest.fixture
def letter() -> Letter:
    """A move that is always legal."""

    def write(to: str = "BEL", text: str = "Let us talk.") -> dict[str, Any]:
        return {"kind": "message", "to": [to], "text": text}

    return write


@pytest.fixture
def begin(invite: Invite) -> Begin:
    """Starts a session as its moderator."""

    async def start(links: Links) -> Guest:
        moderator = invite(links.moderator)
        await moderator.join()
        sent = await moderator.command("start")
        await moderator.hear("ack", lambda m: m.id == sent)
        return moderator

    return start

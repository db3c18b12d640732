"""Classes on real servers, and people at their sockets."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from counterpoise.gateway.classes.class_service import NewClass
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.gateway.server import Server
from counterpoise.torture.guest import Guest
from counterpoise.wire.class_messages import CLASS_SUBPROTOCOL


class ClassGuest:
    """Somebody at the socket of a class, who keeps every message."""

    def __init__(self, url: str) -> None:
        self.url = url.replace("http://", "ws://") + "/c/ws"
        self.heard: list[dict[str, Any]] = []
        self.token = self.person = ""
        self.closed: tuple[int, str] | None = None
        self._taken = 0
        self._news = asyncio.Event()
        self._socket: ClientConnection
        self._reader: asyncio.Task[None]

    async def open(self, **options: Any) -> ClassGuest:
        self._socket = await connect(
            self.url,
            subprotocols=[Subprotocol(CLASS_SUBPROTOCOL)],
            compression=None,
            proxy=None,
            max_size=None,
            **options,
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def close(self) -> None:
        await self._socket.close()
        await self._reader

    async def say(self, tag: str, **fields: Any) -> None:
        await self._socket.send(json.dumps({"t": tag, **fields}))

    async def raw(self, frame: str | bytes) -> None:
        await self._socket.send(frame)

    async def ask(self, tag: str, **fields: Any) -> dict[str, Any]:
        """Send a request and return its answer."""
        request = secrets.token_hex(16)
        await self.say(tag, id=request, **fields)
        return await self.hear_where(lambda message: message.get("id") == request)

    async def enter(self, code: str, name: str = "", number: str = "") -> dict[str, Any]:
        """Come in by the code; return the first lobby."""
        await self.say("enter", code=code, name=name, number=number)
        entered = await self.hear("entered")
        self.token, self.person = entered["token"], entered["person"]
        return await self.hear("lobby")

    async def come_back(self, token: str) -> dict[str, Any]:
        await self.say("enter", token=token)
        entered = await self.hear("entered")
        self.token, self.person = token, entered["person"]
        return await self.hear("lobby")

    async def hear(self, tag: str) -> dict[str, Any]:
        """Return the next message of a kind that has not been returned."""
        return await self.hear_where(lambda message: message["t"] == tag)

    async def hear_where(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        async with asyncio.timeout(30):
            while True:
                while self._taken < len(self.heard):
                    self._taken += 1
                    if wanted(found := self.heard[self._taken - 1]):
                        return found
                assert self.closed is None, f"closed: {self.closed}, heard {self.heard[-2:]}"
                self._news.clear()
                await self._news.wait()

    async def until(self, tag: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the newest board or lobby once it fulfils a condition."""
        async with asyncio.timeout(30):
            while True:
                newest: dict[str, Any] | None = next((m for m in reversed(self.heard) if m["t"] == tag), None)
                if newest is not None and holds(newest):
                    return newest
                assert self.closed is None, f"closed: {self.closed}, heard {newest}"
                self._news.clear()
                await self._news.wait()

    async def ended(self) -> tuple[int, str]:
        """Return the close code and the reason."""
        async with asyncio.timeout(30):
            await self._reader
        assert self.closed is not None
        return self.closed

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                self.heard.append(json.loads(frame))
                self._news.set()
        except ConnectionClosed:
            pass
        self.closed = (self._socket.close_code or 1006, self._socket.close_reason or "")
        self._news.set()


Gather = Callable[..., Awaitable[ClassGuest]]
Host = Callable[..., Awaitable[tuple[Server, LiveClass]]]
Sit = Callable[[Server, ClassGuest], Awaitable[Guest]]


@pytest.fixture
def host_class(serve: Callable[..., Awaitable[Server]], checkerboard: str) -> Host:
    """Starts a server with one class of the checkerboard."""

    async def start(*, worlds: int = 3, title: str = "Alliances", roster: str = "", **settings: Any) -> Any:
        server = await serve(**settings)
        new = NewClass(title, checkerboard, "checkerboard.toml", worlds=worlds, seed="1", roster=roster)
        return server, await server.classes.create(new)

    return start


@pytest.fixture
async def gather() -> AsyncIterator[Gather]:
    """Opens sockets of a class, and closes them after the test."""
    guests: list[ClassGuest] = []

    async def make(server: Server, **options: Any) -> ClassGuest:
        guests.append(guest := ClassGuest(server.local_url))
        return await guest.open(**options)

    yield make
    for guest in guests:
        await guest.close()


@pytest.fixture
def moderate(gather: Gather) -> Callable[..., Awaitable[ClassGuest]]:
    """Opens a class as its moderator, or as a projector."""

    async def make(server: Server, live: LiveClass, role: str = "moderator") -> ClassGuest:
        guest, links = await gather(server), server.classes.links(live)
        link = links.moderator if role == "moderator" else links.projector
        await guest.say("open_class", token=link.partition("#")[2])
        assert (await guest.hear("opened"))["role"] == role
        return guest

    return make


@pytest.fixture
async def sit() -> AsyncIterator[Sit]:
    """Takes the seat of a person, and joins the session with the token."""
    players: list[Guest] = []

    async def make(server: Server, guest: ClassGuest) -> Guest:
        way = await guest.ask("take_seat")
        assert way["t"] == "your_seat", way
        players.append(player := Guest(f"{server.local_url}/j/{way['session']}#{way['token']}"))
        welcome = await player.join()
        assert (welcome.seat, welcome.role) == (way["seat"], way["role"])
        room = server.classes.all[0].room
        assert (welcome.class_title, welcome.world) == (room.title, room.people[guest.person].world)
        return player

    yield make
    for player in players:
        await player.abandon()

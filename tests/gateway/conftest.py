"""Real servers on free ports, and clients that keep every frame."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.torture.guest import JSON, Guest
from counterpoise_clients import roster


def quiet_bots(session: Session) -> Mapping[ActorId, Bot]:
    """Bots that answer fast and order little."""
    return {seat: roster.load_bot("status-quo")(f"{seat}") for seat in session.seats}


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
        await guest.abandon()


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

"""With slow and failing bots the session continues, and the server can always be stopped."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise_clients import roster

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite, Serve

Host = Callable[..., Awaitable[tuple[Server, Links]]]
ARD = ActorId("ARD")


class Brooder:
    """A bot that does not decide before the test ends."""

    name = "brooder"

    def __init__(self) -> None:
        self.asked, self.over = threading.Event(), threading.Event()

    def decide(self, view: View) -> list[Move]:
        self.asked.set()
        self.over.wait(60)
        return []


class Quitter:
    name = "quitter"

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def decide(self, view: View) -> list[Move]:
        raise self.error


@pytest.fixture
def brooder() -> Any:
    made = Brooder()
    yield made
    made.over.set()


def with_at_ard(bot: Bot) -> Callable[[Session], Mapping[ActorId, Bot]]:
    def bots(session: Session) -> Mapping[ActorId, Bot]:
        return {seat: bot if seat == ARD else roster.load_bot("status-quo")(str(seat)) for seat in session.seats}

    return bots


@pytest.mark.timeout(60)
async def test_a_bot_that_never_decides_is_removed_and_the_others_play_on(
    host: Host, invite: Invite, brooder: Brooder, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "counterpoise.gateway"):
        _, links = await host(bots=with_at_ard(brooder), bot_seconds=0.3, autostart=True)
        observer = invite(links.observer)
        await observer.join()
        await observer.hear("status", lambda m: any(s.seat == "ARD" and s.occupant == "empty" for s in m.seats))
        await observer.hear("status", lambda m: m.phase == "ended")
    assert brooder.asked.is_set()
    assert any("ARD took more than" in record.getMessage() for record in caplog.records)


@pytest.mark.timeout(60)
async def test_a_server_stops_while_a_bot_decides_and_asks_it_again_later(
    host: Host, serve: Serve, brooder: Brooder
) -> None:
    server, _ = await host(bots=with_at_ard(brooder), autostart=True)
    await asyncio.to_thread(brooder.asked.wait, 20)
    async with asyncio.timeout(10):
        await server.hub.close()
    journal = [e.content() for e in server.hub.rooms["s"].session.take_entries()]
    assert journal == [], "nothing of the stop that was broken off may be written"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), GeneratorExit()])
async def test_a_bot_that_raises_system_exit_ends_only_its_turn(
    host: Host, invite: Invite, error: BaseException
) -> None:
    server, links = await host(
        bots=with_at_ard(Quitter(error)), autostart=True, pace=Pace(window_seconds=5, call_seconds=5)
    )
    observer = invite(links.observer)
    await observer.join()
    await observer.hear("status", lambda m: m.phase == "ended")
    room = server.hub.rooms["s"]
    assert room.failure is None
    assert room.seats.is_bot(ARD), "a bot that answers, whatever it answers, is not sent away"

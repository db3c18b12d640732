"""A class that meets at home plays a week in seconds: the test sets the wall clock."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.machine import Machine
from counterpoise.gateway.server import Server
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.torture.guest import Guest
from counterpoise_clients import roster

TIMETABLE = {"time_zone": "Europe/Berlin", "closes": "18:00"}
SECOND_WINDOW = "1901-07-01"
Open = Callable[[], Awaitable[Server]]


class WallClock:
    """The time of day, as the test sets it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def set(self, moment: str) -> None:
        self.seconds = datetime.fromisoformat(moment).timestamp()


@pytest.fixture
def wall() -> WallClock:
    clock = WallClock()
    clock.set("2026-10-23T18:00+02:00")  # a Friday; summer time ends in the night to Sunday
    return clock


@pytest.fixture
async def open_server(tmp_path: Path, wall: WallClock) -> AsyncIterator[Open]:
    """Starts a server on one data folder; a second call restarts it."""

    def bots(session: Session) -> dict[Any, Bot]:
        return {seat: roster.load_bot("status-quo")(seat) for seat in session.seats}

    running: list[AsyncExitStack] = []

    async def stop() -> None:
        while running:
            await running.pop().aclose()

    async def start() -> Server:
        await stop()
        running.append(AsyncExitStack())
        server = Server(ServerConfig(data_dir=tmp_path, port=0, bots=bots), machine=Machine(wall=wall))
        return await running[-1].enter_async_context(server)

    yield start
    await stop()


async def status_when(guest: Guest, holds: Callable[[Any], bool]) -> Any:
    """Wake the session, as every message does, and return its first status that is as wanted."""
    await guest.say("look")
    await guest.until(lambda: any(holds(status) for status in guest.all("status")[-3:]))
    return next(status for status in reversed(guest.all("status")) if holds(status))


async def test_a_week_at_home_with_a_restart_a_missed_window_and_a_hold(
    open_server: Open, wall: WallClock, checkerboard: str
) -> None:
    server = await open_server()
    links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    moderator, ann, ben = Guest(links.moderator), Guest(links.seats["ARD"]), Guest(links.seats["BEL"])
    for guest in (moderator, ann, ben):
        await guest.join()
    await moderator.command("pace", timetable=TIMETABLE)
    await moderator.command("start")
    first = await status_when(ann, lambda status: status.phase == "running" and status.due)
    assert (first.due, first.time_zone) == ("2026-10-24T18:00+02:00", "Europe/Berlin")

    # Ann decides on Saturday and Ben does not. The window closes without him, and the night is 25 hours long.
    await ann.order({"kind": "arm", "effort": 0.5})
    await ann.hear("ack")
    await ann.say("ready")
    wall.set("2026-10-24T17:59+02:00")
    assert (await status_when(moderator, lambda status: True)).tick == first.tick
    wall.set("2026-10-24T18:00+02:00")
    second = await status_when(ann, lambda status: status.date == SECOND_WINDOW and status.due)
    assert second.due == "2026-10-25T18:00+01:00"

    # The server is down on Sunday morning; the closing time is the same afterwards.
    wall.set("2026-10-25T09:00+01:00")
    for guest in (moderator, ann, ben):
        await guest.leave()
    server = await open_server()
    for guest in (moderator, ann):
        guest.url = f"{server.local_url.replace('http', 'ws')}/s/s/ws"
        await guest.join()
    again = await status_when(ann, lambda status: status.tick == second.tick and status.due)
    assert again.due == second.due

    # A holiday: the moderator holds the world for nine days. Nine hours were left, so the window ends a day after.
    await moderator.command("pause", reason="half-term")
    held = await status_when(ann, lambda status: status.phase == "paused")
    assert held.due == ""
    wall.set("2026-11-03T12:00+01:00")
    await moderator.command("resume")
    resumed = await status_when(ann, lambda status: status.due not in ("", second.due))
    assert (resumed.tick, resumed.due) == (second.tick, "2026-11-04T18:00+01:00")
    for guest in (moderator, ann):
        await guest.leave()


async def test_a_time_zone_that_does_not_exist_is_refused(open_server: Open, checkerboard: str) -> None:
    server = await open_server()
    links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    moderator = Guest(links.moderator)
    await moderator.join()
    await moderator.command("pace", timetable={**TIMETABLE, "time_zone": "Europe/Atlantis"})
    error = await moderator.hear("error")

    assert (error.path, error.got) == ("$.command.timetable.time_zone", "Europe/Atlantis")
    await moderator.leave()


async def test_a_timetable_in_continuous_time_is_refused(open_server: Open, checkerboard: str) -> None:
    server = await open_server()
    links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    moderator = Guest(links.moderator)
    await moderator.join()
    await moderator.command("pace", mode="continuous", timetable=TIMETABLE)
    error = await moderator.hear("error")

    assert error.path == "$.command.timetable"
    await moderator.leave()


async def test_a_pause_keeps_the_time_that_is_left_over_a_restart(open_server: Open, checkerboard: str) -> None:
    server = await open_server()
    links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    moderator, ann = Guest(links.moderator), Guest(links.seats["ARD"])
    for guest in (moderator, ann):
        await guest.join()
    await moderator.command("pace", window_seconds=7.5)
    await moderator.command("start")
    await status_when(ann, lambda status: status.phase == "running")
    await moderator.command("pause")
    paused = await status_when(ann, lambda status: status.phase == "paused")
    assert 0.0 < paused.seconds_left <= 7.5
    await moderator.command("pace", window_seconds=900.0)
    longer = await status_when(ann, lambda status: status.seconds_left > 800)
    for guest in (moderator, ann):
        await guest.leave()

    server = await open_server()
    ann.url = f"{server.local_url.replace('http', 'ws')}/s/s/ws"
    await ann.join()
    again = await status_when(ann, lambda status: status.phase == "paused")

    assert again.seconds_left == pytest.approx(longer.seconds_left, abs=0.2)
    await ann.leave()

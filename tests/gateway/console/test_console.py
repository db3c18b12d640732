"""The moderator's console over the wire: who is waited for, a pause with an end, skips, previews, fears and rehearsals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from counterpoise.gateway.config import ServerConfig, no_bots
from counterpoise.gateway.hub import Links
from counterpoise.gateway.machine import Machine
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.torture.guest import Guest
from counterpoise_clients import roster

SLOW = Pace(window_seconds=3600.0, call_seconds=3600.0)
SECRET_MESSAGES = ("console", "whole", "fears", "preview", "rehearsal")
Host = Callable[..., Awaitable[tuple[Server, Links]]]
Invite = Callable[..., Guest]
Begin = Callable[[Links], Awaitable[Guest]]


async def newest(guest: Guest, kind: str, holds: Callable[[Any], bool]) -> Any:
    """Return the first message of a kind that is as wanted."""
    await guest.until(lambda: any(holds(one) for one in guest.all(kind)))
    return next(one for one in reversed(guest.all(kind)) if holds(one))


def seat_of(news: Any, seat: str) -> Any:
    return next(one for one in news.seats if one.seat == seat)


async def test_the_console_tells_who_is_waited_for_what_waits_and_what_is_marked(
    host: Host, invite: Invite, begin: Begin
) -> None:
    _, links = await host(pace=SLOW)
    player, other = invite(links.seats["COR"]), invite(links.seats["DUN"])
    await player.join()
    await other.join()
    moderator = await begin(links)
    news = await newest(moderator, "console", lambda one: seat_of(one, "COR").waited >= 0.0)
    assert [seat_of(news, seat).waited >= 0.0 for seat in ("COR", "DUN", "BEL")] == [True, True, False]
    assert seat_of(news, "COR").seen >= 0.0
    assert seat_of(news, "BEL").seen == -1.0
    assert any(one.date == "1901-06-10" for one in news.coming)
    await player.say("ready", tick=0)
    await newest(moderator, "console", lambda one: seat_of(one, "COR").waited == -1.0)
    nonsense = {"kind": "inject", "inject": {"kind": "start_crisis", "by": "DUN", "to": "DUN", "aim": "territory"}}
    await moderator.say("command", id=f"{4:032x}", command=nonsense)
    refused = await moderator.hear("error")
    assert (refused.path, refused.reason) == ("$.inject.to", "event_same_state")
    mark = {"kind": "bookmark", "note": "Dunmark hesitates."}
    wait = {"kind": "inject", "inject": {"kind": "set_treasury", "actor": "DUN", "amount": 1.0}, "when": "clock"}
    await moderator.say("command", id=f"{1:032x}", command=mark)
    await moderator.say("command", id=f"{2:032x}", command={**wait, "reason": "A loan."})
    news = await newest(moderator, "console", lambda one: one.bookmarks and one.waiting)
    assert [(one.note, one.tick) for one in news.bookmarks] == [("Dunmark hesitates.", 0)]
    assert [(one.id, one.reason) for one in news.waiting] == [(f"{2:032x}", "A loan.")]
    await moderator.say("command", id=f"{3:032x}", command={"kind": "take_back", "order": f"{2:032x}"})
    await newest(moderator, "console", lambda one: one.bookmarks and not one.waiting)
    for guest in (player, other):
        assert not any(guest.all(kind) for kind in SECRET_MESSAGES)


async def test_players_and_observers_get_nothing_of_the_console_and_may_not_ask_for_it(
    host: Host, invite: Invite, begin: Begin
) -> None:
    _, links = await host(pace=SLOW)
    player, observer = invite(links.seats["COR"]), invite(links.observer)
    await player.join()
    await observer.join()
    moderator = await begin(links)
    inject = {"kind": "announce", "text": "Nobody knows."}
    for number, command in enumerate(({"kind": "preview", "inject": inject}, {"kind": "fears"}, {"kind": "rehearse"})):
        await moderator.say("command", id=f"{10 + number:032x}", command=command)
        for guest in (player, observer):
            await guest.say("command", id=f"{20 + number:032x}", command=command)
            wanted = f"{20 + number:032x}"
            await guest.until(lambda guest=guest, wanted=wanted: any(one.id == wanted for one in guest.all("error")))
            refused = next(one for one in guest.all("error") if one.id == wanted)
            assert refused.code == "not_allowed"
    fears = await newest(moderator, "fears", lambda one: True)
    assert set(fears.actual) == set(fears.believed) == set(links.seats)
    assert fears.actual["BEL"] != fears.believed["BEL"]
    preview = await newest(moderator, "preview", lambda one: True)
    assert preview.incidents[0]["audience"] is None
    await newest(moderator, "rehearsal", lambda one: one.done)
    for guest in (player, observer):
        assert not any(guest.all(kind) for kind in SECRET_MESSAGES)
        assert not any(one.incident["detail"].get("text") == "Nobody knows." for one in guest.all("incident"))


async def test_a_rehearsal_tells_its_progress_and_what_happened_one_at_a_time(host: Host, invite: Invite) -> None:
    _, links = await host(pace=SLOW)
    moderator = invite(links.moderator)
    await moderator.join()
    await moderator.say("command", id=f"{1:032x}", command={"kind": "rehearse"})
    await moderator.say("command", id=f"{2:032x}", command={"kind": "rehearse"})
    refused = await moderator.hear("error", lambda one: one.id == f"{2:032x}")
    assert "under way" in refused.got
    done = await newest(moderator, "rehearsal", lambda one: one.done)
    assert (done.problem, done.report.windows, done.share) == ("", 8, 1.0)
    assert moderator.all("status")[-1].phase == "lobby"


async def test_the_clock_runs_on_to_the_next_event_and_stops_where_a_person_is_called(
    host: Host, invite: Invite, begin: Begin
) -> None:
    server, links = await host(pace=SLOW, bots=no_bots)
    player = invite(links.seats["COR"])
    await player.join()
    moderator = await begin(links)
    room = await server.hub.room("s")

    async def skip(number: int, to: str) -> list[str]:
        """Skip; return what happened meanwhile."""
        tick, count = room.session.now, len(room.session.simulation.world.incidents)
        await moderator.say("command", id=f"{number:032x}", command={"kind": "skip", "to": to})
        await moderator.until(lambda: room.session.now > tick and room.pacer.skip is None)
        return [one.kind for one in room.session.simulation.world.incidents[count:]]

    await skip(1, "window")
    is_called = room.session.occasion == "call" and "COR" in room.session.called
    assert is_called or room.session.simulation.world.calendar.opens_window(room.session.now)
    happened = await skip(2, "event")
    wanted = {"scenario_inject", "crisis_opened", "war_began", "regime_changed", "state_entered", "state_left"}
    assert wanted & {*happened} or "COR" in room.session.called
    assert room.session.phase == "running", "the clock waits for people again"
    happened = [one.kind for one in room.session.simulation.world.incidents]
    assert "scenario_inject" in happened or "crisis_opened" in happened


@pytest.fixture
async def open_server(tmp_path: Path) -> AsyncIterator[Callable[[Machine], Awaitable[Server]]]:
    """Starts a server on one data folder; a second call restarts it."""

    def bots(session: Session) -> dict[Any, Bot]:
        return {seat: roster.load_bot("status-quo")(seat) for seat in session.seats}

    running: list[AsyncExitStack] = []

    async def stop() -> None:
        while running:
            await running.pop().aclose()

    async def start(machine: Machine) -> Server:
        await stop()
        running.append(AsyncExitStack())
        server = Server(ServerConfig(data_dir=tmp_path, port=0, bots=bots, pause_seconds=600), machine=machine)
        return await running[-1].enter_async_context(server)

    yield start
    await stop()


async def test_a_pause_ends_by_itself_also_over_a_restart_and_everyone_sees_the_rest(
    open_server: Callable[[Machine], Awaitable[Server]], checkerboard: str
) -> None:
    wall = [1_000_000.0]
    server = await open_server(Machine(wall=lambda: wall[0]))
    links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s", pace=SLOW)
    player, moderator = Guest(links.seats["COR"]), Guest(links.moderator)
    await player.join()
    await moderator.join()
    await moderator.command("start")
    pause = {"kind": "pause", "reason": "News", "seconds": 60}
    await moderator.say("command", id=f"{1:032x}", command=pause)
    status = await newest(player, "status", lambda one: one.phase == "paused")
    assert (status.reason, status.pause_left) == ("News", 60.0)
    wall[0] += 20
    await player.abandon()
    await moderator.abandon()
    server = await open_server(Machine(wall=lambda: wall[0]))
    again = await server.hub.links("s")
    moderator = Guest(again.moderator)
    await moderator.join()
    status = await newest(moderator, "status", lambda one: one.phase == "paused")
    assert status.pause_left == 40.0, "the time that passed while the server was away counts"
    wall[0] += 41
    await moderator.say("look", seat="COR")
    await newest(moderator, "status", lambda one: one.phase == "running")
    await moderator.say("command", id=f"{2:032x}", command={"kind": "pause"})
    status = await newest(moderator, "status", lambda one: one.phase == "paused" and one.reason == "")
    assert status.pause_left == 600.0, "the host's limit holds where the moderator sets none"
    await moderator.abandon()

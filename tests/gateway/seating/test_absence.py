"""Bots play for people who are away, and leave when these are back; one seat may have more time than the others."""

from __future__ import annotations

import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.replay import replay
from counterpoise.torture.guest import Guest
from counterpoise.torture.host_process import HostProcess

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite

Host = Callable[..., Awaitable[tuple[Server, Links]]]
SLOW = Pace(window_seconds=600.0, call_seconds=600.0)


async def status_when(guest: Guest, holds: Callable[[Any], bool]) -> Any:
    """Return the guest's newest status once it is as wanted."""
    await guest.until(lambda: any(holds(status) for status in guest.all("status")[-2:]))
    return next(status for status in reversed(guest.all("status")) if holds(status))


def seat(status: Any, code: str) -> Any:
    return next(one for one in status.seats if one.seat == code)


async def to_next_window(moderator: Guest, guest: Guest) -> None:
    """Close stops until a guest sees another window."""
    window = guest.window
    while guest.window == window:
        tick = guest.all("status")[-1].tick
        await moderator.command("close_window")
        await guest.until(lambda before: guest.all("status")[-1].tick > before, tick)


async def test_a_bot_plays_after_missed_windows_and_the_person_returns_after_a_restart(
    serve: Any, checkerboard: str, invite: Invite
) -> None:
    first = await serve()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s", pace=SLOW)
    moderator, ann, ben = invite(links.moderator), invite(links.seats["ARD"]), invite(links.seats["BEL"])
    for guest, name in ((moderator, ""), (ann, "Ann"), (ben, "Ben")):
        await guest.join(name=name)
    await moderator.command("absence", windows=2)
    await moderator.command("start")
    await status_when(ben, lambda status: status.phase == "running")
    await ann.leave()
    await to_next_window(moderator, ben)
    assert not seat(ben.all("status")[-1], "ARD").away
    await to_next_window(moderator, ben)
    lent = seat(await status_when(ben, lambda status: seat(status, "ARD").away), "ARD")
    assert (lent.occupant, lent.player) == ("bot", "Ann")

    for guest in (moderator, ben):
        await guest.leave()
    await first.__aexit__(None, None, None)
    again = await serve()
    for guest in (moderator, ann, ben):
        guest.url = f"{again.local_url.replace('http', 'ws')}/s/s/ws"
    for guest in (moderator, ben):
        await guest.join()
    assert seat(await status_when(ben, lambda status: seat(status, "ARD").away), "ARD").player == "Ann"
    # Ann is back by her own token. The bot has decided at this stop, so it leaves at the next.
    await ann.join()
    online = await status_when(ann, lambda status: seat(status, "ARD").online)
    assert seat(online, "ARD").away
    await ann.order({"kind": "arm", "effort": 0.5})
    assert (await ann.hear("error")).code == "not_deciding"
    await moderator.command("close_window")
    await status_when(ben, lambda status: seat(status, "ARD").occupant == "human" and not seat(status, "ARD").away)
    await ann.order({"kind": "arm", "effort": 0.5})
    await ann.hear("ack")
    await to_next_window(moderator, ben)
    session = again.hub.rooms["s"].session
    journal = await again.hub.rooms["s"].writer.call(lambda held: list(held.entries()))
    seated = [entry.content()["command"] for entry in journal if b'"seated"' in entry.body]
    assert [one["player"] for one in seated if one["seat"] == "ARD"] == ["human", "status-quo", "human"]
    assert session.players["ARD"] == "human"


@pytest.mark.slow
@pytest.mark.timeout(150)
async def test_kill_9_keeps_a_seat_with_its_bot_and_lets_the_person_return(tmp_path: Path, invite: Invite) -> None:
    """Killed while a bot plays for somebody who is away, and again once that person is back."""
    options = ("--mode", "windows", "--window-seconds", "600", "--absent-windows", "1")
    async with HostProcess(tmp_path / "data", tmp_path / "log", options=options) as server:
        ann, ben = invite(server.links["seats"]["ARD"]), invite(server.links["seats"]["BEL"])
        moderator = invite(server.links["moderator"])
        for guest, name in ((moderator, ""), (ann, "Ann"), (ben, "Ben")):
            await guest.join(name=name)
        await status_when(ben, lambda status: seat(status, "ARD").online and seat(status, "BEL").online)
        await ann.leave()
        await to_next_window(moderator, ben)
        await status_when(ben, lambda status: seat(status, "ARD").away)
        await to_next_window(moderator, ben)

        async def restart(*guests: Guest) -> tuple[Guest, ...]:
            """Kill the server, start it again, and return a moderator and those who come back by their own tokens."""
            await server.kill()
            for guest in guests:
                await guest.until_closed()
            await server.start()
            returned = [invite(server.links["moderator"])]
            for guest in guests:
                returned.append(invite(guest.url))
                returned[-1].url, returned[-1].token = guest.url, guest.token
            for guest in returned:
                await guest.join()
            return tuple(returned)

        moderator, ben = await restart(ben)
        lent = seat(await status_when(ben, lambda status: seat(status, "ARD").away), "ARD")
        assert (lent.occupant, lent.player, lent.online) == ("bot", "Ann", False)
        again = invite(ann.url)
        again.url, again.token = ann.url, ann.token
        assert (await again.join()).seat == "ARD"
        await to_next_window(moderator, ben)
        await status_when(
            again, lambda status: seat(status, "ARD").occupant == "human" and not seat(status, "ARD").away
        )
        await again.order({"kind": "arm", "effort": 0.5})
        await again.hear("ack")

        moderator, ben, again = await restart(ben, again)
        back = seat(await status_when(ben, lambda status: seat(status, "ARD").online), "ARD")
        assert (back.occupant, back.away) == ("human", False)
        await to_next_window(moderator, ben)
        assert await server.kill(signal.SIGTERM) == 0
    entries = server.journal()
    seated = [entry.content()["command"] for entry in entries if b'"seated"' in entry.body]
    players = [one["player"] for one in seated if one["seat"] == "ARD"]
    assert players[-3:] == ["human", "status-quo", "human"]
    assert set(players[:-3]) <= {"status-quo"}  # the game starts by itself, perhaps before Ann is there
    assert replay(entries, "s").players["ARD"] == "human"


async def test_all_who_are_away_are_given_to_bots_but_never_the_last(host: Host, invite: Invite) -> None:
    _, links = await host(pace=SLOW)
    moderator, ann, ben = invite(links.moderator), invite(links.seats["ARD"]), invite(links.seats["BEL"])
    for guest in (moderator, ann, ben):
        await guest.join()
    await moderator.command("start")
    await status_when(ben, lambda status: status.phase == "running")
    await moderator.command("absent_to_bots")
    assert (await moderator.hear("error")).expected == "somebody who is away"
    await ann.leave()
    await status_when(ben, lambda status: not seat(status, "ARD").online)
    await moderator.command("absent_to_bots")
    await status_when(ben, lambda status: seat(status, "ARD").away)
    await ben.leave()
    await status_when(moderator, lambda status: not seat(status, "BEL").online)
    await moderator.command("absent_to_bots")
    assert "nobody would be left" in (await moderator.hear("error")).got
    # Whoever comes back while the bot has not decided decides at once.
    assert (await ann.join()).seat == "ARD"
    await moderator.command("nudge", seat="BEL")
    await ben.join()
    await moderator.command("nudge", seat="COR")
    assert (await moderator.hear("error")).expected == "a seat for which the clock waits"
    await moderator.command("nudge", seat="BEL")
    assert "5 s ago" in (await moderator.hear("error")).got


async def test_who_comes_back_reads_the_reminder_that_they_missed(host: Host, invite: Invite) -> None:
    _, links = await host(pace=SLOW)
    moderator, ann, ben = invite(links.moderator), invite(links.seats["ARD"]), invite(links.seats["BEL"])
    for guest in (moderator, ann, ben):
        await guest.join()
    await moderator.command("start")
    await status_when(ben, lambda status: status.phase == "running")
    await ben.leave()
    await status_when(moderator, lambda status: not seat(status, "BEL").online)
    await moderator.command("nudge", seat="BEL")
    await moderator.hear("ack")
    await ben.join()
    assert (await ben.hear("nudge")).tick == 0
    assert ann.all("nudge") == []


async def test_one_seat_has_more_time_and_the_others_see_why_the_clock_waits(host: Host, invite: Invite) -> None:
    server, links = await host(pace=Pace(window_seconds=1.0, call_seconds=600.0), answer_seconds=600.0)
    moderator, ann, ben = invite(links.moderator), invite(links.seats["ARD"]), invite(links.seats["BEL"])
    for guest in (moderator, ann, ben):
        await guest.join()
    await moderator.command("start")
    await ben.hear("status", lambda status: status.phase == "running")
    await moderator.command("extend", seconds=3, seat="ARD")
    extended = await status_when(ben, lambda status: seat(status, "ARD").more_seconds > 0)
    assert 2.0 < seat(extended, "ARD").more_seconds <= 4.0
    assert seat(extended, "BEL").more_seconds == -1.0
    await moderator.command("nudge", seat="ARD")
    assert (await ann.hear("nudge")).tick == 0
    assert ben.all("nudge") == []
    await ben.hear("status", lambda status: status.tick > 0)
    pacer = server.hub.rooms["s"].pacer
    # On the day after the window some may be called in secret: there one seat alone gets no more time.
    assert not pacer.is_at_window
    await moderator.command("extend", seconds=60, seat="ARD")
    error = await moderator.hear("error")
    assert "in secret" in error.expected

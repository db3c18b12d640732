"""After the end a moderator makes a session that goes on from any day of the one that has ended."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.replay import replay
from counterpoise.store.addresses import read_journal

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

Serve = Callable[..., Awaitable[Server]]
Host = Callable[..., Awaitable[tuple[Server, Links]]]


async def test_people_and_bots_go_on_from_a_day_of_a_session_that_has_ended(
    host: Host, serve: Serve, invite: Invite, begin: Begin, letter: Letter, tmp_path: Path
) -> None:
    server, links = await host()
    player = invite(links.seats["ARD"])
    await player.join()
    moderator = await begin(links)
    await moderator.say("go_on", on="1901-01-01")
    assert (await moderator.hear("error")).code == "wrong_phase"
    await player.order(letter("BEL", "before"))
    await player.hear("ack")
    await moderator.command("close_window")
    second = await moderator.hear("window", lambda m: m.tick > 0)
    await moderator.command("end")
    await moderator.hear("status", lambda m: m.phase == "ended")
    calendar = server.hub.rooms["s"].session.simulation.world.calendar
    day = calendar.iso(second.tick)
    await player.say("go_on", on=day)
    assert (await player.hear("error")).code == "not_allowed"
    # Days that the session does not have are refused in words, and nothing is made.
    for wrong, words in (("1850-01-01", "a day of the session"), ("1999-01-01", "a day of the session")):
        await moderator.say("go_on", on=wrong)
        refused = await moderator.hear("went_on")
        assert words in refused.problem
        assert not refused.session
    assert len(server.hub.rooms) == 1
    # Twice from the same day: two sessions, with names of their own.
    names = []
    for _ in range(2):
        await moderator.say("go_on", on=day)
        made = await moderator.hear("went_on", within=20)
        assert made.problem == ""
        names.append(made.session)
    assert names == [f"s-{day}", f"s-{day}-2"]
    # A request with an id makes one session, also if the server dies before the answer is read.
    request = "0" * 32
    await moderator.say("go_on", on=day, id=request)
    third = await moderator.hear("went_on", within=20)
    assert third.session == f"s-{day}-3"
    shutil.copytree(tmp_path / "data", tmp_path / "left")
    after = await serve(data_dir=tmp_path / "left")
    leading = invite((await after.hub.links("s")).moderator)
    await leading.join()
    await leading.say("go_on", on=day, id=request)
    same = await leading.hear("went_on", within=20)
    assert (same.session, same.problem, len(after.hub.rooms)) == (third.session, "", 4)
    assert (await invite(same.seats["ARD"]).join()).seat == "ARD"
    ended_head = server.hub.rooms["s"].session.journal.length
    ard, leader = invite(made.seats["ARD"]), invite(made.moderator)
    await ard.join(name="Ada")
    assert (await ard.hear("observe")).view.date == day
    await leader.join()
    await leader.command("resume")
    await ard.hear("status", lambda m: m.phase == "running")
    await leader.command("close_window")
    await ard.hear("window", lambda m: m.tick > second.tick)
    assert server.hub.rooms["s"].session.journal.length == ended_head, "the session that has ended stays as it is"
    room = server.hub.rooms[names[1]]
    await room.writer.call(lambda journal: journal.head())
    with read_journal(room.writer.address) as journal:
        entries = list(journal.entries())
    header = entries[0].content()
    assert (header["forked"]["session"], header["forked"]["on"], header["forked"]["arm"]) == ("s", day, "live")
    assert replay(entries, "again", streaming=True).take_entries() == []
    assert room.session.pace == server.hub.rooms["s"].session.pace

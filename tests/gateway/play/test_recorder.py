"""What is recorded of people and programs while a session is served, also by a server that is killed."""

from __future__ import annotations

import asyncio
import secrets
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counterpoise.session.play.log import PlayEvent, compared
from counterpoise.session.play.tables import events_of
from counterpoise.session.replay import replay
from counterpoise.store.journal_file import JournalFile
from counterpoise.torture.guest import Guest
from counterpoise.torture.host_process import HostProcess

Invite = Callable[..., Guest]


def events_in(path: str | Path) -> list[PlayEvent]:
    with JournalFile.read_only(path) as journal:
        rows, entries = list(journal.play_log.rows()), list(journal.entries())
    assert compared(rows, entries).problem == ""
    replay(entries, str(path), streaming=True)
    return [event for _, event in events_of(rows)]


async def test_people_programs_and_unknown_clients_are_told_apart_and_their_acts_have_a_time(
    host: Any, begin: Any, invite: Invite, letter: Any
) -> None:
    server, links = await host()
    person, bot, program, unknown = (invite(links.seats[seat]) for seat in ("ARD", "BEL", "COR", "DUN"))
    bot.client, program.client, unknown.client = "sdk", "sdk", "phone"
    assert (await person.join(name="Ada")).consent == "ask"
    assert (await bot.join(bot="balancer")).consent == ""
    assert (await program.join()).consent == ""
    assert (await unknown.join()).consent == "ask"
    await person.say("consent", given=True)
    assert (await person.hear("consent_mark")).given
    moderator = await begin(links)
    for guest in (person, bot, program, unknown):
        await guest.hear("status", lambda one: one.phase == "running")
    await person.order(letter())
    await person.hear("ack")
    await person.order({"kind": "message", "to": ["ARD"], "text": "to myself"})
    await person.hear("error")
    for guest in (person, bot, program, unknown):
        await guest.say("ready", tick=0)
    session = server.hub.rooms["s"].session
    async with asyncio.timeout(30):
        while session.now == 0:
            await asyncio.sleep(0.05)
    assert {seat: session.players[seat] for seat in ("ARD", "BEL", "COR", "DUN")} == {
        "ARD": "human", "BEL": "balancer", "COR": "a program", "DUN": "an unknown client",
    }  # fmt: skip
    await moderator.command("pause", reason="a word")
    await person.hear("status", lambda one: one.phase == "paused")
    await unknown.leave()
    path = server.hub.rooms["s"].writer.address
    await server.hub.rooms["s"].close(server.hub._serving["s"])
    events = events_in(path)
    clients = {event.seat: event.client for event in events if event.kind == "connected" and event.seat}
    assert clients == {"ARD": "browser", "BEL": "bot", "COR": "sdk", "DUN": "other"}
    ada = [event.kind for event in events if event.participant and event.seat == "ARD"]
    assert ada.count("order") == ada.count("ready") == ada.count("refusal") == ada.count("consent") == 1
    assert "Ada" not in str(events)
    assert {"served", "stop", "phase", "command", "left", "seat", "stopped"} <= {event.kind for event in events}
    assert all(0 <= events[-1].at - event.at < 60 for event in events)


async def test_an_answer_about_research_holds_after_a_restart_and_may_be_changed(
    serve: Any, checkerboard: str, invite: Invite
) -> None:
    first = await serve()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    person = invite(links.seats["ARD"])
    await person.join()
    await person.say("consent", given=False)
    await person.hear("consent_mark")
    await first.__aexit__(None, None, None)
    second = await serve()
    person.url = f"ws://127.0.0.1:{second.port}/s/s/ws"
    assert (await person.join()).consent == "refused"
    await person.say("consent", given=True)
    assert (await person.hear("consent_mark", lambda mark: mark.given)).given


@pytest.mark.slow
async def test_what_is_acknowledged_has_its_time_in_the_play_log_after_kill_9(tmp_path: Path, invite: Invite) -> None:
    async with HostProcess(tmp_path / "data", tmp_path / "log", days_per_second=0.01) as server:
        ard = invite(server.links["seats"]["ARD"])
        await ard.join()
        given = secrets.token_hex(16)
        await ard.raw(
            ard.encode(
                {"t": "order", "id": given, "window": 0, "move": {"kind": "message", "to": ["BEL"], "text": "Hello"}}
            )
        )
        await ard.hear("ack", lambda ack: ack.id == given)
        await server.kill()
        await ard.until_closed()
        await server.start()
        assert await server.kill(signal.SIGTERM) == 0
    [path] = (tmp_path / "data").glob("*.db")
    events = events_in(path)
    [order] = [event for event in events if event.kind == "order" and event.client == "browser"]
    assert order.seat == "ARD"
    assert [event.kind for event in events].count("served") == 2

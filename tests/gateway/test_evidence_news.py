"""How the evidence stands goes to moderators after each window, and to everyone else only while a moderator shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Serve

    from counterpoise.torture.guest import Guest

PLAYER, OTHER = "ARD", "BEL"
SLOW = Pace("windows", 600.0, 600.0)
WORDS = (b"log_e", b"favour", b"balance_of_threat", b"evidence")
"""Parts of every report of evidence, and of nothing else that a seat is sent."""


def line_up(session: Session) -> Mapping[ActorId, Bot]:
    """The scenario's usual bots, which take sides."""
    return {seat: roster.load_bot(roster.default_bot(seat, "1"))(f"1/{seat}") for seat in session.seats}


@pytest.fixture
async def table(serve: Serve, checkerboard: str) -> tuple[Server, Links]:
    server = await serve(bots=line_up)
    links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s", pace=SLOW)
    return server, links


@pytest.fixture
async def seated(table: tuple[Server, Links], invite: Invite, begin: Begin) -> tuple[Guest, Guest]:
    """A player who has joined, and the moderator who has started the session."""
    _, links = table
    player = invite(links.seats[PLAYER])
    await player.join()
    return player, await begin(links)


async def play_to(guests: list[Guest], window: int, moderator: Guest) -> Any:
    """Close every window before this one; return what the moderator is told of the last of them."""
    await asyncio.gather(*(go_to(guest, window) for guest in guests))
    return await moderator.hear("evidence", lambda m: m.window == window - 1)


async def go_to(guest: Guest, window: int) -> None:
    def stops() -> list[Any]:
        return [message.view for message in guest.all("observe") if message.called]

    def is_later(tick: int) -> bool:
        return bool(stops()) and stops()[-1].tick > tick

    done = -1
    while True:
        await guest.until(is_later, done)
        if (view := stops()[-1]).window >= window:
            return
        done = view.tick
        await guest.say("ready", tick=done)


async def threaten(player: Guest, about: str) -> None:
    """Take a side in the open window: without people who do, no group is under test."""
    sent = await player.order({"kind": "state_intent", "about": about, "intent": "hostile"})
    await player.hear("ack", lambda m: m.id == sent)


async def show(moderator: Guest, shown: bool) -> None:
    sent = await moderator.command("show_evidence", shown=shown)
    await moderator.hear("ack", lambda m: m.id == sent)


def frames_with_evidence(guest: Guest) -> list[bytes]:
    raw = [frame if isinstance(frame, bytes) else frame.encode() for frame in guest.frames]
    return [frame for frame in raw if any(word in frame for word in WORDS)]


@pytest.mark.timeout(120)
async def test_a_moderator_is_told_after_each_window_what_the_debrief_says(seated: tuple[Guest, Guest]) -> None:
    player, moderator = seated
    await moderator.until(lambda: bool(moderator.all("evidence")))  # it may have come before the clock started
    first = moderator.all("evidence")[0]
    assert (first.window, first.date, first.shown, first.evidence["groups"]) == (-1, "", False, [])
    for window, about in ((1, "ESK"), (2, "GAL"), (3, "BEL")):
        await threaten(player, about)
        told = await play_to([player], window, moderator)
        await moderator.say("ask_debrief")
        whole = (await moderator.hear("debrief")).report["evidence"]
        assert told.evidence["groups"][0] == whole["groups"][0]
        assert sum(told.evidence["groups"][0]["acts"].values()) == told.evidence["groups"][0]["choices"]
        for brief, full in zip(told.evidence["groups"][1:], whole["groups"][1:], strict=True):
            newest = [{**pair, "steps": pair["steps"][-1:]} for pair in full["pairs"]]
            assert brief == {**full, "pairs": newest}
        assert all(step["window"] < window for step in whole["groups"][0]["pairs"][0]["steps"])
    assert "Balance of threat" in [row["title"] for row in told.hypotheses]
    assert told.evidence["groups"][0]["sentences"][0].startswith(
        "After the window from 1902-01-01, people's choices favour"
    )


@pytest.mark.timeout(120)
async def test_a_seat_gets_no_byte_of_the_evidence_but_while_the_moderator_shows_it(
    table: tuple[Server, Links], invite: Invite, begin: Begin
) -> None:
    _, links = table
    player, watcher = invite(links.seats[PLAYER]), invite(links.observer)
    await player.join()
    await watcher.join()
    moderator = await begin(links)
    await threaten(player, "ESK")
    await play_to([player], 2, moderator)
    await watcher.hear("window", lambda m: m.window == 2)
    assert frames_with_evidence(player) == frames_with_evidence(watcher) == []

    await show(moderator, shown=True)
    for guest in (player, watcher):
        told = await guest.hear("evidence")
        assert (told.window, told.date, told.shown) == (1, "1901-07-01", True)
        assert [(group["kind"], group["acts"], group["carriers"]) for group in told.evidence["groups"]] == [
            ("tested", {}, "")
        ]
    latecomer = invite(links.seats[OTHER])
    await latecomer.join()
    assert (await latecomer.hear("evidence")).shown
    await play_to([player, latecomer], 3, moderator)
    assert (await player.hear("evidence")).window == 2

    await show(moderator, shown=False)
    hidden = await player.hear("evidence")
    assert (hidden.shown, hidden.evidence) == (False, {})
    before = len(player.all("evidence"))
    await play_to([player, latecomer], 4, moderator)
    await player.say("look")
    await player.hear("observe")
    assert len(player.all("evidence")) == before
    newcomer = invite(links.seats["COR"])
    await newcomer.join()
    await newcomer.say("look")
    await newcomer.hear("observe")
    assert frames_with_evidence(newcomer) == []


@pytest.mark.timeout(120)
async def test_the_debrief_says_from_when_players_saw_the_evidence(seated: tuple[Guest, Guest]) -> None:
    player, moderator = seated
    await play_to([player], 2, moderator)
    await show(moderator, shown=True)
    again = await moderator.command("show_evidence", shown=True)
    refused = await moderator.hear("error", lambda m: m.id == again)
    assert (refused.path, refused.expected) == ("$.command.shown", "false")
    assert "holds already" in refused.got
    await player.command("show_evidence", shown=False)
    assert (await player.hear("error")).code == "not_allowed"
    await play_to([player], 3, moderator)
    await show(moderator, shown=False)
    await moderator.say("ask_debrief")
    trust = (await moderator.hear("debrief")).report["threats_to_validity"]
    assert sum("The evidence was shown to players from 1902-01-01 to 1902-07-01: " in line for line in trust) == 1


@pytest.mark.timeout(120)
async def test_a_server_that_comes_back_still_shows_the_evidence(
    checkerboard: str, tmp_path: Path, invite: Invite, begin: Begin, serve: Serve
) -> None:
    async with Server(ServerConfig(data_dir=tmp_path, port=0, bots=line_up)) as server:
        links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s", pace=SLOW)
        player = invite(links.seats[PLAYER])
        await player.join()
        moderator = await begin(links)
        await play_to([player], 1, moderator)
        await show(moderator, shown=True)
        told = await player.hear("evidence")
    revived = await serve(bots=line_up, data_dir=tmp_path)
    player.url = player.url.replace(f":{server.port}/", f":{revived.port}/")
    await player.join()
    assert await player.hear("evidence") == told

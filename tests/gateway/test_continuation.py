"""People join a session that goes on from a moment of a journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.gateway.conftest import quiet_bots

from counterpoise.errors import ConfigurationError
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.commands import SERVER, End
from counterpoise.session.forks.continuation import JournalMoment
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite, Letter


@pytest.fixture(scope="module")
def played(checkerboard: str) -> list[Entry]:
    """The journal of two years of a game that is still running."""
    session = Session(scenario_text=checkerboard, seed="1", session_id="g", secret="secret")
    play(session, quiet_bots(session), until=700)
    return session.take_entries()


def moment_on(entries: list[Entry], tick: int) -> JournalMoment:
    calendar = replay(entries[:1], "g").simulation.world.calendar
    return JournalMoment(entries, "g.db", tick, calendar.iso(tick))


def written(path: Path) -> list[Entry]:
    with JournalFile.read_only(path) as journal:
        return list(journal.entries())


@pytest.fixture
def config(tmp_path: Path) -> Callable[..., ServerConfig]:
    def make(**settings: Any) -> ServerConfig:
        return ServerConfig(data_dir=tmp_path / "data", **{"port": 0, "bots": quiet_bots, **settings})

    return make


async def test_people_join_at_the_moment_and_play_on(
    config: Callable[..., ServerConfig], invite: Invite, letter: Letter, played: list[Entry], tmp_path: Path
) -> None:
    opening = next(entry.tick for entry in played if entry.kind == "forecast" and entry.tick > 300)
    moment = moment_on(played, opening)
    async with Server(config()) as server:
        links = await server.hub.continue_from(moment, session_id="branch")
        ard, moderator = invite(links.seats["ARD"]), invite(links.moderator)
        await ard.join(name="Ada")
        view = (await ard.hear("observe")).view
        assert (view.tick, view.date) == (opening, moment.date)
        assert (await ard.hear("status")).phase == "paused"
        await moderator.join()
        await moderator.command("resume")
        await ard.hear("status", lambda m: m.phase == "running")
        await ard.order(letter("BEL", "from another past"))
        await ard.hear("ack")
        await moderator.command("close_window")
        assert (await ard.hear("window", lambda m: m.tick > opening)).tick > opening
    entries = written(tmp_path / "data" / "branch.db")
    header = entries[0].content()
    assert (header["session"], header["seed"]) == ("branch", "1")
    assert {name: header["forked"][name] for name in ("session", "head", "on", "arm")} == {
        "session": "g",
        "head": played[-1].chain,
        "on": moment.date,
        "arm": "live",
    }
    digests = [(entry.tick, entry.body) for entry in played if entry.kind == "digest" and entry.tick <= opening]
    assert [(e.tick, e.body) for e in entries if e.kind == "digest" and e.tick <= opening] == digests
    assert replay(entries, "branch", streaming=True).take_entries() == []


async def test_a_continued_session_is_resumed_after_a_restart(
    config: Callable[..., ServerConfig], invite: Invite, played: list[Entry]
) -> None:
    async with Server(config()) as server:
        links = await server.hub.continue_from(moment_on(played, 200), session_id="branch")
        ard = invite(links.seats["ARD"])
        await ard.join()
        port = server.port
    await ard.until_closed()
    async with Server(config(port=port)) as server:
        await ard.join()
        assert (await ard.hear("observe")).view.tick == 200
        assert server.hub.rooms["branch"].session.phase == "paused"


async def test_orders_of_the_day_itself_are_left_to_the_new_players(
    config: Callable[..., ServerConfig], played: list[Entry], tmp_path: Path
) -> None:
    day = next(entry.tick for entry in played if entry.kind == "order" and entry.tick > 100)
    async with Server(config()) as server:
        await server.hub.continue_from(moment_on(played, day), session_id="branch")
    entries = written(tmp_path / "data" / "branch.db")
    assert [entry for entry in entries if entry.kind == "order" and entry.tick < day]
    assert not [entry for entry in entries if entry.kind == "order" and entry.tick >= day]


async def test_a_moment_after_the_end_of_the_journal_is_refused(
    config: Callable[..., ServerConfig], played: list[Entry]
) -> None:
    session = replay(played, "g")
    session.command(SERVER, "e" * 32, End())
    ended = [*played, *session.take_entries()]
    async with Server(config()) as server:
        with pytest.raises(ConfigurationError, match="stopped or ended"):
            await server.hub.continue_from(moment_on(ended, 900), session_id="branch")
        assert not server.hub.has_session("branch")

"""One server starts several sessions, and resumes the same ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterpoise.cli.host.served_sessions import NewSessions, WantedGame, numbered, serve_sessions
from counterpoise.errors import ConfigurationError
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace

NEW = NewSessions("", Pace(), None)


@pytest.fixture
def config(tmp_path: Path) -> ServerConfig:
    """The settings of a server without bots."""
    return ServerConfig(data_dir=tmp_path / "d", port=0)


def games(text: str, *names: str) -> list[WantedGame]:
    return [WantedGame("checkerboard", name, text, "checkerboard.toml") for name in names]


async def test_several_sessions_of_a_scenario_are_created_and_resumed(config: ServerConfig, checkerboard: str) -> None:
    wanted = games(checkerboard, "", "", "")
    async with Server(config) as server:
        served = await serve_sessions(server.hub, wanted, NEW)
        assert [one.links.session for one in served] == ["checkerboard", "checkerboard-2", "checkerboard-3"]
        assert {one.beginning for one in served} == {"is new"}
        assert len({room.session.seed for room in server.hub.rooms.values()}) == 3
    async with Server(config) as server:
        served = await serve_sessions(server.hub, [*wanted, *games(checkerboard, "")], NEW)
        assert sorted(one.links.session for one in served) == [
            "checkerboard", "checkerboard-2", "checkerboard-3", "checkerboard-4",
        ]  # fmt: skip
        assert [one.beginning for one in served] == ["resumes on"] * 3 + ["is new"]


async def test_nothing_is_created_if_one_session_cannot_be_served(
    config: ServerConfig, checkerboard: str, middle_east: str
) -> None:
    async with Server(config) as server:
        await serve_sessions(server.hub, games(checkerboard, "taken"), NEW)
        other = WantedGame("middle-east-1955", "taken", middle_east, "middle-east-1955.toml")
        with pytest.raises(ConfigurationError, match="session taken exists and plays checkerboard"):
            await serve_sessions(server.hub, [*games(checkerboard, "first"), other], NEW)
        with pytest.raises(ConfigurationError, match="session name 'a b'"):
            await serve_sessions(server.hub, games(checkerboard, "first", "a b"), NEW)
        assert list(server.hub.rooms) == ["taken"]


async def test_a_seed_that_is_given_is_the_seed_of_every_new_session(config: ServerConfig, checkerboard: str) -> None:
    async with Server(config) as server:
        names = [numbered("class", number) for number in (1, 2)]
        await serve_sessions(server.hub, games(checkerboard, *names), NewSessions("7", Pace(), None))
        assert {name: room.session.seed for name, room in server.hub.rooms.items()} == {"class": "7", "class-2": "7"}

"""A program that speaks MCP takes a seat of a hosted game, and plays it to its end."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from counterpoise.cli.journals import read_journal
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise_clients.client import Client
from counterpoise_clients.roster import load_bot

mcp = pytest.importorskip("mcp", reason="the extra 'mcp' is not installed")

SEAT = "NOR"
TOOLS = ["wait_turn", "situation", "list_moves", "order", "message", "end_turn"]


@pytest.fixture
def short_game() -> str:
    """The scenario that `new` writes, with three windows in place of twelve."""
    text = files("counterpoise.cli.templates").joinpath("scenario.toml").read_text(encoding="utf-8")
    assert "\nwindow_months = 3 " in text
    return text.replace("\nwindow_months = 3 ", "\nwindow_months = 12 ")


def quiet_bots(session: Session) -> Mapping[ActorId, Bot]:
    return {seat: load_bot("status-quo")(f"{seat}") for seat in session.seats}


@asynccontextmanager
async def hosted(tmp_path: Path, text: str) -> AsyncIterator[Links]:
    """Serve a session in its lobby."""
    config = ServerConfig(data_dir=tmp_path / "data", port=0, bots=quiet_bots)
    async with Server(config) as server:
        yield await server.hub.create(
            scenario_text=text,
            seed="1",
            session_id="s",
            pace=Pace(mode="windows", window_seconds=600.0, call_seconds=600.0),
        )


@asynccontextmanager
async def over_stdio(link: str, keep: Path) -> AsyncIterator[Any]:
    """Run the command as a client of MCP does, and connect to it."""
    from mcp.client.stdio import StdioServerParameters

    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "counterpoise", "mcp", link, "--name", "tester", "--keep", str(keep)]
    )
    async with mcp.Client(parameters) as client:
        yield client


async def say(client: Any, tool: str, **arguments: Any) -> tuple[str, bool]:
    """Call a tool; return what it says, and whether that is an error."""
    result = await client.call_tool(tool, arguments)
    return result.content[0].text, bool(result.is_error)


async def start(links: Links) -> None:
    async with Client(links.moderator) as moderator:
        await moderator.command({"kind": "start"})


async def test_a_program_plays_a_hosted_game_to_its_end_and_comes_back_in_between(
    tmp_path: Path, short_game: str
) -> None:
    async with hosted(tmp_path, short_game) as links:
        link = links.seats[ActorId(SEAT)]
        async with over_stdio(link, tmp_path / "keep") as client:
            assert [tool.name for tool in (await client.list_tools()).tools] == TOOLS
            told, _ = await say(client, "wait_turn", seconds=0)
            assert told == "Not your turn yet: the game has not started. Call wait_turn again."
            told, failed = await say(client, "end_turn")
            assert (told.partition(": ")[2], failed) == (
                "it is not your turn: the game has not started; call wait_turn",
                True,
            )
            await start(links)
            told, _ = await say(client, "wait_turn")
            assert told.startswith("Your turn.\n1900-01-01, window 0")
            rules = (await client.read_resource("counterpoise://rules")).contents[0].text
            role = (await client.read_resource("counterpoise://role")).contents[0].text
            assert "propose_alliance: Offer another state an alliance" in rules
            assert role.startswith("You decide for Norland (NOR)")
            moves, _ = await say(client, "list_moves")
            assert "\narm effort=0.05..1" in moves
            fields, _ = await say(client, "list_moves", kind="arm")
            assert fields.startswith("arm: Spend money to raise your forces")
            told, failed = await say(client, "order", move={"kind": "attack", "target": "WES", "aim": "territory"})
            assert failed
            assert "refused: illegal: $.move.target: expected a state" in told
            told, failed = await say(client, "order", move={"kind": "arm", "effort": 0.25})
            assert not failed
            number = told.split("replaces=")[1].split()[0]
            told, failed = await say(client, "order", move={"kind": "arm", "effort": 0.5}, replaces=number)
            assert not failed
            told, failed = await say(client, "message", to=["WES"], text="We arm.", offer="support")
            assert (told, failed) == ("Sent to WES.", False)
            assert await say(client, "message", to="WES", text="And you?") == ("Sent to WES.", False)
            assert await say(client, "order", move="arm", replaces=3) == (
                "order: move: should be a valid dictionary, got 'arm'; replaces: should be a valid string, got 3",
                True,
            )
            assert await say(client, "order") == ("order: move: Field required", True)
        # Another conversation starts the same command with the same link, which worked once.
        async with over_stdio(link, tmp_path / "keep") as client:
            turns = 0
            while True:
                told, failed = await say(client, "wait_turn")
                assert not failed
                if told.startswith("The game is over."):
                    break
                assert told.startswith("Your turn."), told
                turns += 1
                await say(client, "end_turn")
            assert turns >= 2
            assert "Your score is " in told
            assert (await say(client, "situation"))[0].startswith("The game is over.")
    entries = read_journal(tmp_path / "data" / "s.db")
    session = replay(entries, "s")
    assert session.phase == "ended"
    assert session.players[ActorId(SEAT)] == "tester"
    incidents = [incident for incident in session.simulation.world.incidents if incident.actors[:1] == (SEAT,)]
    assert [one.detail["effort"] for one in incidents if one.kind == "armed"] == [0.5]
    assert [one.actors for one in incidents if one.kind == "message"] == [(SEAT, "WES")] * 2


async def test_a_seat_is_played_over_streamable_http(tmp_path: Path, short_game: str) -> None:
    async with hosted(tmp_path, short_game) as links:
        link = links.seats[ActorId(SEAT)]
        arguments = ("mcp", link, "--http", "0", "--keep", str(tmp_path / "keep"))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "counterpoise", *arguments, stderr=asyncio.subprocess.PIPE
        )
        try:
            assert process.stderr is not None
            line = (await asyncio.wait_for(process.stderr.readline(), 60)).decode()
            assert line.startswith("playing NOR in session s; the address for MCP is http://127.0.0.1:")
            await start(links)
            async with mcp.Client(line.split()[-1]) as client:
                assert (await say(client, "wait_turn"))[0].startswith("Your turn.")
                assert "\nSUD " in (await say(client, "situation"))[0]
                assert (await say(client, "end_turn"))[0] == "Your turn is over. Call wait_turn."
        finally:
            process.terminate()
            await process.wait()
        assert link.partition("#")[2] not in line

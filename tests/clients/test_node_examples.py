"""The example bots in JavaScript play whole games with nothing but the protocol page."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.wire.messages import CLOSE_RESTARTING
from counterpoise_clients import roster
from counterpoise_clients.client import Client
from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.isolation.isolated_bot import IsolatedBot
from counterpoise_clients.roster import SeatLoader
from counterpoise_clients.testing import check_bot

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed; the examples in JavaScript run on it")
EXAMPLES = Path(__file__).parents[2] / "clients" / "examples"


def balancers(session: Session) -> Mapping[ActorId, Bot]:
    return {seat: roster.load_bot("balancer")(f"node/{seat}") for seat in session.seats}


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.mjs")), ids=lambda file: file.name)
def test_an_example_stays_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) < 120


async def test_the_network_bot_plays_on_after_a_lost_connection_and_leaves_at_the_end(
    checkerboard: str, tmp_path: Path
) -> None:
    config = ServerConfig(data_dir=tmp_path, port=0, bots=balancers)
    async with Server(config) as server:
        links = await server.hub.create(
            scenario_text=checkerboard, seed="7", session_id="s", pace=Pace("windows", 60.0, 60.0)
        )
        process = await asyncio.create_subprocess_exec(
            str(NODE),
            str(EXAMPLES / "network_bot.mjs"),
            links.seats["COR"],
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with Client(links.moderator) as moderator:
            while moderator.status is None or not any(seat.online for seat in moderator.status.seats):
                await asyncio.sleep(0.02)
            await moderator.command({"kind": "start"})
            room = server.hub.rooms["s"]
            while room.session.orders_of(ActorId("COR")) < 4:
                await asyncio.sleep(0.01)
            (connection,) = room.audience.at("COR")
            connection.close(CLOSE_RESTARTING, "try again")
            printed, problems = await asyncio.wait_for(process.communicate(), 90)
        session = server.hub.rooms["s"].session
        score = session.simulation.world.scores[ActorId("COR")]
        assert printed.decode().splitlines() == [
            f"COR scored {score:.1f} on 1905-01-01",
            "closed with 1000: you have left",
        ]
        assert process.returncode == 0
        assert session.orders_of(ActorId("COR")) > 10
        assert problems.decode() == ""


def test_the_stdio_bot_plays_a_game_to_its_end_in_its_process(checkerboard: str) -> None:
    bots = dict(balancers(Session(scenario_text=checkerboard, seed="7", session_id="s", secret="s")))
    bot = SeatLoader(BotLimits(), str(EXAMPLES))("cmd:node stdio_bot.mjs")("7/COR")
    assert isinstance(bot, IsolatedBot)
    bots[ActorId("COR")] = bot
    session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="s")
    statistics = play(session, bots)
    bot.close()
    assert session.phase == "ended"
    assert (bot.conduct.status, bot.conduct.stderr) == ("OK", "")
    assert session.orders_of(ActorId("COR")) > 10
    assert statistics.refusals.get(ActorId("COR"), 0) == 0, statistics.last_refusal


def test_the_stdio_bot_conforms(checkerboard: str) -> None:
    factory = SeatLoader(BotLimits(), str(EXAMPLES))("cmd:node stdio_bot.mjs")
    report = check_bot(factory, checkerboard, stops=12)
    assert report.ok, str(report)
    assert report.orders > 0


def test_the_codec_reads_and_writes_what_python_does() -> None:
    values: list[Any] = [
        None, True, False, 0, 127, 128, -1, -32, -33, 255, 65535, 2**32, -(2**40), 2**53 - 1, 0.5, -1e300, "",
        "a" * 31, "ö" * 40, "x" * 300, "y" * 70000, [], list(range(20)), [[], {}], {}, {"a": {"b": [1, None]}},
        {f"key {n}": n for n in range(20)}, [0] * 70000,
    ]  # fmt: skip
    script = (
        f"import {{ decode, encode }} from {json.dumps((EXAMPLES / 'msgpack.mjs').as_uri())};"
        "const bytes = [];for await (const chunk of process.stdin) bytes.push(chunk);"
        "process.stdout.write(encode(decode(Buffer.concat(bytes))));"
    )
    done = subprocess.run(
        [str(NODE), "--input-type=module", "-e", script],
        input=msgspec.msgpack.encode(values),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert msgspec.msgpack.decode(done.stdout) == values


def test_the_network_bot_without_a_link_prints_its_usage() -> None:
    done = subprocess.run(
        [str(NODE), str(EXAMPLES / "network_bot.mjs")], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (2, "usage: node clients/examples/network_bot.mjs LINK\n")


async def test_a_link_whose_token_is_wrong_ends_the_network_bot(checkerboard: str, tmp_path: Path) -> None:
    async with Server(ServerConfig(data_dir=tmp_path, port=0)) as server:
        links = await server.hub.create(scenario_text=checkerboard, seed="7", session_id="s")
        link = f"{links.seats['COR'].partition('#')[0]}#{'x' * 32}"
        process = await asyncio.create_subprocess_exec(
            str(NODE), str(EXAMPLES / "network_bot.mjs"), link, stdout=asyncio.subprocess.PIPE
        )
        printed, _ = await asyncio.wait_for(process.communicate(), 60)
    assert printed.decode().startswith("closed with 4001: this link is not valid")
    assert process.returncode == 1

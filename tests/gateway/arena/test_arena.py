"""Bots join a standing arena, play rated games, leave and come back; the server is killed and goes on; storage stays bounded."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from counterpoise.gateway.arena import arena as arena_module
from counterpoise.gateway.arena.arena import Arena
from counterpoise.gateway.arena.settings import ArenaSettings
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.room import Room
from counterpoise.gateway.server import Server
from counterpoise.sim.bot import Bot
from counterpoise.wire.arena.messages import ARENA_SUBPROTOCOL, read_server_message
from counterpoise_clients import roster
from counterpoise_clients.arena.arena_bot import ArenaBot, ArenaRefused
from counterpoise_clients.arena.arena_link import arena_socket
from counterpoise_clients.network.dialling import dial_websocket
from counterpoise_clients.network.resume import Backoff

pytestmark = pytest.mark.timeout(120)
KEYS = {name: f"{name} has this key of its own" for name in ("first", "second")}
SOON = Backoff(first_s=0.1, max_s=0.3)


def bundled(name: str, seed: str) -> Bot:
    bot: Bot = roster.load_bot(name)(seed)
    return bot


@asynccontextmanager
async def arena_in(folder: Path, text: str, **settings: Any) -> AsyncIterator[Server]:
    given = {"window_seconds": 2.0, "join_seconds": 3.0, "gather_seconds": 0.3, **settings}
    arena = Arena(folder, ArenaSettings(text, "checkerboard.toml", bundled, **given))
    config = ServerConfig(
        data_dir=folder, port=0, bots=arena.bots, absent_windows=2, ended_idle_seconds=0.2, ended_open_max=1
    )
    async with Server(config, arena=arena) as server:
        yield server


def entrant(address: str, name: str, said: list[str] | None = None) -> ArenaBot:
    socket_address = arena_socket(f"{address}/arena")
    assert socket_address is not None
    return ArenaBot(
        socket_address,
        name,
        KEYS[name],
        roster.load_bot("balancer"),
        (said if said is not None else []).append,
        backoff=SOON,
    )


async def document(address: str) -> dict[str, Any]:
    def read() -> dict[str, Any]:
        with urllib.request.urlopen(f"{address}/arena.json", timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    return await asyncio.to_thread(read)


async def until(address: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(urllib.error.URLError):  # a server that is starting
                if holds(found := await document(address)):
                    return found
            await asyncio.sleep(0.1)


async def test_bots_join_play_rated_games_leave_and_come_back(tmp_path: Path, checkerboard: str) -> None:
    # Both are in the first game, however long a slow machine takes to connect the second one.
    async with arena_in(tmp_path / "data", checkerboard, gather_seconds=3.0) as server:
        first, second = entrant(server.url, "first"), entrant(server.url, "second")
        await asyncio.gather(first.play(1), second.play(1))
        found = await until(server.url, lambda told: told["games_rated"] == 1)
        rows = {row["name"]: row for row in found["standings"]}
        assert {"first", "second", "balancer"} <= set(rows)
        assert (rows["first"]["rated_games"], rows["first"]["rating"]) == (1, None), "one game tells nobody apart"
        assert (rows["first"]["state"], rows["balancer"]["is_anchor"]) == ("away", True)
        [game] = found["recent"]
        seats = {seat["entrant"]: seat for seat in game["seats"]}
        assert (seats["first"]["status"], seats["second"]["status"]) == ("OK", "OK")
        assert (first.rated[0].game, first.rated[0].score) == (game["game"], seats["first"]["score"])
        assert game["watch"].startswith(f"{server.url}/j/arena-1#")
        await first.play(2)
        again = await until(server.url, lambda told: told["games_rated"] == 2)
        counts = {row["name"]: row["counts"] for row in again["standings"]}
        assert (counts["first"]["games"], counts["second"]["games"]) == (2, 1)
        assert counts["first"]["forfeits"] == 0
        windows = {name: counts[name]["windows"] for name in ("first", "second")}
        assert windows["first"] == 2 * windows["second"] > 0
        assert [counts[name]["missed"] for name in windows] == [0, 0], (
            "a bot that leaves at the end was there to the end"
        )


async def test_a_name_belongs_to_the_key_that_came_with_it_first(tmp_path: Path, checkerboard: str) -> None:
    async with arena_in(tmp_path / "data", checkerboard) as server:
        async with asyncio.timeout(20):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(entrant(server.url, "first").play(), 1.0)
            thief = entrant(server.url, "first")
            thief._key = "another key that is long enough"
            with pytest.raises(ArenaRefused, match="wrong_key"):
                await thief.play()
            anchor = entrant(server.url, "first")
            anchor._name = "balancer"
            with pytest.raises(ArenaRefused, match="taken"):
                await anchor.play()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "malformed"),
        ('{"t":"order"}', "unknown_message"),
        ('{"t":"enter","name":"X","key":"long enough for a key"}', "invalid"),
        ('{"t":"enter","name":"good","key":"short"}', "invalid"),
    ],
)
async def test_a_wrong_frame_gets_a_typed_refusal_and_a_close(
    tmp_path: Path, checkerboard: str, frame: str, code: str
) -> None:
    async with arena_in(tmp_path / "data", checkerboard) as server:
        address = arena_socket(f"{server.url}/arena")
        assert address is not None
        async with asyncio.timeout(20), dial_websocket(address, ARENA_SUBPROTOCOL) as opened:
            await opened.send(frame)
            answer = await opened.recv()
            assert json.loads(answer)["code"] == code
            assert "short" not in json.dumps(json.loads(answer)["got"])
            assert read_server_message(answer)
            with pytest.raises(ConnectionClosed):
                await opened.recv()


async def test_an_entrant_that_never_comes_to_its_game_forfeits_and_pays_for_it(
    tmp_path: Path, checkerboard: str
) -> None:
    async with arena_in(tmp_path / "data", checkerboard, window_seconds=0.3, join_seconds=0.3) as server:
        address = arena_socket(f"{server.url}/arena")
        assert address is not None
        async with dial_websocket(address, ARENA_SUBPROTOCOL) as opened:
            await opened.send(json.dumps({"t": "enter", "name": "ghost", "key": "a key that is long enough"}))
            found = await until(server.url, lambda told: told["games_rated"] == 1)
        seat = next(seat for seat in found["recent"][0]["seats"] if seat["entrant"] == "ghost")
        assert seat["status"] == "FORFEIT"
        assert seat["reason"].startswith("away in ")


async def test_journals_beyond_those_kept_are_deleted_and_the_counts_stay(tmp_path: Path, checkerboard: str) -> None:
    folder = tmp_path / "data"
    async with arena_in(folder, checkerboard, journals_kept=1, games_rated=2) as server:
        await entrant(server.url, "first").play(3)
        found = await until(
            server.url,
            lambda told: (
                told["games_played"] >= 3 and len(list(folder.glob("arena-*.db"))) <= 2 and told["games_rated"] == 2
            ),
        )
        counts = next(row["counts"] for row in found["standings"] if row["name"] == "first")
        assert counts["games"] >= 3
        gone = [game for game in found["recent"] if not game["watch"]]
        assert all(game["game"] < max(each["game"] for each in found["recent"]) for game in gone)


async def test_the_room_of_a_game_that_is_over_leaves_the_memory(
    tmp_path: Path, checkerboard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arena_module, "GARBAGE_GAMES", 1)
    rooms: list[weakref.ref[Room]] = []
    async with arena_in(tmp_path / "data", checkerboard, journals_kept=10) as server:
        server.hub.on_served = lambda room: rooms.append(weakref.ref(room))
        gc.disable()  # so that nothing but the arena searches for garbage
        try:
            await entrant(server.url, "first").play(3)
            async with asyncio.timeout(10):
                while rooms[0]() is not None:
                    await asyncio.sleep(0.1)
        finally:
            gc.enable()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_the_server_is_killed_and_started_again_and_games_and_ratings_go_on(
    tmp_path: Path, free_port: int
) -> None:
    command = [
        sys.executable, "-m", "counterpoise", "arena", "data", "--port", str(free_port),
        "--window-seconds", "2", "--games-at-once", "1",
    ]  # fmt: skip
    address = f"http://127.0.0.1:{free_port}"

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)

    said: list[str] = []
    process = start()
    first = entrant(address, "first", said)
    first._make_bot = SlowBot
    playing = asyncio.create_task(first.play(2))
    try:
        found = await until(address, lambda told: bool(told["running"]))
        number = found["running"][0]["game"]
        await asyncio.sleep(1.0)
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait)
        process = start()
        async with asyncio.timeout(90):
            await playing
        found = await until(address, lambda told: told["games_rated"] >= 2)
        finished = {game["game"]: game["state"] for game in found["recent"]}
        assert finished[number] == "rated"
        counts = next(row["counts"] for row in found["standings"] if row["name"] == "first")
        assert counts["games"] == len(found["recent"]) - sum(1 for game in found["recent"] if game["state"] != "rated")
        assert any("the arena is away" in line for line in said)
    finally:
        playing.cancel()
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait)


class SlowBot:
    """Takes a tenth of a second for a decision, so that a game is under way for a while."""

    def __init__(self, seed: str) -> None:
        self._bot = roster.load_bot("hedger")(seed)

    def decide(self, view: Any) -> Any:
        time.sleep(0.1)
        return self._bot.decide(view)

"""Servers behind nginx share a database: one is killed, one is stopped and goes on, and nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from proxy_process import NGINX, free_port, needed, proxied, replaced
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from counterpoise.session.journal.entries import Entry, check_chain
from counterpoise.session.replay import replay
from counterpoise.store.postgres.postgres_shelf import PostgresShelf
from counterpoise.wire.messages import CLOSE_RESTARTING, SUBPROTOCOLS
from counterpoise_clients.client import Client, OrderRefused

NAME = "localhost"
IN_PLAY_SECONDS = 10.0
"""Within so many seconds after its server was killed, every client has an answer from another server."""


@dataclass
class Host:
    """``counterpoise host`` as a process of its own."""

    process: asyncio.subprocess.Process
    port: int
    log: Path
    links: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, number: int) -> None:
        self.process.send_signal(number)


@asynccontextmanager
async def hosts(database: str, public_url: str, folder: Path, count: int) -> AsyncIterator[list[Host]]:
    """Run servers that share a database; the first creates the session ``s``. Kill what is left of them afterwards."""
    running: list[Host] = []
    try:
        for number in range(count):
            port = free_port()
            options = [
                *("checkerboard", "--database", database, "--port", str(port), "--public-url", public_url, "--json"),
                *("--bots", "status-quo", "--autostart", "--data", str(folder / "data")),
            ]
            first = ["--session", "s", "--seed", "1", "--mode", "continuous", "--days-per-second", "4"]
            options += ["--sessions", "0"] if number else first
            log = folder / f"host-{number}.log"
            with log.open("wb") as output:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "counterpoise", "host", *options),
                    stdout=asyncio.subprocess.PIPE,
                    stderr=output,
                    start_new_session=True,
                )
            running.append(Host(process, port, log))
        for host in running:
            assert host.process.stdout is not None
            async with asyncio.timeout(60):
                text = b""
                while not text.endswith(b"\n}\n"):
                    line = await host.process.stdout.readline()
                    assert line, host.log.read_text()
                    text += line
            host.links = json.loads(text).get("seats", {})
        yield running
    finally:
        for host in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(host.process.pid, signal.SIGKILL)
            await host.process.communicate()


def site(repository: Path, folder: Path, certificate: Path, port: int, servers: list[Host]) -> list[str]:
    """Write the recipe for these servers and return the command of nginx."""
    first, second = (f"    server 127.0.0.1:{each} max_fails=0;\n" for each in (8701, 8702))
    changes = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "    listen [::]:443 ssl;\n": "",
        "games.example;": f"{NAME};",
        "/etc/ssl/certs/games.example.pem": str(certificate),
        "/etc/ssl/private/games.example.key": str(certificate.with_name("key.pem")),
        first: "".join(f"    server 127.0.0.1:{host.port} max_fails=0;\n" for host in servers),
        second: "",
    }
    recipe = (repository / "server" / "operations" / "nginx-several.conf").read_text()
    (folder / "site.conf").write_text(replaced(recipe, changes))
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder))
    return [needed("nginx"), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]


@dataclass
class Player:
    """Orders one message after the other, and keeps the ids of those that were acknowledged."""

    client: Client
    to: str
    acked: list[str] = field(default_factory=list)

    async def play(self) -> None:
        while True:
            with contextlib.suppress(OrderRefused):  # a window can close while no server answers
                ack = await self.client.order({"kind": "message", "to": [self.to], "text": "How are you?"})
                self.acked.append(ack.id)
            await asyncio.sleep(0.1)

    async def hear(self, within: float) -> None:
        """Wait until another order is acknowledged."""
        known = len(self.acked)
        async with asyncio.timeout(within):
            while len(self.acked) == known:
                await asyncio.sleep(0.02)


class DirectSeat:
    """A raw connection to one server, which sends and hears but never reconnects."""

    def __init__(self, link: str, host: Host) -> None:
        path, _, self._token = link.partition("/j/")[2].partition("#")
        self._url = f"ws://127.0.0.1:{host.port}/s/{path}/ws"
        self.heard: list[dict[str, object]] = []

    async def join(self) -> None:
        self._socket = await connect(self._url, subprotocols=[Subprotocol(SUBPROTOCOLS[1])], proxy=None)
        await self.say(t="hello", protocol=2, token=self._token)
        while not any(message["t"] == "observe" for message in self.heard):
            self.heard.append(json.loads(await self._socket.recv()))

    async def say(self, **message: object) -> None:
        await self._socket.send(json.dumps(message))

    async def until_closed(self) -> int:
        with contextlib.suppress(ConnectionClosed):
            async for frame in self._socket:
                self.heard.append(json.loads(frame))
        return self._socket.close_code or 0


async def owner_among(servers: list[Host], shelf: PostgresShelf, *, other_than: Host | None = None) -> Host:
    """Wait until a server has the lease of the session, and return it."""
    import psycopg

    async with asyncio.timeout(20), await psycopg.AsyncConnection.connect(shelf._url, autocommit=True) as connection:
        while True:
            found = await connection.execute("SELECT owner FROM counterpoise.leases WHERE expires > clock_timestamp()")
            row = await found.fetchone()
            owner = next((host for host in servers if row is not None and host.url == row[0]), None)
            if owner is not None and owner is not other_than:
                return owner
            await asyncio.sleep(0.05)


def entries_of(shelf: PostgresShelf) -> list[Entry]:
    with shelf.read("s") as journal:
        return list(check_chain(journal.entries(), "s"))


def orders_in(entries: list[Entry]) -> list[str]:
    return [entry.content()["id"] for entry in entries if entry.kind == "order"]


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_clients_play_on_after_a_kill_and_a_server_that_was_stopped_writes_nothing(
    database: str, repository: Path, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    port, shelf = free_port(), PostgresShelf(database)
    loop = asyncio.get_running_loop()
    async with hosts(database, f"https://{NAME}:{port}", tmp_path, 3) as servers:
        links = servers[0].links
        async with (
            proxied(site(repository, tmp_path, certificate, port, servers), port, tmp_path),
            Client(links["ARD"], name="Ada") as ard,
            Client(links["BEL"], name="Ben") as bel,
        ):
            players = [Player(ard, "BEL"), Player(bel, "ARD")]
            playing = [asyncio.create_task(player.play()) for player in players]
            try:
                await asyncio.gather(*(player.hear(20) for player in players))
                first = await owner_among(servers, shelf)
                assert first is servers[0]

                # The owner is killed: another takes over, and the clients go on within ten seconds.
                first.send(signal.SIGKILL)
                killed = loop.time()
                await asyncio.gather(*(player.hear(IN_PLAY_SECONDS) for player in players))
                assert loop.time() - killed < IN_PLAY_SECONDS
                second = await owner_among(servers[1:], shelf)
                acked = [order for player in players for order in player.acked]
                orders = orders_in(await asyncio.to_thread(entries_of, shelf))
                assert set(acked) <= set(orders)
                assert len(orders) == len(set(orders)), "none was doubled"

                # The next owner is stopped, and goes on when a third has taken over.
                direct = DirectSeat(links["COR"], second)
                await direct.join()
                second.send(signal.SIGSTOP)
                late = secrets.token_hex(16)
                await direct.say(
                    t="order", id=late, window=0, move={"kind": "message", "to": ["ARD"], "text": "Too late"}
                )
                third = await owner_among(servers[1:], shelf, other_than=second)
                heard = len(direct.heard)
                second.send(signal.SIGCONT)
                assert await asyncio.wait_for(direct.until_closed(), 10) == CLOSE_RESTARTING
                assert not [m for m in direct.heard[heard:] if m["t"] in ("ack", "incident", "window")]
                await asyncio.gather(*(player.hear(IN_PLAY_SECONDS) for player in players))
                assert await owner_among(servers[1:], shelf) is third
                assert "has taken the session over" in second.log.read_text()
            finally:
                for task in playing:
                    task.cancel()
                await asyncio.gather(*playing, return_exceptions=True)
        entries = await asyncio.to_thread(entries_of, shelf)
    orders = orders_in(entries)
    assert {order for player in players for order in player.acked} <= set(orders)
    assert len(orders) == len(set(orders))
    assert late not in orders
    replay(entries, "s")

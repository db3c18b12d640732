"""Several servers share the sessions of a database: one serves each, and another goes on when it stops or is cut off."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import InvalidStatus

from counterpoise.errors import ConfigurationError
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.journal.entries import check_chain
from counterpoise.session.replay import replay
from counterpoise.wire.messages import CLOSE_RESTARTING

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

ServeTogether = Callable[..., Awaitable[Server]]
pytestmark = pytest.mark.timeout(60)


@pytest.fixture
async def serve_together(database: str, tmp_path: Path) -> AsyncIterator[ServeTogether]:
    """Starts servers that share a database, and stops them after the test."""
    from counterpoise.store.postgres.postgres_shelf import PostgresShelf

    async with AsyncExitStack() as stack:

        async def start(folder: str = "data") -> Server:
            shelf = PostgresShelf(database, lease_seconds=2.0)
            config = ServerConfig(data_dir=tmp_path / folder, port=0)
            return await stack.enter_async_context(Server(config, shelf))

        yield start


def moved(link: str, server: Server) -> str:
    """Return a link as another server has it."""
    return f"{server.url}/j/{link.partition('/j/')[2]}"


async def execute(database: str, statement: str) -> None:
    import psycopg

    async with await psycopg.AsyncConnection.connect(database) as connection:
        await connection.execute(statement)


async def test_a_server_that_does_not_serve_a_session_names_the_one_that_does(
    serve_together: ServeTogether, invite: Invite, checkerboard: str
) -> None:
    first, second = await serve_together(), await serve_together()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    with pytest.raises(InvalidStatus) as refused:
        await invite(moved(links.seats["ARD"], second)).open()
    answer = refused.value.response
    assert answer.status_code == 503
    assert (answer.headers["Counterpoise-Owner"], answer.headers["Retry-After"]) == (first.url, "1")
    assert answer.body == f"The server at {first.url} serves this session\n".encode()
    with pytest.raises(urllib.error.HTTPError) as unknown:
        await asyncio.to_thread(urllib.request.urlopen, f"{second.url}/s/nobody/ws", timeout=5)
    assert unknown.value.code == 404
    unknown.value.close()
    welcome = await invite(links.seats["ARD"]).join()
    assert welcome.seat == "ARD"
    assert [file.name for file in first.config.data_dir.iterdir()] == ["server.key"], "the journals are in the database"


async def test_a_server_with_another_key_is_refused_because_it_could_not_read_the_receipts_of_clients(
    serve_together: ServeTogether, tmp_path: Path
) -> None:
    await serve_together()
    with pytest.raises(ConfigurationError, match="served with another server key"):
        await serve_together("elsewhere")
    (tmp_path / "elsewhere" / "server.key").write_bytes((tmp_path / "data" / "server.key").read_bytes())
    await serve_together("elsewhere")


async def test_a_server_that_stops_hands_its_sessions_to_another_at_once(
    serve_together: ServeTogether, invite: Invite, begin: Begin, letter: Letter, checkerboard: str
) -> None:
    first, second = await serve_together(), await serve_together()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    ard = invite(links.seats["ARD"])
    await ard.join(name="Ada")
    await begin(links)
    order = await ard.order(letter("BEL", "before"))
    ack = await ard.hear("ack")
    await first.hub.close()
    assert (await ard.until_closed())[0] == CLOSE_RESTARTING
    ard.url = ard.url.replace(f":{first.port}", f":{second.port}")
    assert (await ard.join()).resume == "delta"
    status = await ard.hear("status")
    assert {seat.seat: seat.player for seat in status.seats}["ARD"] == "Ada"
    await ard.order(letter("BEL", "before"), order_id=order, window=0)
    assert await ard.hear("ack") == ack


async def test_a_server_that_is_cut_off_from_its_session_sends_its_clients_away_and_acknowledges_nothing(
    serve_together: ServeTogether,
    invite: Invite,
    begin: Begin,
    letter: Letter,
    checkerboard: str,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("counterpoise.gateway.loading.journal_watch.WATCH_SECONDS", 60.0)
    first, second = await serve_together(), await serve_together()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    ard = invite(links.seats["ARD"])
    await ard.join()
    await begin(links)
    await ard.order(letter(text="kept"))
    await ard.hear("ack")
    await execute(database, "UPDATE counterpoise.leases SET expires = to_timestamp(0)")
    async with asyncio.timeout(10):
        while "s" not in second.hub.rooms and "s" in first.hub.rooms:
            await asyncio.sleep(0.02)
    heard = len(ard.heard)
    lost = await ard.order(letter(text="too late"))
    assert await ard.until_closed() == (
        CLOSE_RESTARTING,
        "another server process takes over this session: reconnect and resume",
    )
    assert not [m for m in ard.heard[heard:] if m.__struct_config__.tag in ("ack", "incident", "error")]
    async with asyncio.timeout(10):
        while first.hub.rooms:
            await asyncio.sleep(0.02)
    assert first.hub.is_ready
    entries = await second.hub.rooms["s"].writer.call(lambda journal: list(check_chain(journal.entries(), "s")))
    orders = [entry.content()["id"] for entry in entries if entry.kind == "order"]
    assert len(orders) == 1
    ard.url = ard.url.replace(f":{first.port}", f":{second.port}")
    assert (await ard.join()).resume == "delta"
    await ard.order(letter(text="too late"), order_id=lost)
    assert (await ard.hear("ack")).id == lost
    entries = await second.hub.rooms["s"].writer.call(lambda journal: list(journal.entries()))
    replay(entries, "s")


async def test_a_database_that_drops_its_connections_costs_a_reconnect_and_nothing_else(
    serve_together: ServeTogether, invite: Invite, begin: Begin, letter: Letter, checkerboard: str, database: str
) -> None:
    server = await serve_together()
    links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    ard = invite(links.seats["ARD"])
    await ard.join()
    await begin(links)
    order = await ard.order(letter(text="before"))
    ack = await ard.hear("ack")
    await execute(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'counterpoise' AND pid <> pg_backend_pid()",
    )
    assert (await ard.until_closed())[0] == CLOSE_RESTARTING
    async with asyncio.timeout(20):
        while "s" not in server.hub.rooms or server.hub.rooms["s"].failure is not None:
            await asyncio.sleep(0.02)  # until the process has claimed its session again
    assert (await ard.join()).resume == "delta"
    await ard.order(letter(text="before"), order_id=order, window=0)
    assert await ard.hear("ack") == ack
    assert server.hub.is_ready


async def test_an_ended_session_in_a_database_is_debriefed_by_whoever_is_asked(
    serve_together: ServeTogether, invite: Invite, begin: Begin, checkerboard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterpoise.gateway.debriefs.computing.PROCESS_ENTRIES", 0)
    first, second = await serve_together(), await serve_together()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    moderator = await begin(links)
    await moderator.command("end")
    await moderator.hear("status", lambda m: m.phase == "ended")
    await first.hub.close()
    await asyncio.sleep(0)
    assert "s" not in second.hub.rooms, "its game is over, so nobody takes it over"
    observer = invite(moved(links.observer, second))
    await observer.join()
    await observer.say("ask_debrief")
    assert (await observer.hear("debrief", within=60)).report["session"] == "s"

"""A session whose journal is deleted while it runs stops within a second or two, and loses nothing that was acknowledged."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.journal.entries import check_chain
from counterpoise.store.journal_file import JournalFile

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter, Serve

Host = Callable[..., Awaitable[tuple[Server, Links]]]


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", ["s.db-wal", "s.db"])
async def test_a_deleted_file_is_noticed_although_nothing_is_written_and_no_acknowledged_order_is_lost(
    host: Host, invite: Invite, begin: Begin, letter: Letter, tmp_path: Path, name: str
) -> None:
    server, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join()
    moderator = await begin(links)
    await moderator.command("pause")
    await moderator.hear("status", lambda m: m.phase == "paused")
    acked = [await ard.order(letter(text=f"{number}")) for number in range(6)]
    await ard.until(lambda: {ack.id for ack in ard.all("ack")} >= set(acked))
    folder = tmp_path / "data"
    (folder / name).unlink()
    error = await ard.hear("error", within=5.0)
    assert error.code == "storage"
    assert "deleted or replaced" in error.got
    assert (await asyncio.wait_for(server.hub.failed(), 5.0)).exit_code == 74
    assert await asyncio.to_thread(status_of, f"{server.url}/readyz") == 503
    # Read what a process finds after this one was killed: the server still has its own files open.
    left = (folder / ("s.db" if name == "s.db-wal" else "s.db.rescued")).rename(tmp_path / "left.db")
    with JournalFile.read_only(left) as journal:
        entries = list(check_chain(journal.entries(), "left"))
    assert {entry.content()["id"] for entry in entries if entry.kind == "order"} >= set(acked)


@pytest.mark.timeout(60)
async def test_deleting_the_journal_of_an_ended_session_does_not_stop_the_others(
    serve: Serve, invite: Invite, begin: Begin, letter: Letter, checkerboard: str, tmp_path: Path
) -> None:
    server = await serve()
    ended = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="ended")
    other = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="other")
    moderator = await begin(ended)
    await moderator.command("end")
    await moderator.hear("status", lambda m: m.phase == "ended")
    (tmp_path / "data" / "ended.db").unlink()
    await asyncio.sleep(2.2)
    ard = invite(other.seats["ARD"])
    await ard.join()
    await begin(other)
    await ard.order(letter())
    assert await ard.hear("ack")
    assert not [room.failure for room in server.hub.rooms.values() if room.failure]

"""An ended session forgets what grew during the game, and reads it from the journal when somebody asks."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.gateway.conftest import quiet_bots

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.loading import ended_memory
from counterpoise.gateway.loading.recovery import recover
from counterpoise.gateway.server import Server
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ServerSecrets
from counterpoise.session.stored_snapshots import SnapshotSeries
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.writer import JournalWriter

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

Host = Callable[..., Awaitable[tuple[Server, Links]]]
KILOBYTE = 1024


def salt() -> bytes:
    return b"0" * 16


def new_session(text: str) -> Session:
    return Session(
        scenario_text=text,
        seed="1",
        session_id="s",
        secret="secret",
        streaming=True,
        journal=JournalSettings(secrets=ServerSecrets(salt)),
    )


def played_whole(path: Path, text: str, *, snapshots: bool) -> None:
    """Write the journal of a game that has ended."""
    session, series = new_session(text), SnapshotSeries() if snapshots else None
    with JournalFile.create(path) as journal:

        def keep(running: Session) -> None:
            written = running.take_entries()
            journal.append(written, None if series is None else series.due(running, written))
            running.take_outputs()

        bots: Mapping[ActorId, Bot] = quiet_bots(session)
        play(session, bots, after_stop=keep)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ended sessions forget what grew as soon as nobody asks."""
    monkeypatch.setattr(ended_memory, "KEEP_SECONDS", 0.0)


async def until_small(server: Server) -> Session:
    """Wait until the session ``s`` has forgotten what grew, and return it."""
    async with asyncio.timeout(60):
        while server.hub.rooms["s"]._memory.is_whole:
            await asyncio.sleep(0.02)
    session = server.hub.rooms["s"].session
    assert len(session.acknowledgements) == len(session.simulation.world.incidents) == len(session.ledger.records) == 0
    return session


@pytest.mark.parametrize("snapshots", [True, False])
async def test_an_ended_session_forgets_what_grew_and_has_all_of_it_again(
    tmp_path: Path, checkerboard: str, snapshots: bool, at_once: None
) -> None:
    path = tmp_path / "s.db"
    played_whole(path, checkerboard, snapshots=snapshots)
    journal = JournalFile.open(path)
    recovered = recover(journal, secrets=ServerSecrets(salt))
    session = recovered.session
    session.take_outputs()
    whole = session.snapshot()
    writer = JournalWriter(journal)
    memory = ended_memory.EndedMemory(session, writer, recovered.snapshots, 0.0)
    try:
        for now in (1.0, 2.0):
            await memory.save(now)
            assert not memory.is_whole
            assert (session.phase, session.now) == ("ended", session.end)
            assert len(session.acknowledgements) == len(session.simulation.world.incidents) == 0
            await memory.make_whole(now)
            assert session.snapshot() == whole
    finally:
        await writer.close()


async def test_a_session_that_runs_forgets_nothing(tmp_path: Path, checkerboard: str, at_once: None) -> None:
    session = new_session(checkerboard)
    writer = JournalWriter(JournalFile.create(tmp_path / "s.db"))
    try:
        memory = ended_memory.EndedMemory(session, writer, SnapshotSeries(), 0.0)
        await memory.save(1000.0)
        assert memory.wait_seconds(1000.0) is None
        assert memory.is_whole
    finally:
        await writer.close()


async def test_a_small_session_answers_everybody_as_before(
    host: Host, invite: Invite, begin: Begin, letter: Letter, at_once: None
) -> None:
    server, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join()  # before the start, so that no bot plays this seat and the first window waits for its order
    moderator = await begin(links)
    await ard.order(letter())
    await ard.hear("ack")
    seen = ard.last
    await moderator.command("close_window")
    await ard.hear("window")
    looked = (await ard.hear("observe")).view
    await moderator.command("end")
    await ard.hear("status", lambda m: m.phase == "ended")

    await until_small(server)
    await ard.say("look")
    assert (await ard.hear("observe")).view.incidents == looked.incidents
    await until_small(server)
    last = ard.last
    await ard.leave()
    await until_small(server)
    assert (await ard.join(last=seen)).resume == "delta"
    await ard.hear("observe")
    assert ard.last == last
    await until_small(server)
    observer = invite(links.observer)
    assert (await observer.join()).resume == "fresh"
    await observer.hear("window")
    await observer.say("ask_debrief")
    assert (await observer.hear("debrief")).report["session"] == "s"


async def test_a_small_session_takes_less_than_a_third_of_a_megabyte(
    tmp_path: Path, checkerboard: str, at_once: None
) -> None:
    played_whole(tmp_path / "s.db", checkerboard, snapshots=True)
    async with Server(ServerConfig(data_dir=tmp_path, port=0)) as server:
        await server.hub.room("s")  # the first load imports modules and fills caches that stay
        await until_small(server)
        await server.hub._unload("s")
        gc.collect()
        tracemalloc.start()
        try:
            await server.hub.room("s")
            await until_small(server)
            gc.collect()
            taken, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert taken < 300 * KILOBYTE

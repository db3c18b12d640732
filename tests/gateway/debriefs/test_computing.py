"""A long journal is debriefed in a process of its own, with the same result as in a thread."""

from __future__ import annotations

import asyncio
import sys
import zlib
from pathlib import Path

import pytest
from msgspec import msgpack
from tests.gateway.conftest import quiet_bots

from counterpoise.errors import JournalError
from counterpoise.gateway.debriefs import computing
from counterpoise.gateway.debriefs.computing import DebriefComputing, packed_debrief
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile


@pytest.fixture
def journal(tmp_path: Path, checkerboard: str) -> Path:
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    play(session, quiet_bots(session), until=400)
    with JournalFile.create(tmp_path / "s.db") as opened:
        opened.append(session.take_entries())
    return tmp_path / "s.db"


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[asyncio.subprocess.Process]:
    """The processes that were started; every journal counts as long."""
    monkeypatch.setattr(computing, "PROCESS_ENTRIES", 0)
    started: list[asyncio.subprocess.Process] = []
    create = asyncio.create_subprocess_exec

    async def noted(*command: str, **how: object) -> asyncio.subprocess.Process:
        started.append(await create(*command, **how))  # type: ignore[arg-type]
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    return started


async def test_a_process_returns_what_a_thread_returns(
    journal: Path, processes: list[asyncio.subprocess.Process]
) -> None:
    packed = await DebriefComputing().packed(str(journal), 1)
    assert len(processes) == 1
    assert packed == packed_debrief(str(journal))
    assert msgpack.decode(zlib.decompress(packed))["decisions"]


async def test_a_short_journal_needs_no_process(
    journal: Path, processes: list[asyncio.subprocess.Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(computing, "PROCESS_ENTRIES", 1000)
    assert await DebriefComputing().packed(str(journal), 999)
    assert processes == []


@pytest.mark.usefixtures("processes")
async def test_a_journal_that_cannot_be_debriefed_gives_the_same_error(tmp_path: Path, journal: Path) -> None:
    with JournalFile.create(tmp_path / "empty.db"):
        pass
    with pytest.raises(JournalError) as in_thread:
        packed_debrief(str(tmp_path / "empty.db"))
    with pytest.raises(JournalError) as in_process:
        await DebriefComputing().packed(str(tmp_path / "empty.db"), 1)
    assert str(in_thread.value) in str(in_process.value)


@pytest.mark.usefixtures("processes")
async def test_a_process_that_crashes_is_reported_with_its_last_words(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(RuntimeError, match="ended with 1"):
        await DebriefComputing().packed(str(journal), 1)


async def test_a_cancelled_computing_leaves_no_process(
    journal: Path, processes: list[asyncio.subprocess.Process]
) -> None:
    task = asyncio.create_task(DebriefComputing().packed(str(journal), 1))
    while not processes:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert processes[0].returncode == -9

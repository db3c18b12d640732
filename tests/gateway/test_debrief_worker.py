"""The debrief of an ended session is computed once, and takes little memory while nobody asks for it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec import json
from tests.gateway.conftest import quiet_bots

from counterpoise.gateway import debrief_worker
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.debrief_worker import DebriefWorker, PackedDebrief
from counterpoise.gateway.server import Server
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.writer import JournalWriter

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite


@pytest.fixture
def ended(tmp_path: Path, checkerboard: str) -> Path:
    """The journal of a game of bots that has ended."""
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    play(session, quiet_bots(session))
    with JournalFile.create(tmp_path / "s.db") as journal:
        journal.append(session.take_entries())
    return tmp_path


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """The length and head of the journal at each computing of a debrief."""
    made: list[tuple[int, str]] = []
    compute = debrief_worker._read_and_debrief

    def noted(path: Path, head: tuple[int, str]) -> PackedDebrief:
        made.append(head)
        return compute(path, head)

    monkeypatch.setattr(debrief_worker, "_read_and_debrief", noted)
    return made


async def until_packed(worker: DebriefWorker) -> PackedDebrief:
    """Wait until nobody has asked for a while, and return what is left of the debrief."""
    async with asyncio.timeout(60):
        while worker._report is not None:
            await asyncio.sleep(0.02)
    assert worker._packed is not None
    return worker._packed


async def test_a_debrief_asked_for_again_after_a_while_is_the_same_and_not_computed_again(
    ended: Path, invite: Invite, computed: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debrief_worker, "KEEP_SECONDS", 0.0)
    async with Server(ServerConfig(data_dir=ended, port=0)) as server:
        room = await server.hub.room("s")
        links = await server.hub.links("s")
        reports: list[dict[str, Any]] = []
        for _ in range(3):
            observer = invite(links.observer)
            await observer.join()
            await observer.say("ask_debrief")
            reports.append((await observer.hear("debrief", within=60)).report)
            await observer.leave()
            packed = await until_packed(room._debrief_worker)
        assert len(computed) == 1
        assert reports[0]["decisions"]
        assert reports[1:] == [reports[0], reports[0]]
        assert len(packed.body) * 3 < len(json.encode(reports[0]))


class RecordingConnection:
    """Keeps what a client would be sent."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def send(self, message: object) -> None:
        self.sent.append(message)

    def answered(self, request: object) -> None:
        self.sent.append("answered")


async def test_a_journal_that_has_grown_is_debriefed_anew(
    tmp_path: Path, checkerboard: str, computed: list[tuple[int, str]]
) -> None:
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    play(session, quiet_bots(session), until=400)
    writer = JournalWriter(JournalFile.create(tmp_path / "s.db"))
    connection = RecordingConnection()
    asked = cast("Any", SimpleNamespace(connection=connection))
    try:
        worker = DebriefWorker(writer)
        await writer.append(session.take_entries())
        for _ in range(2):
            await worker.answer(asked)
        play(session, quiet_bots(session))
        await writer.append(session.take_entries())
        await worker.answer(asked)
        head = await writer.call(lambda journal: journal.head())
    finally:
        await writer.close()
    first, again, last = connection.sent[::2]
    assert connection.sent[1::2] == ["answered"] * 3
    assert len(computed) == 2
    assert computed[1] == head != computed[0]
    assert again is first
    assert len(last.report["decisions"]) > len(first.report["decisions"])

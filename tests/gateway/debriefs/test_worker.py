"""The debrief of an ended session is computed once, and takes little memory while nobody asks for it."""

from __future__ import annotations

import asyncio
import os
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import json, msgpack
from tests.gateway.conftest import quiet_bots

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.debriefs import computing
from counterpoise.gateway.debriefs import worker as worker_module
from counterpoise.gateway.debriefs.computing import DebriefComputing
from counterpoise.gateway.debriefs.worker import DebriefWorker, PackedDebrief
from counterpoise.gateway.server import Server
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.writer import JournalWriter
from counterpoise.torture.guest import JSON, MSGPACK
from counterpoise.wire.codec import codec_for
from counterpoise.wire.messages import AskDebrief

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
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The address of the journal at each computing of a debrief."""
    made: list[str] = []
    compute = computing.packed_debrief

    def noted(address: str) -> bytes:
        made.append(address)
        return compute(address)

    monkeypatch.setattr(computing, "packed_debrief", noted)
    return made


async def until_packed(worker: DebriefWorker) -> PackedDebrief:
    """Wait until nobody has asked for a while, and return what is left of the debrief."""
    async with asyncio.timeout(60):
        while worker._frames:
            await asyncio.sleep(0.02)
    assert worker._packed is not None
    return worker._packed


async def test_a_debrief_asked_for_again_after_a_while_is_the_same_and_not_computed_again(
    ended: Path, invite: Invite, computed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "KEEP_SECONDS", 0.0)
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
            packed = await until_packed(room.beside._debriefs)
        assert len(computed) == 1
        assert reports[0]["decisions"]
        assert reports[1:] == [reports[0], reports[0]]
        assert len(packed.body) * 3 < len(json.encode(reports[0]))


class RecordingConnection:
    """Keeps what a client would be sent."""

    codec = codec_for(JSON)

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self._owes = False

    def claim_debrief(self) -> bool:
        free, self._owes = not self._owes, True
        return free

    def release_debrief(self) -> None:
        self._owes = False

    def send_debrief(self, frame: str) -> None:
        self.sent.append(frame)
        self.release_debrief()

    def send_error(self, code: str, *_: str, answers: str) -> None:
        self.sent.append((code, answers))

    def answered(self, request: object) -> None:
        self.sent.append("answered")


def asking(connection: RecordingConnection) -> Any:
    return SimpleNamespace(connection=connection, message=AskDebrief())


async def test_a_journal_that_has_grown_is_debriefed_anew(
    tmp_path: Path, checkerboard: str, computed: list[str]
) -> None:
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    play(session, quiet_bots(session), until=400)
    writer = JournalWriter(JournalFile.create(tmp_path / "s.db"))
    connection = RecordingConnection()
    try:
        worker = DebriefWorker(writer, DebriefComputing())
        await writer.append(session.take_entries())
        for _ in range(2):
            await worker.answer(asking(connection))
        play(session, quiet_bots(session))
        await writer.append(session.take_entries())
        await worker.answer(asking(connection))
    finally:
        await writer.close()
    first, again, last = connection.sent[::2]
    assert connection.sent[1::2] == ["answered"] * 3
    assert len(computed) == 2
    assert again is first
    decisions = [len(json.decode(frame)["report"]["decisions"]) for frame in (first, last)]
    assert decisions[0] < decisions[1]


async def test_a_debrief_that_fails_unexpectedly_is_answered_and_can_be_asked_for_again(
    tmp_path: Path, checkerboard: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(journal: Path) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(computing, "packed_debrief", fail)
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    writer = JournalWriter(JournalFile.create(tmp_path / "s.db"))
    connection = RecordingConnection()
    try:
        await writer.append(session.take_entries())
        worker = DebriefWorker(writer, DebriefComputing())
        for _ in range(2):
            await worker.answer(asking(connection))
    finally:
        await writer.close()
    assert connection.sent == [("internal", "ask_debrief"), "answered"] * 2
    assert "ZeroDivisionError" in caplog.text


LARGE = {"decisions": [{"number": number, "text": "x" * 200} for number in range(30_000)]}
"""A document of about the size of the debrief of 25 years."""


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = zlib.compress(msgpack.encode(LARGE))
    monkeypatch.setattr(computing, "packed_debrief", lambda journal: packed)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the memory of the process from Linux's /proc")
@pytest.mark.usefixtures("large")
async def test_observers_that_ask_for_debriefs_and_do_not_read_take_little_memory(ended: Path, invite: Invite) -> None:
    async with Server(ServerConfig(data_dir=ended, port=0)) as server:
        links = await server.hub.links("s")
        first = invite(links.observer)
        await first.join()
        await first.say("ask_debrief")
        await first.hear("debrief")
        before, most = resident_bytes(), 0
        for number in range(12):
            greedy = invite(links.observer, MSGPACK if number % 2 else JSON)
            await greedy.join()
            greedy.stop_reading()
            for _ in range(30):
                await greedy.say("ask_debrief")
        for _ in range(20):
            await asyncio.sleep(0.05)
            most = max(most, resident_bytes() - before)
        # Two encodings of 7 MB, one decoded document while the second is made, and the buffers of 12 sockets.
        assert most < 100 * 1024 * 1024
        await first.say("ping", n=7)
        await first.hear("pong", within=5)


@pytest.mark.usefixtures("large")
async def test_a_second_request_for_the_debrief_is_refused_until_the_first_is_sent(ended: Path, invite: Invite) -> None:
    async with Server(ServerConfig(data_dir=ended, port=0)) as server:
        observer = invite((await server.hub.links("s")).observer)
        await observer.join()
        for _ in range(3):
            await observer.say("ask_debrief")
        await observer.until(lambda: len(observer.all("error")) == 2 and bool(observer.all("debrief")))
        assert {(error.code, error.answers) for error in observer.all("error")} == {("debrief_pending", "ask_debrief")}
        assert observer.all("debrief")[0].report == LARGE
        await observer.say("ask_debrief")
        await observer.until(lambda: len(observer.all("debrief")) == 2)

"""An acknowledged order survives a killed server, a slow disk and a failing disk."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from counterpoise.gateway.machine import Machine
from counterpoise.gateway.recovery import recover
from counterpoise.session.journal.entries import Entry, check_chain
from counterpoise.session.replay import replay
from counterpoise.store.journal_file import JournalFile

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Host:
    """The server in its own process, started with the command."""

    def __init__(self, folder: Path, *, under: tuple[str, ...] = (), days_per_second: float = 25.0) -> None:
        self.folder, self.port = folder, free_port()
        self.under, self.days_per_second = under, days_per_second
        self.process: asyncio.subprocess.Process
        self.links: dict[str, Any] = {}

    async def start(self) -> None:
        options = (
            "checkerboard", "--data", str(self.folder), "--port", str(self.port), "--session", "s", "--seed", "1",
            "--mode", "continuous", "--days-per-second", str(self.days_per_second), "--autostart", "--json",
            "--bots", "status-quo",
        )  # fmt: skip
        self.process = await asyncio.create_subprocess_exec(
            *self.under, sys.executable, "-m", "counterpoise", "host", *options,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        text = b""
        async with asyncio.timeout(60):
            while not text.endswith(b"\n}\n"):
                line = await self.process.stdout.readline()
                assert line, (await self.process.stderr.read()).decode() if self.process.stderr else ""
                text += line
        self.links = json.loads(text)

    async def kill(self, number: int = signal.SIGKILL) -> int:
        os.killpg(self.process.pid, number)
        return await self.wait()

    async def wait(self) -> int:
        async with asyncio.timeout(30):
            await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode

    def journal(self) -> list[Entry]:
        with JournalFile.read_only(self.folder / "s.db") as reader:
            return list(check_chain(reader.entries(), "s"))


@dataclass
class Player:
    """A client that always has one unanswered order, stores its id before sending, and sends it again after a loss."""

    guest: Any
    to: str
    acked: dict[str, tuple[int, str]] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    resumes: list[float] = field(default_factory=list)
    pending: str = ""
    pending_window: int = 0
    errors: list[str] = field(default_factory=list)
    ended: bool = False

    async def play(self, until: asyncio.Event) -> None:
        """Play until the test stops the player or the session ends, even if the server dies."""
        lost_at: float | None = None
        while not until.is_set() and not self.ended:
            try:
                welcome = await self.guest.join()
                assert welcome.resume in ("fresh", "delta"), welcome.resume
                if lost_at is not None:
                    self.resumes.append(time.monotonic() - lost_at)
                    lost_at = None
                await self.guest.hear("observe")
                await self._order_on(until)
            except (OSError, InvalidHandshake, ConnectionClosed, EOFError, TimeoutError, AssertionError) as error:
                if isinstance(error, AssertionError) and "closed" not in str(error):
                    raise
                lost_at = lost_at or time.monotonic()
                await asyncio.sleep(0.05)
            else:
                return

    async def _order_on(self, until: asyncio.Event) -> None:
        while not until.is_set():
            if not self.pending:
                self.pending = secrets.token_hex(16)
                self.pending_window = max(m.view.window for m in self.guest.all("observe"))
            began = time.monotonic()
            await self.guest.order(
                {"kind": "message", "to": [self.to], "text": self.pending},
                window=self.pending_window,
                order_id=self.pending,
            )
            answer = await self._answer()
            if answer.__struct_config__.tag == "ack":
                self.acked[answer.id] = (answer.vseq, answer.receipt)
                self.latencies.append(time.monotonic() - began)
            else:
                self.errors.append(answer.code)
                if answer.code == "wrong_phase":
                    self.ended = True
                    return
                if answer.code == "late":
                    await self.guest.say("look")
                    await self.guest.hear("observe")
            self.pending = ""
            await asyncio.sleep(0.055)

    async def _answer(self) -> Any:
        seen = len(self.guest.heard)
        async with asyncio.timeout(20):
            while True:
                for message in self.guest.heard[max(0, seen - 1) :]:
                    if getattr(message, "id", None) == self.pending:
                        return message
                seen = len(self.guest.heard)
                if self.guest.closed is not None:
                    raise AssertionError(f"closed {self.guest.closed}")
                self.guest._news.clear()
                await self.guest._news.wait()

    def numbers(self) -> list[int]:
        return [m.vseq for m in self.guest.heard if hasattr(m, "receipt") and hasattr(m, "vseq") and self._counts(m)]

    def _counts(self, message: Any) -> bool:
        return message.__struct_config__.tag in ("incident", "window") or message.__struct_config__.tag == "ack"


KILLS = int(os.environ.get("COUNTERPOISE_KILLS", "5"))
"""How many times the server is killed; raise it for a long run."""


@pytest.mark.slow
@pytest.mark.timeout(60 + 10 * KILLS)
async def test_kill_9_loses_no_acknowledged_order_and_doubles_none(tmp_path: Path, invite: Invite) -> None:
    host = Host(tmp_path / "data", days_per_second=max(1.0, 300 / KILLS))
    await host.start()
    seats = list(host.links["seats"])
    players = [
        Player(invite(host.links["seats"][seat]), to=seats[(n + 1) % len(seats)]) for n, seat in enumerate(seats)
    ]
    done = asyncio.Event()
    playing = asyncio.gather(*(player.play(done) for player in players))
    random = Random("kills")
    restarts: list[float] = []
    snapshots: list[int] = []
    for number in range(KILLS):
        await asyncio.sleep(random.uniform(1.0, 2.5))
        await host.kill()
        with JournalFile.open(host.folder / "s.db") as journal:
            snapshots.append(len(journal.snapshots.places()))
            if number % 2:
                journal.snapshots.delete_after(0)  # every second restart replays the whole journal
            recovered = recover(journal, text_salt=Machine().salt).session
            whole = replay(list(journal.entries()), "s", streaming=True, text_salt=Machine().salt)
        for session in (recovered, whole):
            session.take_entries()
            session.take_outputs()
        assert recovered.snapshot() == whole.snapshot()
        began = time.monotonic()
        await host.start()
        restarts.append(time.monotonic() - began)
    await asyncio.sleep(1.5)
    done.set()
    await playing
    assert await host.kill(signal.SIGTERM) == 0

    assert max(snapshots) > 0, "no restart began at a snapshot"
    entries = host.journal()
    stored = [entry.content()["id"] for entry in entries if entry.kind == "order"]
    acked = [order for player in players for order in player.acked]
    assert len(acked) > 200
    assert sorted(set(stored)) == sorted(stored), "an order is in the journal twice"
    assert set(acked) <= set(stored), "an acknowledged order is not in the journal"
    replayed = replay(entries, "s", streaming=True)
    acks = replayed.acknowledgements.since(0)
    for seat, player in zip(seats, players, strict=True):
        assert player.resumes, "every player came back"
        for order, receipt in player.acked.items():
            ack = acks[order].ack
            assert (ack.vseq, ack.receipt) == receipt
        received = sorted(set(player.numbers()))
        first = player.guest.all("welcome")[0].vseq
        assert received == list(range(first + 1, received[-1] + 1)), f"{seat} missed something"
    resumes = sorted(seconds for player in players for seconds in player.resumes)
    print(
        f"\n{KILLS} kills, {len(acked)} orders acknowledged, {len(stored)} stored, 0 lost, 0 doubled; "
        f"restart {max(restarts):.2f} s at most, resume {resumes[len(resumes) // 2]:.2f} s in the middle"
    )


@needs_strace
@pytest.mark.slow
async def test_no_ack_is_sent_before_its_fsync(tmp_path: Path, invite: Invite) -> None:
    slow_disk = ("strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", "inject=fdatasync:delay_exit=100000")
    host = Host(tmp_path / "data", under=slow_disk, days_per_second=1.0)
    await host.start()
    player = Player(invite(host.links["seats"]["ARD"]), to="BEL")
    done = asyncio.Event()
    playing = asyncio.create_task(player.play(done))
    async with asyncio.timeout(40):
        while len(player.latencies) < 12:
            await asyncio.sleep(0.1)
    done.set()
    await playing
    await host.kill(signal.SIGTERM)
    print(f"\nfastest ack with 100 ms added to each fdatasync: {min(player.latencies) * 1000:.0f} ms")
    assert min(player.latencies) >= 0.1


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "error", "count"), [("fdatasync", "EIO", 70), ("pwrite64", "ENOSPC", 240), ("pwrite64", "EIO", 241)]
)
async def test_a_failing_disk_ends_the_server_with_74_and_loses_no_acknowledged_order(
    call: str, error: str, count: int, tmp_path: Path, invite: Invite
) -> None:
    folder = tmp_path / "data"
    host = Host(folder, days_per_second=1.0)
    await host.start()
    await host.kill(signal.SIGTERM)
    host.under = (
        "strace",
        "-f",
        "-o",
        "/dev/null",
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:error={error}:when={count}+",
    )
    await host.start()
    player = Player(invite(host.links["seats"]["ARD"]), to="BEL")
    done = asyncio.Event()
    playing = asyncio.create_task(player.play(done))
    assert await host.wait() == 74
    done.set()
    await playing
    assert any(error.code == "storage" for error in player.guest.all("error"))
    assert player.acked
    stored = [entry.content()["id"] for entry in host.journal() if entry.kind == "order"]
    assert set(player.acked) <= set(stored)
    assert len(set(stored)) == len(stored)
    host.under = ()
    await host.start()
    again = await player.guest.join()
    assert again.resume == "delta"
    order, receipt = list(player.acked.items())[-1]
    text = {"kind": "message", "to": ["BEL"], "text": order}
    window = next(e.content()["window"] for e in host.journal() if e.kind == "order" and e.content()["id"] == order)
    await player.guest.order(text, window=window, order_id=order)
    ack = await player.guest.hear("ack", lambda m: m.id == order)
    assert (ack.vseq, ack.receipt) == receipt
    await host.kill(signal.SIGTERM)


@pytest.mark.slow
async def test_a_server_with_a_shortened_journal_freezes_the_session(tmp_path: Path, invite: Invite) -> None:
    host = Host(tmp_path / "data", days_per_second=1.0)
    await host.start()
    player = Player(invite(host.links["seats"]["ARD"]), to="BEL")
    done = asyncio.Event()
    playing = asyncio.create_task(player.play(done))
    while len(player.acked) < 5:
        await asyncio.sleep(0.05)
    await host.kill()
    done.set()
    await playing
    log = host.folder / "s.db-wal"
    # Cut off the last commits. SQLite accepts the rest as a sound database.
    os.truncate(log, log.stat().st_size - 3 * 4120)
    (host.folder / "s.db-shm").unlink(missing_ok=True)
    assert len(host.journal()) > 0
    await host.start()
    guest = player.guest
    await guest.open()
    await guest.say("hello", protocol=2, token=guest.token, last_vseq=guest.last[0], last_receipt=guest.last[1])
    assert (await guest.until_closed())[0] == 1008
    assert guest.all("error")[-1].code == "log_regressed"
    await host.kill(signal.SIGTERM)


@pytest.mark.slow
async def test_a_deleted_journal_is_noticed_at_the_next_order(tmp_path: Path, invite: Invite) -> None:
    host = Host(tmp_path / "data", days_per_second=1.0)
    await host.start()
    player = Player(invite(host.links["seats"]["ARD"]), to="BEL")
    done = asyncio.Event()
    playing = asyncio.create_task(player.play(done))
    while not player.acked:
        await asyncio.sleep(0.05)
    acked = len(player.acked)
    (host.folder / "s.db").unlink()
    began = time.monotonic()
    assert await host.wait() == 74
    assert time.monotonic() - began < 10
    done.set()
    await playing
    assert len(player.acked) <= acked + 1


@pytest.mark.slow
async def test_a_deleted_log_stops_the_server_and_loses_no_acknowledged_order(tmp_path: Path, invite: Invite) -> None:
    host = Host(tmp_path / "data", days_per_second=1.0)
    await host.start()
    player = Player(invite(host.links["seats"]["ARD"]), to="BEL")
    done = asyncio.Event()
    playing = asyncio.create_task(player.play(done))
    while len(player.acked) < 6:
        await asyncio.sleep(0.05)
    (host.folder / "s.db-wal").unlink()
    assert await host.wait() == 74
    done.set()
    await playing
    acked = set(player.acked)
    assert {entry.content()["id"] for entry in host.journal() if entry.kind == "order"} >= acked
    await host.start()
    assert (await player.guest.join()).resume == "delta"
    await host.kill(signal.SIGTERM)

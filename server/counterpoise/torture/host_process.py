"""``counterpoise host`` in a process of its own, on a free port of this machine."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar

from counterpoise.errors import CounterpoiseError
from counterpoise.session.journal.entries import Entry, check_chain
from counterpoise.store.journal_file import JournalFile

PROGRAM = (sys.executable, "-m", "counterpoise")
START_SECONDS = 90.0
"""How long a server may take to print its links; one under ``strace`` on a busy machine takes long."""
STOP_SECONDS = 30.0
LOG_TAIL_BYTES = 2000
TRACEBACK = "Traceback (most recent call last)"


class HostFailed(CounterpoiseError):  # noqa: N818 (it names what happened)
    """The server ended before it printed its links.

    Args:
        code: its exit code.
        said: the end of what it wrote to standard error.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: int, said: str) -> None:
        super().__init__(code, said)
        self.code, self.said = code, said

    def __str__(self) -> str:
        return f"the server ended with exit code {self.code} before it printed its links: {self.said}"


class HostProcess:
    """The server in its own process, started with the command. Use it in ``async with``: on exit nothing of it runs.

    The port is chosen by the system at the first start and stays the same after a restart.

    Args:
        folder: the data folder.
        log: the file for what the server writes to standard error.
        program: the command ``counterpoise``.
        sessions: the names of the sessions; the server names the links of the first at each start.
        scenario: a bundled scenario's name, or a file.
        under: a command that runs the server, such as ``strace`` with its options.
        options: further options of ``host``.
        days_per_second: pace of the clock.
    """

    def __init__(
        self,
        folder: Path,
        log: Path,
        *,
        program: Sequence[str] = PROGRAM,
        sessions: Sequence[str] = ("s",),
        scenario: str = "checkerboard",
        under: Sequence[str] = (),
        options: Sequence[str] = (),
        days_per_second: float = 25.0,
    ) -> None:
        self.folder, self.under = folder, tuple(under)
        self.sessions = tuple(sessions)
        self.port = 0
        self.links: dict[str, Any] = {}
        """What the server printed at its last start."""
        self.seats: dict[str, dict[str, str]] = {}
        """The links of the seats that were free when a session was created, by session."""
        self._process: asyncio.subprocess.Process | None = None
        self._log = log
        self._command = (
            *program, "host", scenario, "--data", str(folder), "--seed", "1", "--mode", "continuous",
            "--days-per-second", str(days_per_second), "--autostart", "--json", "--bots", "status-quo", *options,
        )  # fmt: skip

    async def __aenter__(self) -> HostProcess:
        try:
            for session in self.sessions[1:]:
                await self.start(session)
                await self.kill(signal.SIGTERM)
            await self.start()
        except BaseException:
            await self.end()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.end()

    @property
    def pid(self) -> int:
        """The number of the server's process."""
        assert self._process is not None
        return self._process.pid

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self, session: str = "") -> None:
        """Start the server and wait for its links.

        Args:
            session: the session to create or to resume; by default the first.

        Raises:
            HostFailed: it ended before that.
            TimeoutError: it printed nothing in time.
        """
        session = session or self.sessions[0]
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.under, *self._command, "--session", session, "--port", str(self.port),
                stdout=asyncio.subprocess.PIPE, stderr=log, start_new_session=True, cwd=self._log.parent,
                env=bare_environment(),
            )  # fmt: skip
        assert self._process.stdout is not None
        text = b""
        async with asyncio.timeout(START_SECONDS):
            while not text.endswith(b"\n}\n"):
                line = await self._process.stdout.readline()
                if not line:
                    raise HostFailed(await self.wait(), self.log()[-LOG_TAIL_BYTES:])
                text += line
        self.links = json.loads(text)
        self.port = int(self.links["url"].rpartition(":")[2])
        self.seats.setdefault(session, self.links["seats"])

    def take_over(self, other: HostProcess) -> None:
        """Serve sessions that another server has begun, at its port, once it has ended and its folder was copied."""
        self.port, self.seats = other.port, other.seats

    async def kill(self, number: int = signal.SIGKILL) -> int:
        """Send a signal to the server; return its exit code."""
        os.killpg(self.pid, number)
        return await self.wait()

    async def wait(self, within: float = STOP_SECONDS) -> int:
        """Wait until the server has ended; return its exit code.

        Raises:
            TimeoutError: it still runs after so many seconds.
        """
        assert self._process is not None
        async with asyncio.timeout(within):
            await self._process.communicate()
        assert self._process.returncode is not None
        return self._process.returncode

    async def end(self) -> None:
        """Kill what still runs of the server, in whatever state it is."""
        if self._process is not None:
            await end_process(self._process, group=True)

    def log(self) -> str:
        """Return what the server wrote to standard error since its first start."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def journal_path(self, session: str = "") -> Path:
        """Return the path of a session's journal, by default of the first session."""
        return self.folder / f"{session or self.sessions[0]}.db"

    def journal(self, session: str = "") -> list[Entry]:
        """Return the entries of a session's journal, after a check of its chain."""
        with JournalFile.read_only(self.journal_path(session)) as reader:
            return list(check_chain(reader.entries(), session or self.sessions[0]))


def bare_environment() -> dict[str, str]:
    """Return the environment without settings of counterpoise: a trial has its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COUNTERPOISE_")}


async def end_process(process: asyncio.subprocess.Process, *, group: bool = False) -> None:
    """Kill a process, if it still runs, and wait for its end.

    Args:
        process: a process that this one has started.
        group: whether it leads a group of processes, all of which are killed.
    """
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            # The method of the process would wait for it beside asyncio, which then warns that somebody else did.
            (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
        await asyncio.shield(process.wait())

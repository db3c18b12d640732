"""The what-ifs of one session: one at a time, in a process that ends when whoever asked stops it or leaves."""

from __future__ import annotations

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

import msgspec

from counterpoise.gateway.connection import Connection, Request
from counterpoise.gateway.what_if.process_messages import LENGTH, Progress, Question, Refused, Result, decode
from counterpoise.wire.moments import AskWhatIf, StopWhatIf, WhatIfNews

GAMES = "counterpoise.gateway.what_if.games"
"""The module that plays the games. It is not imported here: it imports numpy, and a server must not start slower for it."""
SECONDS_MAX = 1800.0
"""How long the process may compute."""
BROKE_OFF = "the games broke off by an unexpected error, see the server's log. The session is not affected."
TOO_LONG = f"the games took more than {SECONDS_MAX / 60:.0f} minutes. Ask for fewer games, or for fewer windows."
UNDER_WAY = "another what-if of this session runs. Wait until it is over, then ask again."
_log = logging.getLogger("counterpoise.gateway")


class WhatIfs:
    """Answers ``ask_what_if`` and ``stop_what_if`` of one session.

    Args:
        address: of the session's journal.
        free: how many processes the server may run at once for all its sessions.
    """

    def __init__(self, address: str, free: asyncio.Semaphore) -> None:
        self._address, self._free = address, free
        self._asker: Connection | None = None
        self._task: asyncio.Task[None] | None = None
        self.last: Question | None = None
        """The question of the last what-if that was played to its end."""

    async def answer(self, request: Request) -> None:
        """Answer a request: begin a what-if and play it to its end, or stop it. Its news go to whoever asked."""
        connection, message = request.connection, request.message
        try:
            if isinstance(message, StopWhatIf):
                await self._stop(connection)
                return
            if self._task is not None:
                connection.send_error("what_if_pending", "$", "", UNDER_WAY, answers="ask_what_if")
                return
        finally:
            connection.answered(request)
        assert isinstance(message, AskWhatIf), "the room passes no other message"
        self._asker, self._task = connection, asyncio.current_task()
        await self._run(connection, message)

    def forget(self, connection: Connection) -> None:
        """Stop the what-if of a connection that has closed."""
        if connection is self._asker and self._task is not None:
            self._task.cancel()

    async def _stop(self, connection: Connection) -> None:
        if connection is self._asker and self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            connection.send(WhatIfNews(0.0, done=True, stopped=True))

    async def _run(self, connection: Connection, asked: AskWhatIf) -> None:
        connection.send(WhatIfNews(0.0))
        connection.has_what_if = True
        last = WhatIfNews(0.0, done=True, problem=BROKE_OFF)
        try:
            async with self._free, asyncio.timeout(SECONDS_MAX):
                last = await _in_process(self._address, asked, connection)
            if last.report is not None:
                self.last = _question(asked)
        except TimeoutError:
            last = WhatIfNews(0.0, done=True, problem=TOO_LONG)
        except Exception:
            _log.exception("a what-if failed")
        finally:
            self._asker = self._task = None
            connection.has_what_if = False
        connection.send(last)


def _question(asked: AskWhatIf) -> Question:
    return Question(asked.on, asked.change, asked.seeds, asked.windows)


async def _in_process(address: str, asked: AskWhatIf, connection: Connection) -> WhatIfNews:
    """Let a process play the games; pass on how far it is, and return the last news."""
    # -P keeps modules in the working folder from standing in for ours. A session of its own gets no Ctrl-C.
    command = (sys.executable, "-P", "-m", GAMES, address)
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
    )
    try:
        assert process.stdin is not None, "it is a pipe"
        process.stdin.write(msgspec.json.encode(_question(asked)))
        process.stdin.write_eof()
        return await _last_news(process, connection)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _last_news(process: Process, connection: Connection) -> WhatIfNews:
    assert process.stdout is not None, "it is a pipe"
    while True:
        try:
            (size,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
            report = decode(await process.stdout.readexactly(size))
        except asyncio.IncompleteReadError:
            _log.error("the process of a what-if ended with %s", await process.wait())
            return WhatIfNews(0.0, done=True, problem=BROKE_OFF)
        match report:
            case Progress(share=share):
                connection.send(WhatIfNews(share))
            case Refused(problem=problem):
                return WhatIfNews(0.0, done=True, problem=problem)
            case Result(report=document):
                return WhatIfNews(1.0, done=True, report=document)

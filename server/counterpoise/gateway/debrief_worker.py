"""Compute the debrief from the journal in a thread, once for everyone who asks at about the same time."""

from __future__ import annotations

import asyncio
from pathlib import Path

from msgspec import to_builtins

from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.connection import Request
from counterpoise.gateway.ended_memory import KEEP_SECONDS
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.messages import DebriefReport


class DebriefWorker:
    """Answers requests for the debrief of one session.

    Keeps the debrief until the journal grows or nobody has asked for a while: that of 25 years takes more memory than the game.

    Args:
        writer: writer of the session's journal.
    """

    def __init__(self, writer: JournalWriter) -> None:
        self._writer = writer
        self._lock = asyncio.Lock()
        self._kept: tuple[tuple[int, str], DebriefReport] | None = None
        self._forgetting: asyncio.TimerHandle | None = None

    async def answer(self, request: Request) -> None:
        """Send the debrief, or an error if the journal cannot be debriefed."""
        try:
            async with self._lock:
                head = await self._writer.call(lambda journal: journal.head())
                if self._kept is None or self._kept[0] != head:
                    self._kept = head, await asyncio.to_thread(_read_and_debrief, self._writer.path)
                self._keep_a_while()
                report = self._kept[1]
            request.connection.send(report)
        except CounterpoiseError as error:
            request.connection.send_error("no_debrief", "$", "", f"there is no debrief yet: {error}")
        finally:
            request.connection.answered()

    def _keep_a_while(self) -> None:
        """Forget the debrief when nobody has asked for so long."""
        if self._forgetting is not None:
            self._forgetting.cancel()
        self._forgetting = asyncio.get_running_loop().call_later(KEEP_SECONDS, self._forget)

    def _forget(self) -> None:
        self._kept = self._forgetting = None


def _read_and_debrief(path: Path) -> DebriefReport:
    """Debrief a journal through a read-only connection while the writer keeps writing."""
    from counterpoise.session.debrief_data import (
        debrief_journal,  # imports numpy; a server must not start slower for it
    )

    with JournalFile.read_only(path) as journal:
        document = debrief_journal(list(journal.entries()), path.name)
        return DebriefReport(to_builtins(document))

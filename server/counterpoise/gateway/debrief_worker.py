"""Compute the debrief from the journal in a thread, once for everyone who asks."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, cast

from msgspec import to_builtins

from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.connection import Request
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.messages import DebriefReport


class DebriefWorker:
    """Answers requests for the debrief of one session. Keeps the debrief until the journal grows.

    Args:
        writer: writer of the session's journal.
    """

    def __init__(self, writer: JournalWriter) -> None:
        self._writer = writer
        self._lock = asyncio.Lock()
        self._kept: tuple[tuple[int, str], DebriefReport] | None = None

    async def answer(self, request: Request) -> None:
        """Send the debrief, or an error if the journal cannot be debriefed."""
        try:
            async with self._lock:
                head = await self._writer.call(lambda journal: journal.head())
                if self._kept is None or self._kept[0] != head:
                    report = await asyncio.to_thread(_read_and_debrief, self._writer.path)
                    self._kept = head, DebriefReport(report)
            request.connection.send(self._kept[1])
        except CounterpoiseError as error:
            request.connection.send_error("no_debrief", "$", "", f"there is no debrief yet: {error}")
        finally:
            request.connection.answered()


def _read_and_debrief(path: Path) -> dict[str, Any]:
    """Debrief a journal through a read-only connection while the writer keeps writing."""
    from counterpoise.session.debrief_data import (
        debrief_journal,  # imports numpy; a server must not start slower for it
    )

    with JournalFile.read_only(path) as journal:
        document = debrief_journal(list(journal.entries()), path.name)
        return cast("dict[str, Any]", to_builtins(document))

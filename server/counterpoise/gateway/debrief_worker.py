"""Compute the debrief from the journal in a thread, once for everyone who asks."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import msgpack, to_builtins

from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.connection import Request
from counterpoise.gateway.ended_memory import KEEP_SECONDS
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.messages import DebriefReport
from counterpoise.wire.typed_messages import name_of


@dataclass(frozen=True, slots=True)
class PackedDebrief:
    """A debrief as compressed bytes, with the length and the last chain value of the journal that it was made from.

    It stays in memory and never goes to the disk: ``redact`` erases texts from a journal without changing its chain, and only
    while no server has the journal open.
    """

    head: tuple[int, str]
    body: bytes

    @classmethod
    def of(cls, head: tuple[int, str], report: dict[str, Any]) -> PackedDebrief:
        """Return a debrief, packed."""
        return cls(head, zlib.compress(msgpack.encode(report)))

    def report(self) -> DebriefReport:
        """Return the debrief that was packed."""
        return DebriefReport(msgpack.decode(zlib.decompress(self.body)))


class DebriefWorker:
    """Answers requests for the debrief of one session.

    Keeps the debrief packed until the journal grows, because to compute that of 25 years takes long. It is unpacked only while
    people ask, because then it takes more memory than the game.

    Args:
        writer: writer of the session's journal.
    """

    def __init__(self, writer: JournalWriter) -> None:
        self._writer = writer
        self._lock = asyncio.Lock()
        self._packed: PackedDebrief | None = None
        self._report: DebriefReport | None = None
        """What is packed, while people ask."""
        self._forgetting: asyncio.TimerHandle | None = None

    async def answer(self, request: Request) -> None:
        """Send the debrief, or an error if the journal cannot be debriefed."""
        try:
            async with self._lock:
                head = await self._writer.call(lambda journal: journal.head())
                if self._packed is None or self._packed.head != head:
                    self._packed = await asyncio.to_thread(_read_and_debrief, self._writer.path, head)
                    self._report = None
                if self._report is None:
                    self._report = await asyncio.to_thread(self._packed.report)
                self._keep_a_while()
                report = self._report
            request.connection.send(report)
        except CounterpoiseError as error:
            problem = f"there is no debrief yet: {error}"
            request.connection.send_error("no_debrief", "$", "", problem, answers=name_of(request.message))
        finally:
            request.connection.answered(request)

    def _keep_a_while(self) -> None:
        """Keep only the packed debrief when nobody has asked for so long."""
        if self._forgetting is not None:
            self._forgetting.cancel()
        self._forgetting = asyncio.get_running_loop().call_later(KEEP_SECONDS, self._forget)

    def _forget(self) -> None:
        self._report = self._forgetting = None


def _read_and_debrief(path: Path, head: tuple[int, str]) -> PackedDebrief:
    """Debrief a journal through a read-only connection while the writer keeps writing."""
    from counterpoise.session.debrief_data import (
        debrief_journal,  # imports numpy; a server must not start slower for it
    )

    with JournalFile.read_only(path) as journal:
        document = debrief_journal(list(journal.entries()), path.name)
        return PackedDebrief.of(head, to_builtins(document))

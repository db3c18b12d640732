"""Answer requests for the debrief of a session, which is computed and encoded once for everyone who asks."""

from __future__ import annotations

import asyncio
import logging
import zlib
from dataclasses import dataclass

from msgspec import msgpack

from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.connection import Request
from counterpoise.gateway.debriefs.computing import DebriefComputing
from counterpoise.gateway.loading.ended_memory import KEEP_SECONDS
from counterpoise.gateway.outbox import Frame
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.codec import Codec
from counterpoise.wire.messages import DebriefReport
from counterpoise.wire.typed_messages import name_of

_log = logging.getLogger("counterpoise.gateway")
DEBRIEF_FAILED = "unexpected error while the debrief was computed, see the server log. The session is not affected."
DEBRIEF_PENDING = "the debrief that this connection asked for has not been sent yet. Wait for it, then ask again."


@dataclass(frozen=True, slots=True)
class PackedDebrief:
    """A debrief as compressed bytes, with the length and the last chain value of the journal that it was made from.

    It stays in memory and never goes to the disk: ``redact`` erases texts from a journal without changing its chain, and only
    while no server has the journal open.
    """

    head: tuple[int, str]
    body: bytes

    def frame(self, codec: Codec) -> Frame:
        """Return the frame that carries the debrief in an encoding."""
        return codec.encode(DebriefReport(msgpack.decode(zlib.decompress(self.body))))


class DebriefWorker:
    """Answers requests for the debrief of one session.

    Keeps the debrief packed until the journal grows, because to compute that of 25 years takes long. Its frames are kept only
    while people ask, one for each encoding: every connection sends the same bytes.

    Args:
        writer: writer of the session's journal.
        computing: computes the debriefs of the server.
    """

    def __init__(self, writer: JournalWriter, computing: DebriefComputing) -> None:
        self._writer, self._computing = writer, computing
        self._lock = asyncio.Lock()
        self._packed: PackedDebrief | None = None
        self._frames: dict[str, Frame] = {}
        """The debrief that is packed, by subprotocol, while people ask."""
        self._forgetting: asyncio.TimerHandle | None = None

    async def answer(self, request: Request) -> None:
        """Send the debrief, or an error if the journal cannot be debriefed or the last answer is not sent yet."""
        connection, name = request.connection, name_of(request.message)
        try:
            if not connection.claim_debrief():
                connection.send_error("debrief_pending", "$", "", DEBRIEF_PENDING, answers=name)
                return
            connection.send_debrief(await self._frame(connection.codec))
        except CounterpoiseError as error:
            connection.release_debrief()
            connection.send_error("no_debrief", "$", "", f"there is no debrief yet: {error}", answers=name)
        except Exception:
            _log.exception("a debrief failed")
            connection.release_debrief()
            connection.send_error("internal", "$", "", DEBRIEF_FAILED, answers=name)
        finally:
            connection.answered(request)

    async def _frame(self, codec: Codec) -> Frame:
        """Return the frame of the debrief of the journal as it is now."""
        async with self._lock:
            head = await self._writer.call(lambda journal: journal.head())
            if self._packed is None or self._packed.head != head:
                self._packed = PackedDebrief(head, await self._computing.packed(self._writer.address, head[0]))
                self._frames.clear()
            frame = self._frames.get(codec.subprotocol)
            if frame is None:
                frame = self._frames[codec.subprotocol] = await asyncio.to_thread(self._packed.frame, codec)
            self._keep_a_while()
            return frame

    def _keep_a_while(self) -> None:
        """Keep only the packed debrief when nobody has asked for so long."""
        if self._forgetting is not None:
            self._forgetting.cancel()
        self._forgetting = asyncio.get_running_loop().call_later(KEEP_SECONDS, self._frames.clear)

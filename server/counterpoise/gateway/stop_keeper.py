"""Keeps what is left of a stop in the journal's facts, so that a restart of the server neither refills nor loses it."""

from __future__ import annotations

import msgspec

from counterpoise.gateway.pacing import KeptStop, Pacer
from counterpoise.store.journal import Journal
from counterpoise.store.writer import JournalWriter

FACT = "stop"
KEEP_SECONDS = 10.0
"""A running stop is kept again after so many seconds: so much is given back at most when the server is killed."""


def kept_stop(journal: Journal) -> KeptStop | None:
    """Return what the last server of a session kept of its stop; ``None`` if it kept nothing that this one can read."""
    text = journal.fact(FACT)
    try:
        return None if text is None else msgspec.json.decode(text, type=KeptStop)
    except msgspec.MsgspecError:
        return None  # a later release wrote it; the stop begins anew


class StopKeeper:
    """Keeps a session's stop whenever it begins or is held, and now and then.

    Args:
        pacer: knows the stop.
        writer: writer of the session's journal.
        kept: what is kept so far.
    """

    def __init__(self, pacer: Pacer, writer: JournalWriter, kept: KeptStop | None) -> None:
        self._pacer, self._writer, self._kept = pacer, writer, kept

    async def save(self, now: float, *, at_once: bool = False) -> None:
        """Keep the stop if what is kept is no longer right.

        Args:
            now: seconds of the monotonic clock.
            at_once: keep it although little has changed, because the server stops.

        Raises:
            StorageError: the journal cannot be written.
        """
        stop = self._pacer.kept(now)
        if stop is None or not (self._has_changed(stop) or (at_once and stop != self._kept)):
            return
        self._kept = stop
        text = msgspec.json.encode(stop).decode()
        await self._writer.call(lambda journal: journal.note(FACT, text))

    def _has_changed(self, stop: KeptStop) -> bool:
        kept = self._kept
        if kept is None or (kept.tick, kept.due) != (stop.tick, stop.due):
            return True
        return stop.due is None and abs(kept.left - stop.left) >= KEEP_SECONDS

"""Ends a pause by itself, if the moderator or the host has set a limit; also where the server has restarted meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec import Struct

from counterpoise.session.commands import SERVER, Resume, local_id
from counterpoise.session.running_session import Session
from counterpoise.store.journal import Journal
from counterpoise.store.writer import JournalWriter

FACT = "pause"
NEVER = -1.0


class KeptPause(Struct, frozen=True):
    """The end of a pause, for the server that goes on with the session."""

    ends: float
    """In seconds since 1970."""


def kept_pause(journal: Journal) -> KeptPause | None:
    """Return what the last server of a session kept of a pause; ``None`` if it kept nothing that this one can read."""
    text = journal.fact(FACT)
    try:
        return None if not text else msgspec.json.decode(text, type=KeptPause)
    except msgspec.MsgspecError:
        return None  # a later release wrote it; the pause begins anew


class PauseLimit:
    """Knows when a pause of a session ends by itself.

    Args:
        session: the session.
        writer: writer of its journal, which keeps the end.
        wall: gives the seconds since 1970.
        longest: the longest pause that the host allows, in seconds; 0 for any.
        kept: the end that the last server kept.
    """

    def __init__(
        self,
        session: Session,
        writer: JournalWriter,
        wall: Callable[[], float],
        longest: float,
        kept: KeptPause | None = None,
    ) -> None:
        self._session, self._writer, self._wall, self._longest = session, writer, wall, longest
        self._kept = kept
        self._ends = kept.ends if kept is not None and session.phase == "paused" else None
        self._is_paused = self._ends is not None

    def left(self) -> float:
        """Return the seconds after which the pause ends by itself, 0 once they have passed; -1 if it does not."""
        if self._session.phase != "paused" or self._ends is None:
            return NEVER
        return max(0.0, self._ends - self._wall())

    def follow(self) -> None:
        """Note that a pause has begun or ended, and end one whose time is over."""
        if self.left() == 0.0:
            resume = Resume()
            self._session.command(SERVER, local_id(self._session.id, "resume", self._session.journal.length), resume)
        is_paused = self._session.phase == "paused"
        if is_paused and not self._is_paused:
            limits = [seconds for seconds in (self._session.pause_seconds, self._longest) if seconds > 0.0]
            self._ends = self._wall() + min(limits) if limits else None
        if not is_paused:
            self._ends = None
        self._is_paused = is_paused

    async def save(self) -> None:
        """Keep the end of the pause, if it has changed.

        Raises:
            StorageError: the journal cannot be written.
        """
        kept = None if self._ends is None else KeptPause(self._ends)
        if kept == self._kept:
            return
        self._kept = kept
        text = "" if kept is None else msgspec.json.encode(kept).decode()
        await self._writer.call(lambda journal: journal.note(FACT, text))

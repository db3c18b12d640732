"""Dates on which a caller looks at a session while it is played or replayed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a running session knows nothing of who watches it
    from counterpoise.session.running_session import Session


class DateWatch:
    """Calls a function once for each of several ticks, earliest first, when the session stands there.

    Args:
        ticks: the ticks; each is looked at once.
        look: what to call. The session that it gets is valid during the call only, and must not be changed.
    """

    def __init__(self, ticks: Iterable[int], look: Callable[[Session], None]) -> None:
        self._waiting = deque(sorted(ticks))
        self._look = look

    def next_stop(self, to: int) -> int:
        """Return where the clock must stop on its way to a tick."""
        return min(to, self._waiting[0]) if self._waiting else to

    def look_if_due(self, session: Session) -> None:
        """Look at a session whose clock stands on the next tick of the watch."""
        while self._waiting and session.now >= self._waiting[0]:
            self._waiting.popleft()
            self._look(session)

    def look_before(self, session: Session, tick: int | None) -> None:
        """Look at copies of a session that are taken to each tick of the watch before ``tick``; at all if it is ``None``.

        A copy leaves the session alone: an extra stop of its clock would add an entry to its journal.
        """
        while self._waiting and (tick is None or self._waiting[0] < tick):
            stop = self._waiting.popleft()
            copy = session.copy()
            while copy.phase == "running" and copy.now < min(stop, copy.end):
                copy.advance(stop)
            self._look(copy)

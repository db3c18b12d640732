"""Who is visiting which session, and which ended sessions nobody has visited for a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


class Visits:
    """Counts the visitors of each session and chooses the ended sessions to unload.

    Args:
        idle_seconds: an ended session is unloaded after so long without a visitor.
        open_max: how many ended sessions without a visitor stay loaded; the one left first goes first.
    """

    def __init__(self, idle_seconds: float, open_max: int) -> None:
        self._idle_seconds, self._open_max = idle_seconds, open_max
        self._present: Counter[str] = Counter()
        self._left: dict[str, float] = {}
        """When each session was last seen with a visitor or loaded, in the order of these times."""

    def enter(self, session: str) -> None:
        """Count a visitor in."""
        self._present[session] += 1

    def leave(self, session: str, now: float) -> None:
        """Count a visitor out."""
        self._present[session] -= 1
        self.touch(session, now)

    def touch(self, session: str, now: float) -> None:
        """Note that somebody asked for a session; ``now`` is in seconds of any clock that does not go back."""
        self._left.pop(session, None)
        self._left[session] = now

    def forget(self, session: str) -> None:
        """Forget a session that was unloaded."""
        self._left.pop(session, None)

    def is_empty(self, session: str) -> bool:
        """Tell whether nobody visits a session."""
        return not self._present[session]

    def to_unload(self, ended: Iterable[str], now: float) -> list[str]:
        """Return the loaded sessions to unload now.

        Args:
            ended: the loaded sessions that have ended.
            now: as in ``touch``.
        """
        empty = [session for session in ended if self.is_empty(session)]
        for session in empty:
            self._left.setdefault(session, now)
        empty.sort(key=self._left.__getitem__)
        too_many = max(0, len(empty) - self._open_max)
        return [
            session
            for place, session in enumerate(empty)
            if place < too_many or now - self._left[session] >= self._idle_seconds
        ]

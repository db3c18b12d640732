"""When a session's clock moves: deadlines of stops and the beat of continuous time, in seconds of a monotonic clock."""

from __future__ import annotations

import math

BEAT_SECONDS = 0.25
_BEATS_AT_ONCE = 4
"""After a hold-up at most so many beats are made up for; the rest of the lost time stays lost."""


class Deadline:
    """The time left at a stop; it stands still while the session is paused."""

    def __init__(self) -> None:
        self._allowed: float | None = None
        self._spent = 0.0
        self._running_since: float | None = None

    def begin(self, now: float, seconds: float, *, running: bool) -> None:
        """Start a new stop that may last ``seconds``."""
        self._allowed, self._spent = seconds, 0.0
        self._running_since = now if running else None

    def change(self, seconds: float) -> None:
        """Let the stop that is on last ``seconds`` in all, counting what has passed."""
        if self._allowed is not None:
            self._allowed = seconds

    def run(self, now: float, *, running: bool) -> None:
        """Let time pass, or hold it."""
        if running and self._running_since is None:
            self._running_since = now
        elif not running and self._running_since is not None:
            self._spent += now - self._running_since
            self._running_since = None

    def end(self) -> None:
        """Forget the stop."""
        self._allowed, self._running_since = None, None

    def left(self, now: float) -> float | None:
        """Return the seconds left, 0 when they are over, ``None`` when nothing is being waited for."""
        if self._allowed is None:
            return None
        passed = self._spent + (now - self._running_since if self._running_since is not None else 0.0)
        return max(0.0, self._allowed - passed)


class Beat:
    """Turns wall time into whole simulated days, four times a second."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._days = 0.0

    def hold(self) -> None:
        """Let no days accrue until the next ``accrue``."""
        self._last = None

    def accrue(self, now: float, days_per_second: float) -> None:
        """Add the days of the time since the last call, once a beat has passed."""
        if self._last is None:
            self._last = now
        elif now - self._last >= BEAT_SECONDS:
            self._days += min(now - self._last, _BEATS_AT_ONCE * BEAT_SECONDS) * days_per_second
            self._last = now

    @property
    def due(self) -> int:
        """The whole days that may pass now."""
        return math.floor(self._days)

    def spend(self, days: int) -> None:
        """Take off days that have passed."""
        self._days = max(0.0, self._days - days)

    def seconds_to_next(self, now: float) -> float:
        """Return the seconds until the next beat."""
        return 0.0 if self._last is None else max(0.0, self._last + BEAT_SECONDS - now)

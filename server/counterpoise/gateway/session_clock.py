"""The clock of a session in wall time: deadlines at stops, and days in continuous time. Seconds are monotonic."""

from __future__ import annotations

import math

STEP_SECONDS = 0.25
_STEPS_AT_ONCE = 4
"""After a delay, at most this many steps are made up for. The rest of the delay is dropped."""


class Deadline:
    """The time left at a stop. It does not run while the session is paused."""

    def __init__(self) -> None:
        self._allowed: float | None = None
        self._spent = 0.0
        self._running_since: float | None = None

    def begin(self, now: float, seconds: float, *, running: bool) -> None:
        """Start a stop that may last ``seconds``."""
        self._allowed, self._spent = seconds, 0.0
        self._running_since = now if running else None

    def change(self, seconds: float) -> None:
        """Change the whole length of the current stop to ``seconds``, including the time that has passed."""
        if self._allowed is not None:
            self._allowed = seconds

    def run(self, now: float, *, running: bool) -> None:
        """Let the time run, or hold it."""
        if running and self._running_since is None:
            self._running_since = now
        elif not running and self._running_since is not None:
            self._spent += now - self._running_since
            self._running_since = None

    def end(self) -> None:
        """End the stop."""
        self._allowed, self._running_since = None, None

    def left(self, now: float) -> float | None:
        """Return the seconds left, 0 after the deadline, ``None`` if there is no stop."""
        if self._allowed is None:
            return None
        passed = self._spent + (now - self._running_since if self._running_since is not None else 0.0)
        return max(0.0, self._allowed - passed)


class DayCounter:
    """Converts wall time into whole simulated days, four times a second."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._days = 0.0

    def hold(self) -> None:
        """Accrue no days until the next ``accrue``."""
        self._last = None

    def accrue(self, now: float, days_per_second: float) -> None:
        """Add the days since the last step, once a step has passed."""
        if self._last is None:
            self._last = now
        elif now - self._last >= STEP_SECONDS:
            self._days += min(now - self._last, _STEPS_AT_ONCE * STEP_SECONDS) * days_per_second
            self._last = now

    @property
    def days_due(self) -> int:
        """The whole days that may pass now."""
        return math.floor(self._days)

    def spend(self, days: int) -> None:
        """Subtract days that have passed."""
        self._days = max(0.0, self._days - days)

    def seconds_to_next(self, now: float) -> float:
        """Return the seconds until the next step."""
        return 0.0 if self._last is None else max(0.0, self._last + STEP_SECONDS - now)

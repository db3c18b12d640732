"""The clock of a session in wall time: deadlines at stops, and days in continuous time. Seconds are monotonic."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from counterpoise.gateway.timetable import closing_time
from counterpoise.session.commands import Timetable

STEP_SECONDS = 0.25
_STEPS_AT_ONCE = 4
"""After a delay, at most this many steps are made up for. The rest of the delay is dropped."""


class Deadline:
    """The time left at a stop. It does not run while the session is paused."""

    def __init__(self) -> None:
        self._allowed: float | None = None
        self._spent = 0.0
        self._running_since: float | None = None

    def begin(self, now: float, seconds: float, *, running: bool, left: float | None = None) -> None:
        """Start a stop that may last ``seconds``, or go on with one that has ``left`` of them."""
        self._allowed, self._spent = seconds, 0.0 if left is None else max(0.0, seconds - left)
        self._running_since = now if running else None

    def change(self, seconds: float) -> None:
        """Change the whole length of the current stop to ``seconds``, including the time that has passed."""
        if self._allowed is not None:
            self._allowed = seconds

    def extend(self, seconds: float) -> None:
        """Add seconds to the stop."""
        if self._allowed is not None:
            self._allowed += seconds

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
        balance = self.balance(now)
        return None if balance is None else max(0.0, balance)

    def balance(self, now: float) -> float | None:
        """Return the seconds left, and after the deadline minus the seconds since; ``None`` if there is no stop."""
        if self._allowed is None:
            return None
        passed = self._spent + (now - self._running_since if self._running_since is not None else 0.0)
        return self._allowed - passed


class Appointment:
    """The closing time of a stop by a timetable. It is a time of the wall clock, so a restart of the server does not move it.

    Args:
        timetable: says when stops end.
        wall: gives the seconds since 1970.
        due: when the stop ends, if that was said before the server restarted; seconds since 1970.
        left: the seconds that were left when the session was paused, if it is.
    """

    def __init__(
        self, timetable: Timetable, wall: Callable[[], float], *, due: float | None = None, left: float | None = None
    ) -> None:
        self.timetable = timetable
        self._wall = wall
        self._due = self._closing() if due is None and left is None else due
        self._left = left

    @property
    def due(self) -> float | None:
        """When the stop ends, in seconds since 1970; ``None`` in a pause."""
        return self._due

    def run(self, *, running: bool) -> None:
        """Let the time run, or hold it. After a pause the stop ends at the first closing time that leaves what was left."""
        if running and self._due is None:
            is_over = self._left is not None and self._left < 0.0
            self._due = self._wall() + (self._left or 0.0) if is_over else self._closing(least=self._left)
            self._left = None
        elif not running and self._due is not None:
            self._due, self._left = None, self.balance()

    def extend(self, seconds: float) -> None:
        """End the stop so much later."""
        if self._due is None:
            self._left = self.balance() + seconds
        else:
            self._due += seconds

    def left(self) -> float:
        """Return the seconds left, 0 once the time has come."""
        return max(0.0, self.balance())

    def balance(self) -> float:
        """Return the seconds left, and once the time has come minus the seconds since."""
        return (self._left or 0.0) if self._due is None else self._due - self._wall()

    def _closing(self, least: float | None = None) -> float:
        opened = datetime.fromtimestamp(self._wall(), UTC)
        wanted = None if least is None else timedelta(seconds=least)
        return closing_time(self.timetable, opened, least=wanted).timestamp()


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

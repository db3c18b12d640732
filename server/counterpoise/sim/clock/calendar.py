"""The calendar converts dates and ticks. No other module of the simulation handles dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from counterpoise.sim.types import Tick

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Calendar:
    """Converts dates and ticks, and finds the openings of the decision windows.

    Args:
        start: the date of tick 0.
        window_months: the length of a decision window in calendar months; windows open on the first day of a month.
    """

    start: date
    window_months: int = 3

    def date_of(self, tick: int) -> date:
        """Return the date of a tick."""
        return _date(self.start.toordinal() + tick)

    def tick_of(self, day: date) -> Tick:
        """Return the tick of a date; negative before the start."""
        return Tick((day - self.start).days)

    def iso(self, tick: int) -> str:
        """Return the date of a tick as ``1967-06-05``."""
        return _iso(self.start.toordinal() + tick)

    def window_of(self, tick: int) -> int:
        """Return the number of the window that contains a tick; the window of tick 0 is number 0."""
        day = self.date_of(tick)
        months = (day.year - self.start.year) * 12 + day.month - 1
        return months // self.window_months - (self.start.month - 1) // self.window_months

    def opening_of(self, window: int) -> Tick:
        """Return the tick at which a window opens; window 0 opens at tick 0 even if the scenario starts in mid-window."""
        if window <= 0:
            return Tick(0)
        months = ((self.start.month - 1) // self.window_months + window) * self.window_months
        return self.tick_of(date(self.start.year + months // 12, months % 12 + 1, 1))

    def opens_window(self, tick: int) -> bool:
        """Tell whether a window opens at this tick."""
        return tick >= 0 and self.opening_of(self.window_of(tick)) == tick


@lru_cache(maxsize=16_384)
def _date(ordinal: int) -> date:
    """Return a day's date; cached, because every order and every view asks for the window of the same day."""
    return date.fromordinal(ordinal)


@lru_cache(maxsize=16_384)
def _iso(ordinal: int) -> str:
    """Return a day's date as text; cached, because every view dates the same incidents again."""
    return date.fromordinal(ordinal).isoformat()

"""Steps on the day before a date and steps that repeat monthly, and the next month, window and year.

The session stops the clock at a window's opening, before the processes that are due on that day. A dated change that must be in
force when seats decide on its date therefore happens on the day before.
"""

from __future__ import annotations

from datetime import date

from counterpoise.sim.clock.agenda import Argument
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.move import Stage


def start_on_eve_of(stage: Stage, tick: int, step: str, *arguments: Argument) -> None:
    """Start a process whose first step runs on the day before ``tick``, or now if that day is past."""
    stage.start_at(tick - 1, step, *arguments)


def repeat_monthly(stage: Stage, step: str) -> None:
    """Run a step again on the first day of the next month, if the game lasts until then."""
    tick = next_month(stage.world.calendar, stage.world.tick)
    if tick < stage.world.end:
        stage.schedule(tick, step)


def start_monthly(stage: Stage, step: str) -> None:
    """Start a process whose step runs on the first day of the next month; the step calls ``repeat_monthly``."""
    tick = next_month(stage.world.calendar, stage.world.tick)
    if tick < stage.world.end:
        stage.start_at(tick, step)


def next_month(calendar: Calendar, tick: int) -> int:
    """Return the tick of the first day of the month after that of ``tick``."""
    day = calendar.date_of(tick)
    count = day.year * 12 + day.month
    return calendar.tick_of(date(count // 12, count % 12 + 1, 1))


def next_new_year(calendar: Calendar, tick: int) -> int:
    """Return the tick of 1 January of the year after that of ``tick``."""
    return calendar.tick_of(date(calendar.date_of(tick).year + 1, 1, 1))


def next_window(calendar: Calendar, tick: int) -> int:
    """Return the tick at which the window after that of ``tick`` opens."""
    return calendar.opening_of(calendar.window_of(tick) + 1)

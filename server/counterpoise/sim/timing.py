"""When dated things take hold, and what comes round month by month, window by window and year by year.

The session stops the clock at a window's opening, before what is due on that day. What is to be in force when seats decide
on a date must therefore have happened on its eve.
"""

from __future__ import annotations

from datetime import date

from counterpoise.sim.agenda import Argument
from counterpoise.sim.calendar import Calendar
from counterpoise.sim.move import Stage


def start_on_eve_of(stage: Stage, tick: int, step: str, *arguments: Argument) -> None:
    """Start a process whose first step runs at the end of the day before ``tick``, or now if that is past."""
    stage.start_at(tick - 1, step, *arguments)


def repeat_monthly(stage: Stage, step: str) -> None:
    """Run a step again on the first of the next month, if the game lasts until then."""
    tick = next_month(stage.world.calendar, stage.world.tick)
    if tick < stage.world.end:
        stage.schedule(tick, step)


def start_monthly(stage: Stage, step: str) -> None:
    """Start a process whose step runs on the first of the next month; the step calls ``repeat_monthly``."""
    tick = next_month(stage.world.calendar, stage.world.tick)
    if tick < stage.world.end:
        stage.start_at(tick, step)


def next_month(calendar: Calendar, tick: int) -> int:
    """Return the tick of the first of the month after ``tick``."""
    day = calendar.date_of(tick)
    count = day.year * 12 + day.month
    return calendar.tick_of(date(count // 12, count % 12 + 1, 1))


def next_new_year(calendar: Calendar, tick: int) -> int:
    """Return the tick of the first of January after ``tick``."""
    return calendar.tick_of(date(calendar.date_of(tick).year + 1, 1, 1))


def next_window(calendar: Calendar, tick: int) -> int:
    """Return the tick at which the window after the one of ``tick`` opens."""
    return calendar.opening_of(calendar.window_of(tick) + 1)

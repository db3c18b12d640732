"""When dated things take hold.

The session stops the clock at a window's opening, before what is due on that day. What is to be in force when seats decide
on a date must therefore have happened on its eve.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import simpy

from counterpoise.sim.calendar import Calendar
from counterpoise.sim.move import Stage


def at_eve_of(stage: Stage, tick: int) -> simpy.Event:
    """Return the event at the end of the day before ``tick``, or now if that is past."""
    return stage.env.timeout(max(0, tick - 1 - stage.world.tick))


def at_tick(stage: Stage, tick: int) -> simpy.Event:
    """Return the event at ``tick``, or now if that is past."""
    return stage.env.timeout(max(0, tick - stage.world.tick))


def window_openings(calendar: Calendar, end: int) -> Iterator[int]:
    """Yield the ticks of all windows after the first."""
    window = 1
    while (tick := calendar.opening_of(window)) < end:
        yield tick
        window += 1


def new_years(calendar: Calendar, end: int) -> Iterator[int]:
    """Yield the tick of every first of January after the start."""
    year = calendar.start.year + 1
    while (tick := calendar.tick_of(date(year, 1, 1))) < end:
        yield tick
        year += 1


def month_starts(calendar: Calendar, end: int) -> Iterator[int]:
    """Yield the tick of every first of a month after the start."""
    count = calendar.start.year * 12 + calendar.start.month
    while (tick := calendar.tick_of(date(count // 12, count % 12 + 1, 1))) < end:
        yield tick
        count += 1

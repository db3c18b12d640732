"""When the windows of a class close that meets at home: at a fixed hour of a time zone, a day or some after they opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from counterpoise.errors import OrderError
from counterpoise.session.commands import Pace, Timetable

SHORTER_AT_MOST = timedelta(hours=12)
"""By how much a window may be shorter than usual if it opens between two closing times."""


def zone_of(timetable: Timetable) -> ZoneInfo:
    """Return the time zone of a timetable.

    Raises:
        OrderError: there is no such zone.
    """
    try:
        return ZoneInfo(timetable.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        needed, place = "a name of the IANA time zones, such as Europe/Berlin", "$.command.timetable.time_zone"
        raise OrderError("illegal", place, needed, timetable.time_zone, "no_such_zone") from error


def require_zone(command: object) -> None:
    """Raise ``OrderError`` for a pace by a timetable whose time zone does not exist. Other commands pass."""
    if isinstance(command, Pace) and isinstance(command.timetable, Timetable):
        zone_of(command.timetable)


def closing_time(timetable: Timetable, opened: datetime, *, least: timedelta | None = None) -> datetime:
    """Return when a window closes, in UTC.

    It is the first closing time, on an allowed day of the week, that leaves the usual length less half a day. Where summer time
    begins, an hour that the clocks leave out is taken an hour later; where it ends, the first of two equal hours counts.

    Args:
        timetable: says when windows close.
        opened: when the window opened, with any time zone.
        least: how long it stays open at least, if not the usual length less half a day.
    """
    zone = zone_of(timetable)
    earliest = opened + (timedelta(days=timetable.every_days) - SHORTER_AT_MOST if least is None else least)
    return next(moment for moment in _closings(timetable, zone, opened.astimezone(zone).date()) if moment >= earliest)


def _closings(timetable: Timetable, zone: ZoneInfo, start: date) -> Iterator[datetime]:
    hour = time.fromisoformat(timetable.closes)
    day = start
    while True:
        if day.weekday() in timetable.weekdays:
            yield datetime.combine(day, hour, zone).astimezone(UTC)
        day += timedelta(days=1)

"""When windows close in a class that meets at home."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoise.errors import OrderError
from counterpoise.gateway.timetable import closing_time
from counterpoise.session.commands import Timetable

BERLIN = ZoneInfo("Europe/Berlin")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def closes(opened: str, **timetable: object) -> str:
    given = Timetable(time_zone="Europe/Berlin", **timetable)  # type: ignore[arg-type]
    return closing_time(given, local(opened)).astimezone(BERLIN).strftime("%a %d %b %H:%M")


def test_a_window_that_opens_at_the_closing_hour_lasts_its_days() -> None:
    assert closes("2026-11-02 18:00") == "Tue 03 Nov 18:00"
    assert closes("2026-11-02 18:00", every_days=3) == "Thu 05 Nov 18:00"


def test_a_window_that_opens_early_in_the_day_closes_on_the_same_day() -> None:
    assert closes("2026-11-02 05:59") == "Mon 02 Nov 18:00"


def test_a_window_that_opens_shortly_before_the_closing_hour_closes_a_day_later() -> None:
    assert closes("2026-11-02 17:00") == "Tue 03 Nov 18:00"


def test_days_on_which_nobody_works_are_left_out() -> None:
    assert closes("2026-11-06 18:00", weekdays=(0, 1, 2, 3, 4)) == "Mon 09 Nov 18:00"


def test_the_hour_stays_the_same_on_the_wall_when_summer_time_ends() -> None:
    opened = local("2026-10-24 18:00")
    closed = closing_time(Timetable(time_zone="Europe/Berlin"), opened)

    assert closed.astimezone(BERLIN).hour == 18
    assert closed - opened.astimezone(UTC) == timedelta(hours=25)


def test_an_hour_that_summer_time_leaves_out_is_taken_an_hour_later() -> None:
    assert closes("2026-03-28 12:00", closes="02:30") == "Sun 29 Mar 03:30"


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    closed = closing_time(Timetable(time_zone="Europe/Berlin", closes="02:30"), local("2026-10-24 12:00"))

    assert closed == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_zone_that_does_not_exist_is_named_with_its_place() -> None:
    with pytest.raises(OrderError, match=r"timetable\.time_zone.*IANA.*Europe/Atlantis"):
        closing_time(Timetable(time_zone="Europe/Atlantis"), local("2026-11-02 18:00"))


@given(
    st.integers(1_600_000_000, 2_200_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    st.integers(1, 14),
    st.sets(st.integers(0, 6), min_size=1),
)
def test_a_window_is_at_most_half_a_day_too_short_and_a_week_too_long(
    opened: datetime, zone: str, days: int, weekdays: set[int]
) -> None:
    timetable = Timetable(time_zone=zone, every_days=days, weekdays=tuple(sorted(weekdays)))
    length = closing_time(timetable, opened) - opened

    assert timedelta(days=days - 0.5) <= length <= timedelta(days=days + 7.5, hours=2)

from __future__ import annotations

from datetime import date

import pytest

from counterpoise.sim.clock.calendar import Calendar


@pytest.fixture
def calendar() -> Calendar:
    """A calendar that starts in mid-quarter."""
    return Calendar(date(1955, 2, 24), window_months=3)


def test_dates_and_ticks_convert_both_ways(calendar: Calendar) -> None:
    for tick in (-400, 0, 1, 366, 9000):
        assert calendar.tick_of(calendar.date_of(tick)) == tick
        assert calendar.iso(tick) == calendar.date_of(tick).isoformat()


def test_window_zero_opens_at_tick_zero_and_later_windows_on_a_first_of_a_month(calendar: Calendar) -> None:
    openings = [calendar.iso(calendar.opening_of(window)) for window in range(4)]
    assert openings == ["1955-02-24", "1955-04-01", "1955-07-01", "1955-10-01"]
    assert calendar.opening_of(-1) == 0


def test_every_tick_lies_in_the_window_that_opened_last(calendar: Calendar) -> None:
    for tick in range(800):
        window = calendar.window_of(tick)
        assert calendar.opening_of(window) <= tick < calendar.opening_of(window + 1)
        assert calendar.opens_window(tick) == (calendar.opening_of(window) == tick)

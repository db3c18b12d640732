from __future__ import annotations

from datetime import date

from counterpoise.sim import timing
from counterpoise.sim.calendar import Calendar
from counterpoise.sim.engine import Simulation

CALENDAR = Calendar(date(1955, 11, 15))


def test_windows_years_and_months_come_on_their_first_days() -> None:
    end = CALENDAR.tick_of(date(1956, 4, 2))
    assert [CALENDAR.iso(t) for t in timing.window_openings(CALENDAR, end)] == ["1956-01-01", "1956-04-01"]
    assert [CALENDAR.iso(t) for t in timing.new_years(CALENDAR, end)] == ["1956-01-01"]
    assert [CALENDAR.iso(t) for t in timing.month_starts(CALENDAR, end)][:2] == ["1955-12-01", "1956-01-01"]


def test_nothing_comes_on_the_day_the_game_is_over() -> None:
    assert list(timing.new_years(CALENDAR, CALENDAR.tick_of(date(1956, 1, 1)))) == []


def test_what_is_to_hold_at_a_date_happens_on_its_eve(sim: Simulation) -> None:
    def note() -> object:
        yield timing.at_eve_of(sim, 40)
        sim.record("noted")

    sim.start(note())  # type: ignore[arg-type]
    sim.advance(40)
    assert [incident.tick for incident in sim.take_incidents()] == [39]

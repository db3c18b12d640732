from __future__ import annotations

from datetime import date

import pytest

from counterpoise.sim import engine, timing
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Stage

CALENDAR = Calendar(date(1955, 11, 15))


def day(tick: int) -> str:
    return CALENDAR.iso(tick)


def test_months_years_and_windows_begin_on_their_first_days() -> None:
    assert [day(timing.next_month(CALENDAR, tick)) for tick in (0, 16, 17)] == [
        "1955-12-01",
        "1956-01-01",
        "1956-01-01",
    ]
    assert day(timing.next_new_year(CALENDAR, 0)) == "1956-01-01"
    assert day(timing.next_window(CALENDAR, 0)) == "1956-01-01"
    assert day(timing.next_window(CALENDAR, timing.next_window(CALENDAR, 0))) == "1956-04-01"


def note(stage: Stage, what: str) -> None:
    stage.record("noted", what=what)


@pytest.fixture
def noting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engine.steps(), "test.note", note)


@pytest.mark.usefixtures("noting")
def test_a_dated_change_happens_on_the_day_before(sim: Simulation) -> None:
    timing.start_on_eve_of(sim, 40, "test.note", "on the eve")
    sim.advance(40)
    assert [incident.tick for incident in sim.take_incidents() if incident.kind == "noted"] == [39]

"""Deadlines count only the time that runs, and wall time becomes whole days."""

from __future__ import annotations

from counterpoise.gateway.session_clock import DayCounter, Deadline


def test_a_deadline_counts_down() -> None:
    deadline = Deadline()
    assert deadline.left(0.0) is None
    deadline.begin(10.0, 60.0, running=True)
    assert deadline.left(25.0) == 45.0
    assert deadline.left(1000.0) == 0.0


def test_a_pause_keeps_the_time_left_at_a_deadline() -> None:
    deadline = Deadline()
    deadline.begin(0.0, 60.0, running=True)
    deadline.run(20.0, running=False)
    assert deadline.left(500.0) == 40.0
    deadline.run(500.0, running=True)
    deadline.run(505.0, running=True)
    assert deadline.left(510.0) == 30.0


def test_a_deadline_begun_in_the_lobby_waits_for_the_start() -> None:
    deadline = Deadline()
    deadline.begin(0.0, 60.0, running=False)
    assert deadline.left(3600.0) == 60.0


def test_a_new_length_includes_the_time_that_has_passed() -> None:
    deadline = Deadline()
    deadline.begin(0.0, 60.0, running=True)
    deadline.change(90.0)
    assert deadline.left(30.0) == 60.0
    deadline.change(10.0)
    assert deadline.left(30.0) == 0.0
    deadline.end()
    assert deadline.left(30.0) is None


def test_days_accrue_in_steps() -> None:
    days = DayCounter()
    days.accrue(0.0, 10.0)
    days.accrue(0.1, 10.0)
    assert days.days_due == 0
    days.accrue(0.3, 10.0)
    assert days.days_due == 3
    days.spend(3)
    days.accrue(0.65, 10.0)
    assert days.days_due == 3  # 3.5, and the half day is kept
    days.spend(3)
    days.accrue(0.95, 10.0)
    assert days.days_due == 3


def test_no_days_accrue_while_held_and_a_delay_is_not_made_up_for() -> None:
    days = DayCounter()
    days.accrue(0.0, 8.0)
    days.hold()
    days.accrue(100.0, 8.0)
    assert days.days_due == 0
    days.accrue(200.0, 8.0)
    assert days.days_due == 8
    assert days.seconds_to_next(200.1) == 0.25 - (200.1 - 200.0)

"""A watch looks at a session once on each of its dates and leaves the journal of the session as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from counterpoise.session.date_watch import DateWatch
from counterpoise.session.in_process_play import play
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session

Make = Callable[..., Session]
LineUp = Callable[..., Any]


def test_a_replay_looks_at_each_tick_and_then_writes_what_it_would_have_written(
    new_session: Make, line_up: LineUp
) -> None:
    session = new_session("7")
    play(session, line_up(session, "7"), until=400)
    entries = session.take_entries()
    seen: list[tuple[int, Any]] = []
    ticks = (200, 0, 45, 399, 46)
    watched = replay(
        entries, "j", until=400, watch=DateWatch(ticks, lambda one: seen.append((one.now, one.simulation.world)))
    )
    assert [tick for tick, _ in seen] == sorted(ticks)
    assert watched.take_entries() == replay(entries, "j", until=400).take_entries()
    for tick, world in seen:
        assert world == replay(entries, "j", until=tick).simulation.world


def test_the_clock_stops_at_the_next_date_of_a_watch_and_nowhere_else() -> None:
    watch = DateWatch([30, 10], lambda session: None)
    assert [watch.next_stop(to) for to in (5, 10, 20)] == [5, 10, 10]
    assert DateWatch([], lambda session: None).next_stop(20) == 20

"""Ended sessions without visitors are unloaded, the one left first before the others."""

from __future__ import annotations

from counterpoise.gateway.loading.visits import Visits


def test_a_session_is_unloaded_after_it_has_been_empty_for_a_while() -> None:
    visits = Visits(idle_seconds=10, open_max=5)
    visits.touch("a", 0)
    visits.enter("a")
    assert visits.to_unload(["a"], 100) == []
    visits.leave("a", 100)
    assert visits.to_unload(["a"], 109) == []
    assert visits.to_unload(["a"], 110) == ["a"]


def test_a_second_visitor_keeps_a_session_loaded() -> None:
    visits = Visits(idle_seconds=10, open_max=0)
    visits.enter("a")
    visits.enter("a")
    visits.leave("a", 1)
    assert not visits.is_empty("a")
    assert visits.to_unload(["a"], 50) == []


def test_of_too_many_empty_sessions_those_left_first_are_unloaded() -> None:
    visits = Visits(idle_seconds=1000, open_max=2)
    for moment, session in enumerate("abcd"):
        visits.touch(session, moment)
    visits.enter("a")
    visits.leave("a", 9)
    assert visits.to_unload("abcd", 10) == ["b", "c"]


def test_a_session_that_ended_without_a_visitor_is_unloaded_too() -> None:
    visits = Visits(idle_seconds=10, open_max=5)
    assert visits.to_unload(["a"], 0) == []
    assert visits.to_unload(["a"], 10) == ["a"]


def test_an_unloaded_session_starts_anew() -> None:
    visits = Visits(idle_seconds=10, open_max=5)
    visits.touch("a", 0)
    visits.forget("a")
    assert visits.to_unload(["a"], 100) == []

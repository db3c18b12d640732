"""A slow client has a bounded queue; a fast one is never punished for a long batch."""

from __future__ import annotations

import pytest

from counterpoise.gateway.outbox import Outbox


def test_frames_leave_in_the_order_they_came() -> None:
    outbox = Outbox(10, 1000)
    outbox.put("a")
    outbox.put(b"b")
    assert [outbox.take(), outbox.take()] == ["a", b"b"]
    with pytest.raises(IndexError):
        outbox.take()


def test_only_the_newest_view_waits_and_it_stands_where_it_came() -> None:
    outbox = Outbox(10, 1000)
    outbox.put("view 1", newest="observe")
    outbox.put("news")
    outbox.put("status 1", newest="status")
    outbox.put("view 2", newest="observe")
    assert [outbox.take() for _ in range(len(outbox))] == ["news", "status 1", "view 2"]


def test_it_is_full_at_its_number_of_messages_or_bytes() -> None:
    outbox = Outbox(3, 100)
    for text in ("a", "b"):
        outbox.put(text)
    assert not outbox.is_full
    outbox.put("c")
    assert outbox.is_full
    outbox.take()
    assert not outbox.is_full
    outbox.put("x" * 100)
    assert outbox.is_full
    outbox.clear()
    assert not outbox.is_full
    assert len(outbox) == 0


def test_replaced_views_do_not_count() -> None:
    outbox = Outbox(3, 100)
    for _ in range(50):
        outbox.put("x" * 60, newest="observe")
    assert not outbox.is_full


def test_what_a_returning_client_missed_does_not_count() -> None:
    outbox = Outbox(3, 100)
    for _ in range(500):
        outbox.put("x" * 60, counted=False)
    assert not outbox.is_full
    while len(outbox):
        outbox.take()
    outbox.put("a")
    assert not outbox.is_full

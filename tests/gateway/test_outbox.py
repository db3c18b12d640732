"""A slow client has a bounded queue; a fast client is never closed for a long batch."""

from __future__ import annotations

import pytest

from counterpoise.gateway.outbox import Outbox


def test_frames_leave_in_their_order_of_arrival() -> None:
    outbox = Outbox(10, 1000)
    outbox.put("a")
    outbox.put(b"b")
    assert [outbox.take(), outbox.take()] == ["a", b"b"]
    with pytest.raises(IndexError):
        outbox.take()


def test_only_the_newest_view_waits_and_keeps_its_own_place() -> None:
    outbox = Outbox(10, 1000)
    outbox.put("view 1", latest_key="observe")
    outbox.put("news")
    outbox.put("status 1", latest_key="status")
    outbox.put("view 2", latest_key="observe")
    assert [outbox.take() for _ in range(len(outbox))] == ["news", "status 1", "view 2"]


def test_the_outbox_is_full_at_its_limit_of_messages_or_bytes() -> None:
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
        outbox.put("x" * 60, latest_key="observe")
    assert not outbox.is_full


def test_messages_that_a_returning_client_missed_do_not_count() -> None:
    outbox = Outbox(3, 100)
    for _ in range(500):
        outbox.put("x" * 60, counted=False)
    assert not outbox.is_full
    while len(outbox):
        outbox.take()
    outbox.put("a")
    assert not outbox.is_full


def test_frames_are_taken_together_up_to_a_size() -> None:
    outbox = Outbox(10, 1000)
    for size in (40, 50, 20, 200):
        outbox.put("x" * size)
    assert [len(frame) for frame in outbox.take_together(100)] == [40, 50]
    assert [len(frame) for frame in outbox.take_together(100)] == [20]
    assert outbox.take_together(100) == [], "a frame that is longer is taken alone"
    assert len(outbox.take()) == 200
    assert outbox.take_together(100) == []

"""Players come before a crowd of observers, and one session's crowd leaves the event loop to the others."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from counterpoise.gateway.connection import Arrival, Departure, Request
from counterpoise.gateway.turns import inbox as inbox_module
from counterpoise.gateway.turns.inbox import TURN_ARRIVALS, TURN_ITEMS, Inbox


def request(role: str, number: int = 0) -> Request:
    return Request(cast("Any", SimpleNamespace(role=role)), cast("Any", number), 0.0)


def arrival() -> Arrival:
    return Arrival(cast("Any", None), cast("Any", None), cast("Any", None))


async def test_a_turn_takes_players_before_arrivals_and_leaves_observers_for_its_end() -> None:
    inbox = Inbox()
    crowd = [request("observer", number) for number in range(3)]
    for item in (
        crowd[0],
        arrival(),
        request("moderator"),
        crowd[1],
        crowd[2],
        request("player"),
        Departure(cast("Any", 1)),
    ):
        inbox.put(item)
    kinds = [type(item) for item in inbox.take()]
    assert kinds == [Request, Request, Departure, Arrival]
    assert inbox.has_requests_of_observers
    assert list(inbox.requests_of_observers()) == crowd
    assert len(inbox) == 0


async def test_a_turn_is_bounded_and_nothing_is_lost() -> None:
    inbox = Inbox()
    for _ in range(TURN_ITEMS + 1):
        inbox.put(request("player"))
    for _ in range(TURN_ARRIVALS + 1):
        inbox.put(arrival())
    assert len(inbox.take()) == TURN_ITEMS + TURN_ARRIVALS
    assert len(inbox.take()) == 2


async def test_observers_get_a_moment_of_each_turn_and_at_least_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 10.0
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now)
    inbox = Inbox()
    for number in range(10):
        inbox.put(request("observer", number))
    answered: list[Any] = []
    for one in inbox.requests_of_observers():
        answered.append(one.message)
        now += inbox_module.TURN_SECONDS / 4
    assert answered == [0, 1, 2, 3]
    monkeypatch.setattr(inbox_module, "TURN_SECONDS", 0.0)
    answered = [one.message for one in inbox.requests_of_observers()]
    assert answered == [4]


async def test_other_tasks_run_between_the_turns_of_a_full_inbox() -> None:
    inbox = Inbox()
    turns: list[str] = []

    async def other() -> None:
        turns.append("other")

    inbox.put(request("player"))
    task = asyncio.create_task(other())
    await inbox.wait(None)
    turns.append("room")
    await task
    assert turns == ["other", "room"]


async def test_a_wait_ends_with_news_a_call_or_its_time() -> None:
    inbox = Inbox()
    await asyncio.wait_for(inbox.wait(0.01), 5)
    for end in (inbox.wake, lambda: inbox.put(request("player"))):
        waiting = asyncio.create_task(inbox.wait(None))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        end()
        await asyncio.wait_for(waiting, 5)
    inbox.drain()
    inbox.close()
    await asyncio.wait_for(inbox.wait(None), 5)


async def test_draining_returns_everything() -> None:
    inbox = Inbox()
    for item in (request("observer"), arrival(), request("player")):
        inbox.put(item)
    assert len(inbox.drain()) == 3
    assert inbox.drain() == []

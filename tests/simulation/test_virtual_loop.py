"""Time is virtual, the order of steps comes from the seed, and a simulated process can be killed and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from random import Random
from typing import Any

import pytest

from counterpoise.simulation.virtual_loop import Process, StalledError, VirtualLoop

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def run() -> Iterator[Run]:
    loop = VirtualLoop(Random(1))  # type: ignore[abstract]
    yield loop.run_until_complete
    loop.close()
    assert loop.failures == []


async def note_every_second(noted: list[int]) -> None:
    while True:
        await asyncio.sleep(1.0)
        noted.append(len(noted) + 1)


def test_an_hour_passes_at_once(run: Run) -> None:
    async def wait() -> float:
        await asyncio.sleep(3600.0)
        return asyncio.get_running_loop().time()

    assert run(wait()) == pytest.approx(3600.0, abs=0.01)


def test_a_wait_ends_at_its_timeout(run: Run) -> None:
    async def wait() -> None:
        async with asyncio.timeout(3.0):
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        run(wait())


def test_work_in_a_thread_takes_time_and_passes_its_exceptions_on(run: Run) -> None:
    async def work() -> float:
        began = asyncio.get_running_loop().time()
        assert await asyncio.to_thread(lambda: 5) == 5
        with pytest.raises(KeyError):
            await asyncio.to_thread(dict[str, int]().pop, "missing")
        return asyncio.get_running_loop().time() - began

    assert 0.0 < run(work()) < 1.0


def test_waiting_for_nothing_is_an_error(run: Run) -> None:
    async def wait() -> None:
        await asyncio.Event().wait()

    with pytest.raises(StalledError, match="nothing is left"):
        run(wait())


def test_a_killed_process_does_nothing_more_and_others_go_on(run: Run) -> None:
    killed: list[int] = []
    others: list[int] = []

    async def live() -> None:
        process = Process("victim")
        process.start(note_every_second(killed))
        Process("other").start(note_every_second(others))
        await asyncio.sleep(2.5)
        process.kill()
        await asyncio.sleep(2.0)

    run(live())
    assert (killed, others) == ([1, 2], [1, 2, 3, 4])


def test_a_process_is_killed_at_the_step_that_was_named(run: Run) -> None:
    noted: list[int] = []

    async def live() -> int:
        process = Process("victim")
        process.start(note_every_second(noted))
        process.steps_max = 5
        await asyncio.sleep(100.0)
        return process.steps

    assert run(live()) >= 5
    assert 0 < len(noted) < 5


def test_files_and_sockets_are_taken_from_a_process_before_its_tasks_end(run: Run) -> None:
    seen: list[str] = []

    async def hold(process: Process) -> None:
        process.at_death.append(lambda: seen.append("taken"))
        try:
            await asyncio.sleep(100.0)
        finally:
            seen.append("ended")

    async def live() -> None:
        process = Process("victim")
        process.start(hold(process))
        await asyncio.sleep(1.0)
        process.kill()
        await asyncio.sleep(1.0)

    run(live())
    assert seen == ["taken", "ended"]


def test_a_stopped_process_goes_on_where_it_was(run: Run) -> None:
    noted: list[int] = []

    async def live() -> None:
        process = Process("victim")
        process.start(note_every_second(noted))
        await asyncio.sleep(1.5)
        process.freeze()
        await asyncio.sleep(10.0)
        assert noted == [1]
        process.thaw()
        await asyncio.sleep(1.5)

    run(live())
    assert noted == [1, 2, 3]

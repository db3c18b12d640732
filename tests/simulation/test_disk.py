"""The simulated disk fails, lies and fences as it is told."""

from __future__ import annotations

from random import Random

import pytest

from counterpoise.errors import LeaseLostError, LockedError, StorageError
from counterpoise.session.commands import Start
from counterpoise.session.journal.entries import Entry
from counterpoise.session.running_session import Session
from counterpoise.simulation.disk import LEASE_SECONDS, Disk
from counterpoise.simulation.memory_journal import MemoryJournal, MemoryShelf
from counterpoise.simulation.virtual_loop import Process


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def disk(clock: Clock) -> Disk:
    return Disk(Random(1), clock, is_shared=True)


@pytest.fixture
def entries(checkerboard: str) -> list[Entry]:
    session = Session(scenario_text=checkerboard, seed="1", session_id="game", secret="x")
    session.command("moderator", "0" * 32, Start())
    return session.take_entries()


def claim(disk: Disk, name: str = "server") -> tuple[Process, MemoryJournal]:
    process = Process(name)
    shelf = MemoryShelf(disk, process, lambda: 0.0, Random(2))
    return process, shelf.claim("game") if shelf.names() else shelf.create("game")


def test_a_journal_outlives_the_process_that_wrote_it(disk: Disk, clock: Clock, entries: list[Entry]) -> None:
    process, journal = claim(disk)
    journal.append(entries)
    process.kill()
    with pytest.raises(StorageError, match="dead"):
        journal.note("name", "value")
    clock.now = LEASE_SECONDS + 0.1
    _, again = claim(disk)
    assert list(again.entries()) == entries
    assert list(disk.inputs) == ["0" * 32]


def test_a_failed_sync_stops_the_journal(disk: Disk, entries: list[Entry]) -> None:
    _, journal = claim(disk)
    disk.fails_next = True
    with pytest.raises(StorageError, match="disk I/O error"):
        journal.append(entries)
    with pytest.raises(StorageError, match="disk I/O error"):
        journal.append(entries)


def test_a_lying_disk_loses_what_it_claimed_when_the_power_is_cut(disk: Disk, entries: list[Entry]) -> None:
    process, journal = claim(disk)
    journal.append(entries[:2])
    disk.start_lying()
    journal.append(entries[2:])
    process.kill()
    disk.cut_power()
    assert disk.entries() == entries[:2]
    assert disk.has_lost


def test_a_second_process_waits_for_the_lease_and_the_first_writes_nothing_after_it(
    disk: Disk, clock: Clock, entries: list[Entry]
) -> None:
    _, first = claim(disk, "first")
    first.append(entries[:1])
    with pytest.raises(LockedError):
        claim(disk, "second")
    clock.now = LEASE_SECONDS + 0.1
    _, second = claim(disk, "second")
    with pytest.raises(LeaseLostError):
        first.append(entries[1:])
    second.append(entries[1:])
    assert disk.entries() == entries
    assert disk.fenced_writes == []


def test_a_renewed_lease_holds_longer(disk: Disk, clock: Clock) -> None:
    _, first = claim(disk, "first")
    for _ in range(5):
        clock.now += LEASE_SECONDS / 2
        first.renew()
    with pytest.raises(LockedError):
        claim(disk, "second")


def test_a_lock_on_a_file_ends_with_its_process_and_not_before(clock: Clock) -> None:
    disk = Disk(Random(1), clock, is_shared=False)
    process, _ = claim(disk, "first")
    clock.now = 10 * LEASE_SECONDS
    with pytest.raises(LockedError):
        claim(disk, "second")
    process.kill()
    claim(disk, "second")

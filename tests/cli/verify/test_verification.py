"""A journal is verified in segments, and its snapshots are no evidence before they are proven."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from counterpoise.cli.journals import read_journal, replay_to, snapshot_places
from counterpoise.cli.verify.verification import replay_in_segments
from counterpoise.errors import DivergenceError
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Chain, Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import SessionState, encode_state
from counterpoise.session.stored_snapshots import Packed, SnapshotSeries
from counterpoise.store.journal_file import JournalFile
from counterpoise_clients import roster


def bar(reached: list[int] | None = None) -> AbstractContextManager[Callable[[int], None]]:
    """Return a bar that only notes the ticks that it is told."""
    ticks: list[int] = [] if reached is None else reached
    return nullcontext(ticks.append)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "game.db"


@pytest.fixture(params=[False, True], ids=["run", "room"])
def played(path: Path, checkerboard: str, request: pytest.FixtureRequest) -> Session:
    """A whole game, written with its snapshots, by ``run`` or by a room with players."""
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret", streaming=request.param)
    bots = {seat: roster.load_bot(roster.default_bot(seat, "7"))(f"7/{seat}") for seat in session.seats}
    snapshots = SnapshotSeries(every=30)
    with JournalFile.create(path) as journal:

        def keep(running: Session) -> None:
            written = running.take_entries()
            journal.append(written, snapshots.due(running, written))
            running.take_outputs()

        play(session, bots, after_stop=keep)
    return session


def change_snapshot(path: Path, place: int, change: Callable[[SessionState], SessionState]) -> None:
    with JournalFile.open(path) as journal, journal._connection as connection:
        row = journal.snapshots.get(place)
        connection.execute("DELETE FROM snapshots WHERE entries = ?", (place,))
        journal.snapshots.add(replace(row, state=Packed.of(encode_state(change(row.unpacked())))))


def test_all_segments_of_a_game_verify(path: Path, played: Session) -> None:
    places, count = snapshot_places(path), len(read_journal(path))
    assert len(places) > 2
    found = replay_in_segments(path, places, count, 1, bar())
    assert (found.tick, found.phase, found.bad_snapshots) == (played.now, "ended", [])


def test_segments_verify_in_parallel_processes(path: Path, played: Session) -> None:
    reached: list[int] = []
    found = replay_in_segments(path, snapshot_places(path), len(read_journal(path)), 2, bar(reached))
    assert (found.tick, found.bad_snapshots) == (played.now, [])
    assert reached == sorted(reached)


def test_a_forged_snapshot_is_no_evidence(path: Path, played: Session) -> None:
    places, count = snapshot_places(path), len(read_journal(path))
    middle = min(places, key=lambda place: abs(place - count // 2))
    change_snapshot(path, middle, lambda state: structs.replace(state, players={**state.players, "ARD": "nobody"}))
    found = replay_in_segments(path, places, count, 1, bar())
    assert (found.tick, found.bad_snapshots) == (played.now, [middle])


def test_the_first_divergent_tick_is_named_although_a_forged_snapshot_hides_it(path: Path, played: Session) -> None:
    """Change an order of the second segment, and write the chain and the snapshots after it anew."""
    places, entries = snapshot_places(path), read_journal(path)
    number = next(entry.sequence for entry in entries if entry.sequence > places[0] and entry.kind == "digest")
    chain = Chain("secret")
    forged: list[Entry] = []
    for entry in entries:
        content = {"digest": "0" * 64} if entry.sequence == number else entry.content()
        forged.append(chain.entry(entry.tick, entry.kind, content))
    with JournalFile.read_only(path) as journal:
        rows = [journal.snapshots.get(place) for place in places]
    other = path.with_name("forged.db")
    with JournalFile.create(other) as journal:
        journal.append(forged)
        with journal._connection:
            for row in rows:
                head = forged[row.entries - 1].chain
                state = structs.replace(row.unpacked(), chain=head)
                journal.snapshots.add(replace(row, chain=head, state=Packed.of(encode_state(state))))
    with pytest.raises(DivergenceError) as diverged:
        replay_in_segments(other, snapshot_places(other), len(forged), 1, bar())
    assert diverged.value.tick == entries[number].tick


def test_a_replay_to_a_date_starts_from_the_snapshot_before_it(path: Path, played: Session) -> None:
    entries = read_journal(path)
    for tick in (200, 600, 900, played.end):
        whole = replay(entries, str(path), until=tick)
        session, trusted = replay_to(entries, path, tick)
        assert session.simulation.world == whole.simulation.world
        assert session.view(session.seats[0]) == whole.view(whole.seats[0])
        assert session.ledger.records == whole.ledger.records
    assert trusted == len(entries)


def test_a_replay_to_a_date_does_without_a_damaged_snapshot(path: Path, played: Session) -> None:
    entries, places = read_journal(path), snapshot_places(path)
    change_snapshot(path, places[-1], lambda state: structs.replace(state, simulation=b"damaged"))
    session, trusted = replay_to(entries, path, played.end)
    assert trusted == places[-2]
    assert session.simulation.world == replay(entries, str(path)).simulation.world

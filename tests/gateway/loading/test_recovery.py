"""A restarted session goes on from the last sound snapshot as if it had been replayed from the start."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from counterpoise.gateway.loading.recovery import ended_session, recover
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ServerSecrets
from counterpoise.session.session_snapshot import SessionState, decode_state, encode_state
from counterpoise.session.stored_snapshots import Packed, SnapshotSeries
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.store.folder_shelf import FolderShelf
from counterpoise.store.journal_file import JournalFile
from counterpoise_clients import roster

YEARS = 3


def salt() -> bytes:
    return b"0" * 16


def bots_of(session: Session) -> Mapping[ActorId, Bot]:
    return {seat: roster.load_bot(roster.default_bot(seat, "7"))(f"7/{seat}") for seat in session.seats}


def play_into(journal: JournalFile, session: Session, snapshots: SnapshotSeries | None, until: int) -> None:
    """Play a session, and write what it writes."""

    def keep(running: Session) -> None:
        written = running.take_entries()
        journal.append(written, None if snapshots is None else snapshots.due(running, written))
        running.take_outputs()

    play(session, bots_of(session), until=until, after_stop=keep)


def begin(path: Path, text: str, *, snapshots: bool = True, years: float = YEARS) -> None:
    """Write the journal of a session that stops in mid-game, as if its server had been killed."""
    session = Session(
        scenario_text=text,
        seed="1",
        session_id="s",
        secret="secret",
        streaming=True,
        journal=JournalSettings(secrets=ServerSecrets(salt)),
    )
    with JournalFile.create(path) as journal:
        play_into(journal, session, SnapshotSeries(every=25) if snapshots else None, round(365 * years))


def state_bytes(session: Session) -> bytes:
    session.take_outputs()
    return session.snapshot()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.db"


def read(path: Path) -> list[Entry]:
    with JournalFile.read_only(path) as journal:
        return list(journal.entries())


def test_a_session_is_recovered_from_its_last_snapshot(path: Path, checkerboard: str) -> None:
    begin(path, checkerboard)
    with JournalFile.open(path) as journal:
        recovered = recover(journal, secrets=ServerSecrets(salt))
        last = journal.snapshots.places()[-1]
    entries = read(path)
    assert recovered.replayed == len(entries) - last < len(entries) / 2
    assert state_bytes(recovered.session) == state_bytes(replay(entries, "s", streaming=True))


def test_a_session_without_snapshots_is_replayed_from_the_start(path: Path, checkerboard: str) -> None:
    begin(path, checkerboard, snapshots=False)
    with JournalFile.open(path) as journal:
        recovered = recover(journal, secrets=ServerSecrets(salt))
    assert recovered.replayed == len(read(path))
    assert state_bytes(recovered.session) == state_bytes(replay(read(path), "s", streaming=True))


def test_a_file_of_an_older_release_gets_the_table_of_snapshots(path: Path, checkerboard: str) -> None:
    begin(path, checkerboard, snapshots=False)
    with JournalFile.open(path) as journal, journal._connection as connection:
        connection.execute("DROP TABLE snapshots")
        connection.execute("DROP INDEX entries_texts")
        connection.execute("DROP INDEX entries_inputs")
        connection.execute("DROP INDEX entries_commands")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'snapshots'")
        connection.execute("PRAGMA user_version = 1")
    with JournalFile.read_only(path) as journal:
        assert journal.snapshots.places() == []
    with JournalFile.open(path) as journal:
        recovered = recover(journal, secrets=ServerSecrets(salt))
        play_into(journal, recovered.session, recovered.snapshots, recovered.session.end)
        assert journal.snapshots.places()[-1] == journal.head()[0]


def test_a_recovered_session_goes_on_byte_for_byte(path: Path, tmp_path: Path, checkerboard: str) -> None:
    begin(path, checkerboard)
    with JournalFile.open(path) as journal:
        recovered = recover(journal, secrets=ServerSecrets(salt))
        again = replay(list(journal.entries()), "s", streaming=True, secrets=ServerSecrets(salt))
        play_into(journal, recovered.session, recovered.snapshots, recovered.session.end)
        places = journal.snapshots.places()
        assert places[-1] == journal.head()[0]
        last = journal.snapshots.state_at(places[-1])
    expected: list[Entry] = []
    play(again, bots_of(again), after_stop=lambda session: expected.extend(session.take_entries()))
    assert read(path)[-len(expected) :] == expected
    assert encode_state(last) == state_bytes(again)


def damaged(state: SessionState) -> SessionState:
    return structs.replace(state, simulation=state.simulation[:-3])


def of_other_release(state: SessionState) -> SessionState:
    return structs.replace(state, version=state.version + 1)


def with_a_forged_player(state: SessionState) -> SessionState:
    return structs.replace(state, players={**state.players, "ARD": "nobody"})


def with_an_order_that_nobody_gave(state: SessionState) -> SessionState:
    return structs.replace(state, pending={**state.pending, "ARD": [{"kind": "arm", "effort": 0.1}]})


@pytest.mark.parametrize("change", [damaged, of_other_release, with_a_forged_player, with_an_order_that_nobody_gave])
def test_a_bad_snapshot_is_skipped_and_the_one_before_is_used(
    path: Path, checkerboard: str, change: Callable[[SessionState], SessionState], caplog: pytest.LogCaptureFixture
) -> None:
    begin(path, checkerboard)
    with JournalFile.open(path) as journal:
        places = journal.snapshots.places()
        row = journal.snapshots.get(places[-1])
        state = Packed.of(encode_state(change(decode_state(row.state.raw()))))
        journal.snapshots.delete_after(places[-2])
        with journal._connection:
            journal.snapshots.add(replace(row, state=state))
        with caplog.at_level(logging.WARNING):
            recovered = recover(journal, secrets=ServerSecrets(salt))
        assert f"the snapshot after {places[-1]} entries is not used" in caplog.text
        assert journal.snapshots.places() == places[:-1]
    assert recovered.replayed == len(read(path)) - places[-2]
    assert state_bytes(recovered.session) == state_bytes(replay(read(path), "s", streaming=True))


def test_a_snapshot_of_another_world_is_skipped(
    path: Path, tmp_path: Path, checkerboard: str, caplog: pytest.LogCaptureFixture
) -> None:
    begin(path, checkerboard)
    with JournalFile.open(path) as journal:
        first, *_, last = journal.snapshots.places()
        world = decode_state(journal.snapshots.get(first).state.raw()).simulation
        row = journal.snapshots.get(last)
        state = structs.replace(decode_state(row.state.raw()), simulation=world)
        journal.snapshots.delete_after(last - 1)
        with journal._connection:
            journal.snapshots.add(replace(row, state=Packed.of(encode_state(state))))
        with caplog.at_level(logging.WARNING):
            recovered = recover(journal, secrets=ServerSecrets(salt))
        assert "not the one whose digest the journal has" in caplog.text
    assert state_bytes(recovered.session) == state_bytes(replay(read(path), "s", streaming=True))


def test_if_every_snapshot_is_damaged_the_whole_journal_is_replayed(path: Path, checkerboard: str) -> None:
    begin(path, checkerboard)
    with JournalFile.open(path) as journal:
        with journal._connection as connection:
            connection.execute("UPDATE snapshots SET growth = x'00'")
        recovered = recover(journal, secrets=ServerSecrets(salt))
        assert journal.snapshots.places() == []
    assert recovered.replayed == len(read(path))


def test_an_ended_session_is_known_by_its_header_and_last_entry(path: Path, checkerboard: str) -> None:
    begin(path, checkerboard)
    assert ended_session(FolderShelf(path.parent), path.name) is None
    with JournalFile.open(path) as journal:
        recovered = recover(journal, secrets=ServerSecrets(salt))
        play_into(journal, recovered.session, recovered.snapshots, recovered.session.end)
    ended = ended_session(FolderShelf(path.parent), path.name)
    assert ended is not None
    assert (ended.id, ended.scenario, ended.seed) == ("s", recovered.session.scenario.id, "1")

"""Snapshots in a journal file: stored with the entries, put together on reading, and refused when damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterpoise.errors import SnapshotError
from counterpoise.session.in_process_play import play
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import encode_state
from counterpoise.session.stored_snapshots import SnapshotSeries
from counterpoise.store.journal_file import JournalFile
from counterpoise_clients import roster


@pytest.fixture
def played(path: Path, checkerboard: str) -> Session:
    """A whole game, written with its snapshots."""
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret", streaming=True)
    bots = {seat: roster.load_bot(roster.default_bot(seat, "7"))(f"7/{seat}") for seat in session.seats}
    snapshots = SnapshotSeries(every=30)
    with JournalFile.create(path) as journal:

        def keep(running: Session) -> None:
            written = running.take_entries()
            journal.append(written, snapshots.due(running, written))
            running.take_outputs()

        play(session, bots, after_stop=keep)
    return session


def test_the_snapshots_of_a_game_put_together_are_the_whole_state(path: Path, played: Session) -> None:
    with JournalFile.read_only(path) as journal:
        entries = list(journal.entries())
        places = journal.snapshots.places()
        assert len(places) > 1
        assert places[-1] == len(entries)
        for place in places:
            state = journal.snapshots.state_at(place)
            whole = replay(entries[:place], "j", streaming=True)
            whole.take_outputs()
            assert encode_state(state) == whole.snapshot()
            assert replay(entries, "j", state=state, streaming=True).take_entries() == []


def test_growth_is_stored_once(path: Path, played: Session) -> None:
    with JournalFile.read_only(path) as journal:
        rows = [journal.snapshots.get(place) for place in journal.snapshots.places()]
        whole = journal.snapshots.state_at(rows[-1].entries)
    stored = sum(len(row.growth.raw()) for row in rows)
    assert stored < 1.1 * len(encode_state(whole.growth))


@pytest.mark.parametrize("column", ["state", "growth"])
def test_a_damaged_snapshot_is_refused(path: Path, played: Session, column: str) -> None:
    with JournalFile.open(path) as journal:
        place = journal.snapshots.places()[0]
        journal._connection.execute(f"UPDATE snapshots SET {column} = x'0102' WHERE entries = ?", (place,))
        with pytest.raises(SnapshotError, match="SHA-256"):
            journal.snapshots.state_at(place)


def test_a_snapshot_with_missing_growth_is_refused(path: Path, played: Session) -> None:
    with JournalFile.open(path) as journal:
        first, *_, last = journal.snapshots.places()
        journal._connection.execute("DELETE FROM snapshots WHERE entries = ?", (first,))
        with pytest.raises(SnapshotError, match="missing"):
            journal.snapshots.state_at(last)


def test_a_snapshot_of_another_journal_is_left_out(path: Path, played: Session) -> None:
    with JournalFile.open(path) as journal:
        first, *others = journal.snapshots.places()
        journal._connection.execute("UPDATE snapshots SET chain = 'ab' WHERE entries = ?", (first,))
        assert journal.snapshots.places() == others


def test_redaction_deletes_all_snapshots(path: Path, played: Session) -> None:
    with JournalFile.open(path) as journal:
        journal.redact([])
        assert journal.snapshots.places() == []


def test_no_snapshot_contains_a_text(path: Path, played: Session) -> None:
    with JournalFile.read_only(path) as journal:
        texts = [str(entry.content()["text"]).encode() for entry in journal.texts(10**9)]
        assert texts
        for place in journal.snapshots.places():
            row = journal.snapshots.get(place)
            stored = row.state.raw() + row.growth.raw()
            assert not [text for text in texts if len(text) > 8 and text in stored]

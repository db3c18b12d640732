"""A stored session goes on as if it had never been stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from counterpoise.errors import SnapshotError
from counterpoise.session.commands import SERVER, Start
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import decode_session
from counterpoise.sim.bot import Bot
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId

Make = Callable[..., Session]
Bots = Callable[[Session, str], Mapping[ActorId, Bot]]


def played(session: Session, bots: Mapping[ActorId, Bot], years: float) -> tuple[list[Entry], list[tuple[int, bytes]]]:
    """Play a session; return its entries, and a snapshot after each stop with the number of entries until then."""
    entries: list[Entry] = []
    snapshots: list[tuple[int, bytes]] = []

    def keep(session: Session) -> None:
        entries.extend(session.take_entries())
        session.take_outputs()
        snapshots.append((len(entries), session.snapshot()))

    entries.extend(session.take_entries())
    session.take_outputs()
    play(session, bots, until=round(365 * years), after_stop=keep)
    return entries, snapshots


def test_a_session_restored_at_any_stop_writes_the_rest_of_its_journal(new_session: Make, line_up: Bots) -> None:
    session = new_session(streaming=True)
    entries, snapshots = played(session, line_up(session, "7"), 3.5)
    assert len(snapshots) > 12
    for count, snapshot in snapshots[::2]:
        restored = replay(entries, "journal", streaming=True, state=decode_session(snapshot))
        assert restored.take_entries() == []
        restored.take_outputs()
        assert restored.snapshot() == session.snapshot(), f"restored after {count} entries"


def test_a_restored_session_gives_the_same_ack_for_the_same_order(new_session: Make) -> None:
    session = new_session(streaming=True)
    first, second = session.seats[:2]
    session.command(SERVER, "a" * 32, Start())
    answer = session.submit(first, "b" * 32, 0, Message((second,), "Good day"))
    entries = session.take_entries()
    session.take_outputs()
    restored = replay(entries, "journal", streaming=True, state=decode_session(session.snapshot()))
    again = restored.submit(first, "b" * 32, 0, Message((second,), "Good day"))
    assert (again.ack, again.is_new) == (answer.ack, False)
    assert not restored.has_entries


def test_a_copy_writes_the_same_journal_and_leaves_the_original_alone(new_session: Make, line_up: Bots) -> None:
    session = new_session(streaming=True)
    entries, _ = played(session, line_up(session, "7"), 1.5)
    before = session.snapshot()
    copied = session.copy()
    rest, _ = played(copied, line_up(copied, "7"), 3)
    assert session.snapshot() == before
    assert replay(entries + rest, "journal").take_entries() == []
    assert played(session, line_up(session, "7"), 3)[0] == rest
    assert session.snapshot() == copied.snapshot()


def test_a_snapshot_is_refused_while_entries_wait_to_be_stored(new_session: Make) -> None:
    with pytest.raises(ValueError, match="take the entries"):
        new_session().snapshot()


def test_a_damaged_snapshot_is_refused(new_session: Make) -> None:
    session = new_session()
    entries = session.take_entries()
    snapshot = session.snapshot()
    with pytest.raises(SnapshotError, match="not a snapshot of a session"):
        replay(entries, "journal", state=decode_session(snapshot[:-9]))


def test_a_snapshot_of_another_journal_is_refused(new_session: Make) -> None:
    session, other = new_session("1"), new_session("2")
    session.take_entries()
    with pytest.raises(SnapshotError, match="of another journal"):
        replay(other.take_entries(), "journal", state=decode_session(session.snapshot()))

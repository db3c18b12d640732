"""A journal in PostgreSQL holds what a file holds, and the database lets one process at a time write it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from counterpoise.errors import (
    ConfigurationError,
    CounterpoiseError,
    JournalError,
    LeaseLostError,
    LockedError,
    StorageError,
)
from counterpoise.gateway.loading.recovery import ended_session, recover
from counterpoise.session.commands import SERVER, End
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import check_chain
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ServerSecrets
from counterpoise.session.stored_snapshots import SnapshotSeries
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.store.addresses import read_journal
from counterpoise.store.journal import Journal
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.postgres.postgres_journal import PostgresJournal
from counterpoise.store.postgres.postgres_shelf import PostgresShelf
from counterpoise.store.shelf import Shelf
from counterpoise.store.tokens import Tokens
from counterpoise_clients import roster

Open = Callable[[str], PostgresShelf]
LEASE_ENDS = "SELECT expires FROM counterpoise.leases"
NOW = "SELECT clock_timestamp()"
ROWS = """SELECT
    (SELECT count(*) FROM counterpoise.entries), (SELECT count(*) FROM counterpoise.snapshots),
    (SELECT array_agg(tokens ORDER BY id)::text FROM counterpoise.tokens AS tokens)"""


@pytest.fixture
def lease_seconds() -> float:
    """How long a lease lasts: longer than any test that does not wait for its end."""
    return 60.0


@pytest.fixture
def shelf(database: str, lease_seconds: float) -> Iterator[Open]:
    """Opens the shelf of the database for a process that answers at a URL."""

    shelves: list[PostgresShelf] = []

    def open_for(url: str) -> PostgresShelf:
        opened = PostgresShelf(database, lease_seconds=lease_seconds)
        shelves.append(opened)
        opened.open(url)
        return opened

    yield open_for
    for opened in shelves:
        opened.close()


@pytest.fixture
def session(checkerboard: str) -> Session:
    settings = JournalSettings(secrets=ServerSecrets(lambda: b"0" * 16))
    return Session(
        scenario_text=checkerboard, seed="1", session_id="s", secret="secret", streaming=True, journal=settings
    )


@pytest.fixture
def journal(shelf: Open, session: Session) -> Iterator[PostgresJournal]:
    """The journal of a session that has just begun, claimed by the process at ``http://first``."""
    with shelf("http://first").create("s") as made:
        made.append(session.take_entries())
        yield made


def bots_of(session: Session) -> Mapping[ActorId, Bot]:
    return {seat: roster.load_bot("status-quo")(f"7/{seat}") for seat in session.seats}


def rows(database: str) -> tuple[object, ...]:
    with psycopg.connect(database) as connection:
        found = connection.execute(ROWS).fetchone()
    assert found is not None
    return tuple(found)


def one_time(database: str, query: str) -> datetime:
    """Return the one time that a query finds."""
    with psycopg.connect(database) as connection:
        found = connection.execute(query).fetchone()
    assert found is not None
    assert isinstance(found[0], datetime)
    return found[0]


def end_lease(database: str) -> None:
    """Let the lease of every session run out, as if its process had been silent for long."""
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE counterpoise.leases SET expires = clock_timestamp() - interval '1 second'")


def test_a_game_in_a_database_is_resumed_as_one_in_a_file(
    journal: Journal, session: Session, shelf: Open, tmp_path: Path
) -> None:
    snapshots = SnapshotSeries(every=25)
    with JournalFile.create(tmp_path / "s.db") as file:
        file.append(list(journal.entries()))

        def keep(running: Session) -> None:
            written = running.take_entries()
            taken = snapshots.due(running, written)
            for each in (journal, file):
                each.append(written, taken)
            running.take_outputs()

        play(session, bots_of(session), until=700, after_stop=keep)
        assert len(journal.snapshots.places()) >= 2
        length, _ = journal.head()
        for read in (
            lambda one: one.head(),
            lambda one: list(one.entries(3)),
            lambda one: one.evidence(length),
            lambda one: one.texts(length),
            lambda one: (one.snapshots.places(), one.snapshots.state_at(one.snapshots.places()[-1])),
        ):
            assert read(journal) == read(file)
        in_file = recover(file, secrets=ServerSecrets(lambda: b"0" * 16))
    journal.close()
    shelf_after: Shelf = shelf("http://second")
    assert ended_session(shelf_after, "s") is None
    with shelf_after.claim("s") as claimed:
        recovered = recover(claimed, secrets=ServerSecrets(lambda: b"0" * 16))
    assert 0 < recovered.replayed < length
    states = [one.session for one in (recovered, in_file)]
    for state in states:
        state.take_outputs()
    assert states[0].snapshot() == states[1].snapshot()


def test_a_database_of_the_version_before_gets_what_its_tokens_lack(
    journal: Journal, shelf: Open, database: str
) -> None:
    link = journal.tokens.issue("player", "ARD")
    journal.close()
    with psycopg.connect(database) as connection:
        connection.execute("ALTER TABLE counterpoise.tokens DROP COLUMN salt")
        connection.execute(
            "UPDATE counterpoise.tokens SET previous_until = 60 + extract(epoch FROM clock_timestamp()), "
            "created_at = created_at - 50 * 86400"
        )
        connection.execute("UPDATE counterpoise.version SET version = 2")
    with shelf("http://second").claim("s") as upgraded:
        assert upgraded.tokens.claim(link) is not None
        assert upgraded.tokens.claim(link) is not None


def test_a_copy_in_a_file_has_everything_and_verifies(
    journal: Journal, session: Session, database: str, tmp_path: Path
) -> None:
    journal.append_snapshot(SnapshotSeries().take(session))
    token = journal.tokens.issue("player", "ARD")
    claimed = journal.tokens.claim(token, "Ada")
    assert claimed is not None
    with read_journal(f"{database}#s") as reader:
        reader.copy_to(tmp_path / "copy.db")
    with JournalFile.read_only(tmp_path / "copy.db") as copy:
        assert list(check_chain(copy.entries(), "copy")) == list(journal.entries())
        assert copy.snapshots.places() == journal.snapshots.places() == [4]
        assert copy.tokens.holders() == {"ARD": "Ada"}
        assert copy.tokens.find(claimed.next_token) is not None
    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]


def test_a_process_whose_session_was_taken_over_writes_nothing(
    journal: Journal, session: Session, database: str, shelf: Open
) -> None:
    token = journal.tokens.issue("player", "ARD")
    end_lease(database)
    with shelf("http://second").claim("s") as other:
        before = rows(database)
        session.take_outputs()
        later = SnapshotSeries().take(session)
        session.command(SERVER, "e" * 32, End())
        entries = session.take_entries()
        attempts: list[Callable[[], object]] = [
            lambda: journal.tokens.claim(token, "Ada"),
            lambda: journal.tokens.issue("moderator"),
            lambda: journal.tokens.revoke("player", "ARD"),
            lambda: journal.snapshots.delete_after(0),
            lambda: journal.append_snapshot(later),
            journal.renew,
            lambda: journal.append(entries),
        ]
        for attempt in attempts:
            with pytest.raises(LeaseLostError, match="http://second has taken the session over"):
                attempt()
        journal.close()  # and releases no lease that it does not have
        assert rows(database) == before
        other.renew()
        assert other.tokens.claim(token, "Ada") is not None


def test_entries_that_follow_those_of_another_process_are_refused_before_they_are_compared(
    journal: Journal, session: Session, database: str, shelf: Open
) -> None:
    play(session, bots_of(session), until=200)
    written = session.take_entries()
    end_lease(database)
    with shelf("http://second").claim("s") as other:
        other.append(written[:2])
        with pytest.raises(LeaseLostError, match="taken the session over"):
            journal.append(written)
        assert len(list(other.entries())) == 6
    with pytest.raises(LeaseLostError):  # it writes nothing more, whoever has the lease
        journal.append(written)


def test_of_many_processes_that_claim_a_session_at_once_one_gets_it(
    database: str, journal: Journal, shelf: Open
) -> None:
    end_lease(database)
    outcomes: list[object] = []
    shelves = [shelf(f"http://{number}") for number in range(6)]
    all_have_tried = threading.Barrier(len(shelves), timeout=20)

    def claim(one: PostgresShelf) -> None:
        try:
            with one.claim("s"):
                outcomes.append("claimed")
                all_have_tried.wait()
        except LockedError as error:
            outcomes.append(error)
            all_have_tried.wait()

    threads = [threading.Thread(target=claim, args=(one,)) for one in shelves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [outcome for outcome in outcomes if isinstance(outcome, LockedError)]
    assert (len(outcomes), len(refused)) == (6, 5)
    assert len({error.owner for error in refused}) == 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize("lease_seconds", [1.0])
def test_a_process_that_is_stopped_while_it_writes_keeps_others_out_for_a_few_seconds_only(
    journal: PostgresJournal, session: Session, shelf: Open, database: str
) -> None:
    play(session, bots_of(session), until=200)
    written = session.take_entries()
    assert journal._lease is not None
    journal._connection.execute("BEGIN")
    journal._lease.hold(journal._connection)
    # The process is stopped here, with the row of its lease locked.
    held_until = one_time(database, LEASE_ENDS)
    second, other = shelf("http://second"), None
    began = time.monotonic()
    while other is None:
        with suppress(LockedError):
            other = second.claim("s")
    assert one_time(database, NOW) > held_until
    assert time.monotonic() - began < 20
    with pytest.raises(LeaseLostError, match="the database has failed"):
        journal.append(written)
    assert other.head()[0] == len(list(other.entries())) == 4
    other.close()


def test_a_database_that_fails_is_named_in_plain_words(journal: Journal, session: Session, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    with pytest.raises(LeaseLostError, match=r"#s: the database has failed \(") as caught:
        journal.renew()
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 75
    journal.close()


def test_the_database_refuses_to_change_an_entry_and_lets_a_body_be_erased(journal: Journal, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        for change in ("tick = tick + 1", "body = 'x'", "commitment = ''", "body = '', salt = '', chain = ''"):
            with pytest.raises(psycopg.errors.RaiseException, match="only ever added to"):
                connection.execute(f"UPDATE counterpoise.entries SET {change}")
        connection.execute("UPDATE counterpoise.entries SET body = '', salt = '' WHERE sequence = 2")
    erased = journal.entry(2)
    assert erased is not None
    assert erased.is_redacted
    assert len(list(check_chain(journal.entries(), "s"))) == 4


def test_a_shelf_lists_finds_and_names_sessions(journal: Journal, session: Session, shelf: Open, database: str) -> None:
    first, second = shelf("http://first"), shelf("http://second")
    assert (first.names(), first.unclaimed()) == (["s"], [])
    assert first.find("s") == f"{database}#s"
    assert first.find("t") is None
    with pytest.raises(ConfigurationError, match="the session exists"):
        second.create("s")
    with pytest.raises(JournalError, match="no session of this name"):
        second.read("t")
    with pytest.raises(LockedError, match="the server at http://first serves this session") as caught:
        second.claim("s")
    assert caught.value.owner == "http://first"
    journal.close()
    assert second.unclaimed() == ["s"]
    with second.claim("s") as claimed:
        session.command(SERVER, "e" * 32, End())
        claimed.append(session.take_entries())
    assert second.unclaimed() == [], "its game is over"
    ended = ended_session(second, "s")
    assert ended is not None
    assert (ended.id, ended.journal) == ("s", "s")


@pytest.mark.parametrize("lease_seconds", [1.0])
def test_a_process_waits_for_the_lease_that_its_predecessor_at_the_same_address_has_left(
    journal: Journal, shelf: Open, database: str
) -> None:
    held_until = one_time(database, LEASE_ENDS)
    with shelf("http://first").claim("s") as claimed:
        assert one_time(database, NOW) > held_until
        with pytest.raises(LeaseLostError):
            journal.renew()
        assert claimed.head()[0] == 4


@pytest.mark.parametrize(
    ("url", "error", "said"),
    [
        ("postgresql://counterpoise:geheim@127.0.0.1:1/x", ConfigurationError, "has a password"),
        ("postgresql://[::1/x", ConfigurationError, "malformed"),
        ("postgresql://counterpoise@127.0.0.1:1/x", StorageError, "cannot reach the database"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(
    url: str, error: type[CounterpoiseError], said: str
) -> None:
    with pytest.raises(error, match=said) as caught:
        PostgresShelf(url).open("http://first")
    assert "geheim" not in str(caught.value)


def test_tables_of_another_release_are_refused(shelf: Open, database: str) -> None:
    shelf("http://first")
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE counterpoise.version SET version = 7")
    with pytest.raises(StorageError, match="its tables have version 7; this release uses 3"):
        shelf("http://first")


def test_a_file_becomes_a_session_whole_or_not_at_all(
    session: Session, shelf: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = shelf("http://first")
    with opened.create("other") as other:
        for seat in ("ARD", "BEL", "COR"):
            other.tokens.issue("player", seat)
    with JournalFile.create(tmp_path / "s.db") as file:
        file.append(session.take_entries())
        file.append_snapshot(SnapshotSeries().take(session))
        claimed = file.tokens.claim(file.tokens.issue("player", "ARD"), "Ada")
        assert claimed is not None
        with monkeypatch.context() as patch:
            patch.setattr(Tokens, "add_rows", _fail)
            with pytest.raises(ZeroDivisionError):
                opened.adopt("s", file)
        assert opened.names() == ["other"]
        opened.adopt("s", file)
        with pytest.raises(ConfigurationError, match="the session exists"):
            opened.adopt("s", file)
        with opened.claim("s") as journal:
            assert list(journal.entries()) == list(file.entries())
            assert journal.snapshots.state_at(4) == file.snapshots.state_at(4)
            assert journal.facts() == file.facts()
            assert journal.tokens.find(claimed.next_token) is not None
            assert journal.tokens.all_rows() == file.tokens.all_rows()
            assert journal.tokens.find(journal.tokens.issue("observer")) is not None


def _fail(*arguments: object) -> None:
    raise ZeroDivisionError

"""A journal file keeps its entries, refuses damaged files, and reading it never creates a file."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counterpoise.errors import ConfigurationError, JournalError, LockedError, StorageError
from counterpoise.gateway.signing.server_key import ServerKey
from counterpoise.session.commands import SERVER, End, Start, local_id
from counterpoise.session.journal.entries import GENESIS, Entry, check_chain
from counterpoise.session.proofs.checkpoints import write_checkpoint
from counterpoise.session.running_session import Session
from counterpoise.store.fact_table import ENDED_AT
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.lock import FileLock
from counterpoise.store.sqlite import sqlite3

Make = Callable[[int], list[Entry]]


def test_appended_entries_are_read_back_after_closing(path: Path, some_entries: Make) -> None:
    entries = some_entries(50)
    with JournalFile.create(path) as journal:
        assert journal.head() == (0, GENESIS)
        journal.append(entries[:20])
        journal.append(entries[20:])
        assert journal.head() == (50, entries[-1].chain)
    with JournalFile.read_only(path) as journal:
        assert list(journal.entries()) == entries
        assert list(journal.entries(48)) == entries[48:]
        assert journal.head() == (50, entries[-1].chain)


def test_a_closed_journal_is_one_file_beside_its_lock(path: Path, some_entries: Make) -> None:
    with JournalFile.create(path) as journal:
        journal.append(some_entries(3))
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["game.db", "game.db.lock"]
    with JournalFile.read_only(path) as journal:
        list(journal.entries())
        assert sorted(entry.name for entry in path.parent.iterdir()) == ["game.db", "game.db.lock"]


def test_a_reader_sees_a_journal_in_use(path: Path, some_entries: Make) -> None:
    with JournalFile.create(path) as journal:
        journal.append(some_entries(3))
        with JournalFile.read_only(path) as reader:
            assert len(list(reader.entries())) == 3
            journal.append(some_entries(2))
            assert len(list(reader.entries())) == 5


def test_a_file_at_rest_in_wal_mode_is_read_without_making_a_log(
    path: Path, some_entries: Make, tmp_path: Path
) -> None:
    with JournalFile.create(path) as journal:
        journal.append(some_entries(3))
        journal.tidy()
        alone = tmp_path / "elsewhere" / "copy.db"
        alone.parent.mkdir()
        shutil.copy(path, alone)
    with JournalFile.read_only(alone) as reader:
        assert len(list(reader.entries())) == 3
    assert [entry.name for entry in alone.parent.iterdir()] == ["copy.db"]


def test_a_crashed_journal_is_read_and_resumed_from_its_log(path: Path, some_entries: Make, tmp_path: Path) -> None:
    entries = some_entries(30)
    crashed = tmp_path / "crashed" / "game.db"
    crashed.parent.mkdir()
    with JournalFile.create(path) as journal:
        journal.append(entries)
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{crashed}{suffix}")
    with JournalFile.read_only(crashed) as reader:
        assert list(reader.entries()) == entries
    with JournalFile.open(crashed) as journal:
        journal.append(some_entries(1))
        assert journal.head()[0] == 31


def test_every_truncation_of_the_log_leaves_a_prefix(path: Path, some_entries: Make, tmp_path: Path) -> None:
    entries = some_entries(40)
    with JournalFile.create(path) as journal:
        journal.tidy()
        for entry in entries:
            journal.append([entry])
        main, log = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    torn = tmp_path / "torn.db"
    for length in range(0, len(log), max(1, len(log) // 60)):
        torn.write_bytes(main)
        Path(f"{torn}-wal").write_bytes(log[:length])
        Path(f"{torn}-shm").unlink(missing_ok=True)
        with JournalFile.read_only(torn) as reader:
            kept = list(check_chain(reader.entries(), "torn"))
        assert kept == entries[: len(kept)]


def test_a_second_writer_is_refused_until_the_first_closes(path: Path) -> None:
    with JournalFile.create(path):
        with pytest.raises(LockedError) as caught:
            JournalFile.open(path)
        assert caught.value.exit_code == 75
    JournalFile.open(path).close()


def test_another_process_is_locked_out_too(path: Path) -> None:
    with JournalFile.create(path):
        program = (
            "import sys\nfrom counterpoise.errors import LockedError\n"
            "from counterpoise.store.journal_file import JournalFile\n"
            "try: JournalFile.open(sys.argv[1])\nexcept LockedError as error: sys.exit(error.exit_code)\n"
        )
        done = subprocess.run([sys.executable, "-c", program, str(path)], timeout=60, check=False)
    assert done.returncode == 75


def test_a_new_journal_never_replaces_a_file(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(ConfigurationError, match="the file exists"):
        JournalFile.create(path)
    assert path.read_text() == "precious"
    path.unlink()
    JournalFile.create(path).close()  # and the lock was let go


@pytest.mark.parametrize("opener", [JournalFile.open, JournalFile.read_only])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such file"),
        (b"", "an empty file"),
        (b"once upon a time" * 40, "not a SQLite file"),
        (b"SQLite format 3\x00" + b"\x00" * 20, "truncated"),
        (b"SQLite format 3\x00" + b"\xff" * 2000, ""),
    ],
    ids=["missing", "empty", "garbage", "stub", "ruined header"],
)
def test_a_file_that_is_no_journal_is_named_and_left_alone(
    opener: Callable[[Path], JournalFile], content: bytes | None, said: str, path: Path
) -> None:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(JournalError) as caught:
        opener(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)
    assert (path.read_bytes() if path.exists() else None) == content


@pytest.mark.parametrize("opener", [JournalFile.open, JournalFile.read_only])
def test_another_programs_database_is_not_taken_for_a_journal(
    opener: Callable[[Path], JournalFile], path: Path
) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE entries (sequence INTEGER)")
    connection.close()
    with pytest.raises(JournalError, match="not a counterpoise journal"):
        opener(path)


def test_a_newer_version_of_the_tables_is_refused_by_number(path: Path) -> None:
    JournalFile.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(JournalError, match="version 99"):
        JournalFile.read_only(path)


@pytest.mark.parametrize("opener", [JournalFile.open, JournalFile.read_only])
def test_a_truncated_journal_is_named(opener: Callable[[Path], JournalFile], path: Path, some_entries: Make) -> None:
    with JournalFile.create(path) as journal:
        journal.append(some_entries(200))
    whole = path.read_bytes()
    for length in (len(whole) - 1, len(whole) // 2, 5000, 512, 99):
        path.write_bytes(whole[:length])
        with pytest.raises(JournalError, match="truncated"):
            opener(path)


def test_a_damaged_page_is_found(path: Path, some_entries: Make) -> None:
    with JournalFile.create(path) as journal:
        journal.append(some_entries(400))
    whole = bytearray(path.read_bytes())
    whole[8192:12288] = b"\x5a" * 4096
    path.write_bytes(whole)
    with pytest.raises(JournalError, match="damaged or truncated") as caught, JournalFile.read_only(path) as reader:
        list(reader.entries())
    assert "database" not in str(caught.value), "the library's own words help nobody"
    assert "\n" not in str(caught.value)


def test_entries_are_never_changed_or_deleted_but_may_be_redacted(path: Path, some_entries: Make) -> None:
    entries = some_entries(3)
    with JournalFile.create(path) as journal:
        journal.append(entries)
        for statement in (
            "DELETE FROM entries WHERE sequence = 1",
            "UPDATE entries SET tick = 9 WHERE sequence = 1",
            "UPDATE entries SET body = x'7b7d' WHERE sequence = 1",
            "UPDATE entries SET body = x'', salt = x'', kind = 'end' WHERE sequence = 1",
            "INSERT OR REPLACE INTO entries SELECT sequence, 9, kind, salt, commitment, chain, body FROM entries",
        ):
            with pytest.raises(sqlite3.Error, match="only ever added to"):
                journal._connection.execute(statement)
            journal._connection.rollback()
        journal.redact([1])
        redacted = list(check_chain(journal.entries(), "redacted"))
    assert [entry.body for entry in redacted] == [entries[0].body, b"", entries[2].body]


def test_an_entry_out_of_turn_stops_the_journal(path: Path, some_entries: Make) -> None:
    entries = some_entries(5)
    with JournalFile.create(path) as journal:
        journal.append(entries[:2])
        with pytest.raises(StorageError, match="expected entry 2, got entry 3"):
            journal.append(entries[3:])
        with pytest.raises(StorageError, match="an earlier write failed"):
            journal.append(entries[2:3])


@pytest.mark.parametrize("free", [0, 4096, 40_000])
def test_a_journal_that_a_full_disk_keeps_from_being_made_leaves_no_file_behind(path: Path, free: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (free, hard))  # a write beyond it fails as on a full disk
    try:
        with pytest.raises(StorageError, match="cannot create the journal"):
            JournalFile.create(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(path.parent.iterdir()) == []
    JournalFile.create(path).close()


def test_a_lock_whose_file_was_removed_meanwhile_locks_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = FileLock(path)

    def remove_first(descriptor: int, operation: int) -> None:
        first.remove()  # its process gives up just now

    monkeypatch.setattr("fcntl.flock", remove_first)
    with pytest.raises(LockedError):
        FileLock(path)
    monkeypatch.undo()
    FileLock(path).release()


def test_a_full_disk_is_a_storage_error_and_nothing_follows_it(path: Path, some_entries: Make) -> None:
    kept = some_entries(5)
    with JournalFile.create(path) as journal:
        journal.append(kept)
        pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
        journal._connection.execute(f"PRAGMA max_page_count = {pages:d}")
        with pytest.raises(StorageError) as caught:
            journal.append(some_entries(500))
        assert caught.value.exit_code == 74
        with pytest.raises(StorageError):
            journal.append(some_entries(1))
    with JournalFile.read_only(path) as reader:
        assert list(reader.entries()) == kept


def test_a_reader_cannot_write(path: Path, some_entries: Make) -> None:
    JournalFile.create(path).close()
    with JournalFile.read_only(path) as reader, pytest.raises(StorageError, match="reading only"):
        reader.append(some_entries(1))


def test_a_missing_folder_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        JournalFile.create(tmp_path / "nowhere" / "game.db")


def test_the_file_has_an_application_id_and_no_permissions_for_others(path: Path) -> None:
    JournalFile.create(path).close()
    assert path.read_bytes()[68:72] == b"CPJ1"
    assert os.stat(path).st_mode & 0o077 == 0


def test_facts_are_kept_beside_the_entries(path: Path) -> None:
    with JournalFile.create(path) as journal:
        journal.note("title", "one")
        journal.note("title", "two")
    with JournalFile.read_only(path) as reader:
        assert reader.fact("title") == "two"
        assert reader.fact("created_at") is not None
        assert reader.fact("nothing") is None


def test_the_moment_at_which_a_game_ended_is_a_fact_of_its_journal(path: Path, checkerboard: str) -> None:
    key = ServerKey(Ed25519PrivateKey.generate(), lambda: b"0" * 16)
    session = Session(scenario_text=checkerboard, seed="7", session_id="g", secret="s")
    with JournalFile.create(path) as journal:
        session.command(SERVER, local_id("g", SERVER, 0), Start())
        journal.append(session.take_entries())
        assert journal.fact(ENDED_AT) is None
        session.command(SERVER, local_id("g", SERVER, 1), End())
        write_checkpoint(session, key, key.salt())  # a server stores it together with the end
        journal.append(session.take_entries())
        assert abs(float(journal.fact(ENDED_AT) or 0) - time.time()) < 60

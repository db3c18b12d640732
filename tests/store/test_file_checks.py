"""A database that is no journal, or was made to cost its reader time or memory, is refused at once and named."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counterpoise.errors import JournalError, StorageError
from counterpoise.session.journal.entries import Chain, Entry, check_chain
from counterpoise.store import file_checks
from counterpoise.store.file_checks import unreadable
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.schema import COLUMNS
from counterpoise.store.sqlite import sqlite3
from counterpoise.torture.hostile_journals import CHANGES, PAGE, change, make_pages_endless

Make = Callable[[int], list[Entry]]


@pytest.fixture
def journal(path: Path, some_entries: Make) -> Path:
    """A closed journal."""
    with JournalFile.create(path) as made:
        made.append(some_entries(40))
    return path


def test_the_tables_that_files_are_compared_with_are_those_that_a_new_journal_has(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        assert sorted(name for name in names if not name.startswith("_")) == sorted(COLUMNS)
        for table, columns in COLUMNS.items():
            found = connection.execute("SELECT name, type FROM pragma_table_xinfo(?)", (table,))
            assert dict(found.fetchall()) == columns


@pytest.mark.parametrize("opener", [JournalFile.open, JournalFile.read_only])
@pytest.mark.parametrize(("sql", "said"), CHANGES.values(), ids=CHANGES)
def test_a_database_with_anything_but_the_tables_of_a_journal_is_refused(
    journal: Path, opener: Callable[[Path], JournalFile], sql: str, said: str
) -> None:
    change(journal, sql)
    began = time.monotonic()
    with pytest.raises(JournalError, match=said) as refused, opener(journal) as file:
        list(file.entries())
    assert refused.value.exit_code == 65
    assert time.monotonic() - began < 10
    assert str(refused.value).startswith(f"{journal}: ")


def test_pages_that_name_each_other_too_often_do_not_keep_a_reader(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_checks, "CHECK_SECONDS", 1.0)
    make_pages_endless(journal)
    began = time.monotonic()
    with pytest.raises(JournalError):
        JournalFile.read_only(journal)
    assert time.monotonic() - began < 10


def test_the_disk_is_to_blame_for_what_the_content_is_not(path: Path) -> None:
    disk = unreadable(path, sqlite3.OperationalError("disk I/O error"))
    assert (type(disk), disk.exit_code) == (StorageError, 74)
    for text in ("no such table: entries", "database disk image is malformed", "interrupted"):
        assert unreadable(path, sqlite3.OperationalError(text)).exit_code == 65


@pytest.fixture
def in_use(path: Path, some_entries: Make) -> Iterator[JournalFile]:
    """An open journal, with one entry in the file and the others in its log."""
    with JournalFile.create(path) as made:
        made.append(some_entries(1))
        made.append(some_entries(20))
        yield made


def log(path: Path) -> Path:
    return Path(f"{path}-wal")


def test_a_journal_that_was_copied_in_use_without_its_log_says_so(in_use: JournalFile, tmp_path: Path) -> None:
    alone = Path(shutil.copy(in_use.path, tmp_path / "alone.db"))
    with JournalFile.read_only(alone) as reader:
        assert reader.lacks_log
        assert reader.head()[0] == 1
    both = Path(shutil.copy(in_use.path, tmp_path / "both.db"))
    shutil.copy(log(in_use.path), log(both))
    for path in (both, in_use.path):
        with JournalFile.read_only(path) as reader:
            assert not reader.lacks_log
            assert reader.head() == in_use.head()
    in_use.close()
    with JournalFile.read_only(in_use.path) as reader:
        assert not reader.lacks_log


def test_a_writer_of_a_copy_without_its_log_warns(
    in_use: JournalFile, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    alone = Path(shutil.copy(in_use.path, tmp_path / "alone.db"))
    JournalFile.open(alone).close()
    assert "its last entries may be missing" in caplog.text
    caplog.clear()
    JournalFile.open(alone).close()  # it was closed in good order now
    assert not caplog.text


def test_a_copy_of_which_everything_is_in_the_log_names_the_log(path: Path, tmp_path: Path) -> None:
    with JournalFile.create(path):
        alone = Path(shutil.copy(path, tmp_path / "alone.db"))
    with pytest.raises(JournalError, match=r"its log, alone\.db-wal, is missing"):
        JournalFile.read_only(alone)


@pytest.mark.parametrize("opener", [JournalFile.open, JournalFile.read_only])
@pytest.mark.parametrize("is_older", [False, True])
def test_a_log_of_another_journal_or_of_an_earlier_time_is_refused_and_changes_nothing(
    in_use: JournalFile,
    some_entries: Make,
    tmp_path: Path,
    opener: Callable[[Path], JournalFile],
    is_older: bool,
) -> None:
    strange = tmp_path / "strange.db"
    if is_older:
        shutil.copy(log(in_use.path), log(strange))
        in_use.append(some_entries(60))
        in_use.tidy()
        shutil.copy(in_use.path, strange)
    else:
        shutil.copy(in_use.path, strange)
        other_chain = Chain("another secret")
        with JournalFile.create(tmp_path / "other.db") as other:
            other.append([other_chain.entry(0, "header", {"n": 0})])
            other.append([other_chain.entry(1, "order", {"n": n, "text": "x" * 40}) for n in range(30)])
            shutil.copy(log(other.path), log(strange))
    before = strange.read_bytes(), log(strange).read_bytes()
    with pytest.raises(JournalError) as refused:
        opener(strange)
    assert refused.value.exit_code == 65
    assert "strange.db-wal" in str(refused.value)
    assert (strange.read_bytes(), log(strange).read_bytes()) == before
    log(strange).unlink()
    with JournalFile.read_only(strange) as reader:
        assert list(check_chain(reader.entries(), "strange"))


def test_a_copy_is_whole_and_needs_no_log(in_use: JournalFile, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with JournalFile.read_only(in_use.path) as reader:
        reader.copy_to(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not log(copy).exists()
    with JournalFile.read_only(copy) as reader:
        assert not reader.lacks_log
        assert list(reader.entries()) == list(in_use.entries())


INTERRUPTED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("DROP TRIGGER entries_keep")
connection.execute("UPDATE entries SET tick = tick + 1")
os._exit(9)
"""
"""Changes a database without a log, and is killed before the end."""


def test_pages_to_restore_of_another_database_are_refused_and_change_nothing(
    journal: Path, some_entries: Make, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    other_chain = Chain("another secret")
    with JournalFile.create(other) as file:
        file.append([other_chain.entry(0, "header", {"n": n, "text": "x" * 40}) for n in range(300)])
    subprocess.run([sys.executable, "-c", INTERRUPTED, str(other)], check=False)
    beside = Path(f"{journal}-journal")
    shutil.copy(f"{other}-journal", beside)
    before = journal.read_bytes(), beside.read_bytes()
    with pytest.raises(JournalError, match=r"game\.db-journal, is of another database"):
        JournalFile.open(journal)
    assert (journal.read_bytes(), beside.read_bytes()) == before
    with JournalFile.read_only(journal) as reader:
        assert reader.head()[0] == 40


def test_a_journal_is_opened_although_a_crash_left_its_own_first_page_beside_it(journal: Path) -> None:
    page = bytearray(journal.read_bytes()[:PAGE])
    count, nonce = len(journal.read_bytes()) // PAGE, 7
    page[24:28] = b"\x00\x00\x00\x01"
    checksum = (nonce + sum(page[place] for place in range(PAGE - 200, 0, -200))) & 0xFFFFFFFF
    header = bytes.fromhex("d9d505f920a163d7") + struct.pack(">IIIII", 1, nonce, count, 512, PAGE)
    record = struct.pack(">I", 1) + page + struct.pack(">I", checksum)
    Path(f"{journal}-journal").write_bytes(header.ljust(512, b"\x00") + record)
    with JournalFile.open(journal) as opened:
        assert opened.head()[0] == 40


@pytest.mark.parametrize("content", [b"", b"\x00" * 600, b"notes"])
def test_a_file_that_sqlite_ignores_is_ignored(journal: Path, content: bytes) -> None:
    Path(f"{journal}-journal").write_bytes(content)
    with JournalFile.open(journal) as opened:
        assert opened.head()[0] == 40

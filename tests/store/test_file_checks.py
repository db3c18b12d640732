"""A database that is no journal, or was made to cost its reader time or memory, is refused at once and named."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from counterpoise.errors import JournalError, StorageError
from counterpoise.session.journal.entries import Entry
from counterpoise.store import file_checks
from counterpoise.store.file_checks import unreadable
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.schema import COLUMNS
from counterpoise.store.sqlite import sqlite3

Make = Callable[[int], list[Entry]]
PAGE = 4096
ENDLESS = (
    "DROP TABLE entries; CREATE VIEW entries AS WITH RECURSIVE rows(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM rows)"
    " SELECT n AS sequence, 0 AS tick, 'order' AS kind, x'' AS salt, '' AS commitment, '' AS chain, x'' AS body FROM rows"
)
NOT_STRICT = (
    "ALTER TABLE facts RENAME TO old; CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);"
    " INSERT INTO facts SELECT * FROM old; DROP TABLE old"
)


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
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ENDLESS, "the view entries"),
        ("CREATE TABLE extra (x)", "the table extra"),
        ('CREATE TABLE "x y; --" (x)', "the table with a strange name"),
        ("CREATE VIRTUAL TABLE words USING fts5(word)", "the table words"),
        ("CREATE TRIGGER erase AFTER INSERT ON entries BEGIN DELETE FROM tokens; END", "the trigger erase"),
        (
            "ALTER TABLE entries ADD COLUMN more INTEGER GENERATED ALWAYS AS (1) VIRTUAL",
            "table entries has other columns",
        ),
        ("ALTER TABLE tokens DROP COLUMN revoked", "table tokens has other columns"),
        ("DROP TABLE tokens", "table tokens is missing"),
        (NOT_STRICT, "table facts is missing or of another form"),
        ("UPDATE entries SET chain = CAST(x'fffe' AS TEXT) WHERE sequence = 39", "not UTF-8"),
        ("UPDATE entries SET body = zeroblob(70000000) WHERE sequence = 39", "a value of more than 64 MiB"),
    ],
)
def test_a_database_with_anything_but_the_tables_of_a_journal_is_refused(
    journal: Path, opener: Callable[[Path], JournalFile], change: str, said: str
) -> None:
    with closing(sqlite3.connect(journal)) as connection:
        connection.executescript(f"DROP TRIGGER entries_keep; DROP TRIGGER entries_stay; {change}")
    began = time.monotonic()
    with pytest.raises(JournalError, match=said) as refused, opener(journal) as file:
        list(file.entries())
    assert refused.value.exit_code == 65
    assert time.monotonic() - began < 10
    assert str(refused.value).startswith(f"{journal}: ")


def interior(child: int, offset: int = 0) -> bytearray:
    """An inner page of a table that names one child three hundred times."""
    page, start, places = bytearray(PAGE), PAGE, []
    for _ in range(300):
        start -= 5
        page[start : start + 5] = struct.pack(">IB", child, 1)
        places.append(start)
    page[offset : offset + 12] = struct.pack(">BHHHBI", 5, 0, 300, start, 0, child)
    page[offset + 12 : offset + 612] = struct.pack(">300H", *places)
    return page


def test_pages_that_name_each_other_too_often_do_not_keep_a_reader(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_checks, "CHECK_SECONDS", 1.0)
    data = bytearray(journal.read_bytes())
    first, schema = len(data) // PAGE + 1, bytes(data[:PAGE])
    count = struct.unpack(">H", schema[103:105])[0]
    leaf = bytearray(schema)
    leaf[:8], leaf[8 : 8 + 2 * count] = schema[100:108], schema[108 : 108 + 2 * count]
    data[100:PAGE] = interior(first, 100)[100:]
    for level in range(7):
        data += interior(first + level + 1)
    data += leaf
    data[28:32] = struct.pack(">I", len(data) // PAGE)
    journal.write_bytes(data)  # its list of tables is now 300 to the power of 8 long
    began = time.monotonic()
    with pytest.raises(JournalError):
        JournalFile.read_only(journal)
    assert time.monotonic() - began < 10


def test_the_disk_is_to_blame_for_what_the_content_is_not(path: Path) -> None:
    disk = unreadable(path, sqlite3.OperationalError("disk I/O error"))
    assert (type(disk), disk.exit_code) == (StorageError, 74)
    for text in ("no such table: entries", "database disk image is malformed", "interrupted"):
        assert unreadable(path, sqlite3.OperationalError(text)).exit_code == 65

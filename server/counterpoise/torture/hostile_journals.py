"""Databases that are no journals, or were made to cost their reader time or memory."""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from counterpoise.session.journal.entries import GENESIS, Entry, canonical, commitment_of, link
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.sqlite import sqlite3

PAGE = 4096
APPLICATION_ID_PLACE = 68
ENDLESS = (
    "DROP TABLE entries; CREATE VIEW entries AS WITH RECURSIVE rows(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM rows)"
    " SELECT n AS sequence, 0 AS tick, 'order' AS kind, x'' AS salt, '' AS commitment, '' AS chain, x'' AS body FROM rows"
)
NOT_STRICT = (
    "ALTER TABLE facts RENAME TO old; CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);"
    " INSERT INTO facts SELECT * FROM old; DROP TABLE old"
)
CHANGES = {
    "endless-view": (ENDLESS, "the view entries"),
    "extra-table": ("CREATE TABLE extra (x)", "the table extra"),
    "strange-name": ('CREATE TABLE "x y; --" (x)', "the table with a strange name"),
    "virtual-table": ("CREATE VIRTUAL TABLE words USING fts5(word)", "the table words"),
    "trigger": (
        "CREATE TRIGGER erase AFTER INSERT ON entries BEGIN DELETE FROM tokens; END",
        "the trigger erase",
    ),
    "generated-column": (
        "ALTER TABLE entries ADD COLUMN more INTEGER GENERATED ALWAYS AS (1) VIRTUAL",
        "table entries has other columns",
    ),
    "fewer-columns": ("ALTER TABLE tokens DROP COLUMN revoked", "table tokens has other columns"),
    "missing-table": ("DROP TABLE tokens", "table tokens is missing"),
    "loose-table": (NOT_STRICT, "table facts is missing or of another form"),
    "broken-text": ("UPDATE entries SET chain = CAST(x'fffe' AS TEXT) WHERE sequence = 39", "not UTF-8"),
    "huge-value": (
        "UPDATE entries SET body = zeroblob(70000000) WHERE sequence = 39",
        "a value of more than 64 MiB",
    ),
}
"""What is done to a journal of 40 entries in SQL, by a name, with words of the refusal."""


def change(journal: Path, sql: str) -> None:
    """Change a closed journal as a stranger could."""
    with closing(sqlite3.connect(journal)) as connection:
        connection.executescript(f"DROP TRIGGER entries_keep; DROP TRIGGER entries_stay; {sql}")


def make_pages_endless(journal: Path) -> None:
    """Make the list of the tables of a closed journal 300 to the power of 8 rows long: its pages name each other."""
    data = bytearray(journal.read_bytes())
    first, schema = len(data) // PAGE + 1, bytes(data[:PAGE])
    count = struct.unpack(">H", schema[103:105])[0]
    leaf = bytearray(schema)
    leaf[:8], leaf[8 : 8 + 2 * count] = schema[100:108], schema[108 : 108 + 2 * count]
    data[100:PAGE] = _interior(first, 100)[100:]
    for level in range(7):
        data += _interior(first + level + 1)
    data += leaf
    data[28:32] = struct.pack(">I", len(data) // PAGE)
    journal.write_bytes(data)


def _interior(child: int, offset: int = 0) -> bytearray:
    """Return an inner page of a table that names one child three hundred times."""
    page, start, places = bytearray(PAGE), PAGE, []
    for _ in range(300):
        start -= 5
        page[start : start + 5] = struct.pack(">IB", child, 1)
        places.append(start)
    page[offset : offset + 12] = struct.pack(">BHHHBI", 5, 0, 300, start, 0, child)
    page[offset + 12 : offset + 612] = struct.pack(">300H", *places)
    return page


def _empty(path: Path) -> None:
    os.truncate(path, 0)


def _cut_in_two(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _text(path: Path) -> None:
    path.write_text("Dear all\n", encoding="utf-8")


def _page_of_zeros(path: Path) -> None:
    _overwrite(path, PAGE, bytes(PAGE))


def _page_of_ones(path: Path) -> None:
    _overwrite(path, PAGE, b"\xff" * PAGE)


def _another_program(path: Path) -> None:
    _overwrite(path, APPLICATION_ID_PLACE, b"else")


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _endless_device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _missing_target(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nothing"))


def _overwrite(path: Path, start: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


OTHER_FILES: dict[str, Callable[[Path], None]] = {
    "endless-pages": make_pages_endless,
    "empty": _empty,
    "cut-in-two": _cut_in_two,
    "text": _text,
    "page-of-zeros": _page_of_zeros,
    "page-of-ones": _page_of_ones,
    "another-program": _another_program,
    "a-pipe": _pipe,
    "a-folder": _folder,
    "an-endless-device": _endless_device,
    "a-missing-target": _missing_target,
}
"""What else a file with the name of a journal can be; each function changes a closed journal."""


def with_bodies(entries: Sequence[Entry], bodies: Mapping[int, bytes]) -> list[Entry]:
    """Return entries of which some have other bodies, in a chain that is whole: as one who has the journal can write it.

    Args:
        entries: a journal from its first entry on.
        bodies: the new body of each entry to change, by its number.
    """
    made: list[Entry] = []
    head = GENESIS
    for entry in entries:
        body = bodies.get(entry.sequence, entry.body)
        commitment = entry.commitment if entry.is_redacted else commitment_of(entry.salt, body)
        head = link(head, entry.sequence, entry.tick, entry.kind, commitment)
        made.append(replace(entry, body=body, commitment=commitment, chain=head))
    return made


def odd_bodies(entries: Sequence[Entry]) -> dict[str, dict[int, bytes]]:
    """Return odd bodies for a journal that has a command, by a name for each oddity; see ``with_bodies``."""
    command = next(entry.sequence for entry in entries if entry.kind == "command")
    header = entries[0].content()
    return {
        "no-map": {command: b"[]"},
        "empty-body": {command: b""},
        "unhashable": {command: b'{"command":{"kind":{}},"id":"1","who":"server"}'},
        "no-header": {0: b"{}"},
        "odd-text": {0: canonical({**header, "scenario_text": {}})},
        "odd-secret": {0: canonical({**header, "secret": []})},
        "odd-name": {0: canonical({**header, "session": {}})},
    }


def hostile_journals(journal: Path, folder: Path, *, without: Collection[str] = ()) -> list[Path]:
    """Write every hostile file to a folder, each with the name of a session; return them.

    Args:
        journal: a closed, sound journal with more than 40 entries.
        folder: where to write.
        without: names of other files to leave out.
    """
    written: list[Path] = []
    for name, (sql, _) in CHANGES.items():
        written.append(Path(shutil.copy(journal, folder / f"{name}.db")))
        change(written[-1], sql)
    for name, make in ((name, make) for name, make in OTHER_FILES.items() if name not in without):
        written.append(Path(shutil.copy(journal, folder / f"{name}.db")))
        make(written[-1])
    with JournalFile.read_only(journal) as sound:
        entries = list(sound.entries())
    for name, bodies in odd_bodies(entries).items():
        written.append(folder / f"{name}.db")
        with JournalFile.create(written[-1]) as odd:
            odd.append(with_bodies(entries, bodies))
    return written

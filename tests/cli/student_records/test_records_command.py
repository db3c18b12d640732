"""``counterpoise records`` writes a sheet, a table and data for each student, with names from outside the journals."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from counterpoise.classes.classroom import Classroom, Person, World
from counterpoise.session.student_records.record_document import Sheets
from counterpoise.store.class_book import ClassBook


def counterpoise(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "counterpoise", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "g.db"
    made = counterpoise("run", "checkerboard", "--seed", "7", "--until", "1902-06-01", "--journal", path, "--json")
    assert made.returncode in (0, None), made.stderr
    return path


def test_a_game_of_bots_has_records_only_if_every_seat_is_asked_for(journal: Path, tmp_path: Path) -> None:
    refused = counterpoise("records", journal, "-o", tmp_path / "out")
    assert refused.returncode == 78
    assert "--every-seat" in refused.stderr
    assert not (tmp_path / "out").exists()


def test_the_names_of_a_class_are_joined_from_beside_the_journal(journal: Path, tmp_path: Path) -> None:
    session = json.loads(counterpoise("debrief", journal, "--json").stdout)["session"]
    person = Person(
        id="p1",
        arrived=1,
        name="Ada Lovelace",
        number="ada@example.org",
        world="A",
        seat="ARD",
        role="player",
        grant=99,
    )
    book = ClassBook(journal.parent)
    room = class_with(session, person)
    book.save(None, room)
    book.close()
    out = tmp_path / "out"
    assert counterpoise("records", journal, "-o", out).returncode == 0
    sheets = msgspec.json.decode((out / "records.json").read_bytes(), type=Sheets).sheets
    assert [(one.name, one.number, one.world, one.record.seat) for one in sheets] == [
        ("Ada Lovelace", "ada@example.org", "A", "ARD")
    ]
    rows = list(csv.DictReader((out / "records.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0]["name"] == "Ada Lovelace"
    assert b"Ada Lovelace" not in journal.read_bytes()
    page = (out / "records.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    again = counterpoise("records", journal, "-o", out)
    assert again.returncode == 78
    assert counterpoise("records", journal, "-o", out, "--force").returncode == 0


def class_with(session: str, person: Person) -> Classroom:
    return Classroom(
        "c1",
        "KTRMBXCH",
        "Monday",
        "",
        "checkerboard.toml",
        0.0,
        people={person.id: person},
        worlds={"A": World("A", session)},
    )

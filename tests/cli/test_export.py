"""An export has pseudonyms in place of the names that people gave, unless it is asked for the names."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.session.commands import SERVER, Seated, Start, local_id
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId
from counterpoise.store.journal_file import JournalFile

Command = Callable[..., "subprocess.CompletedProcess[str]"]
GOLDEN = Path(__file__).parents[1] / "golden" / "rules-6"
ARD, BEL = ActorId("ARD"), ActorId("BEL")


@pytest.fixture
def journal(tmp_path: Path, checkerboard: str) -> Path:
    """A journal in which Ada Lovelace plays ARD, with a text that names her and one that does not."""
    session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="secret")
    session.command(SERVER, local_id("s", SERVER, 0), Start())
    session.submit(ARD, "a" * 32, 0, Message(to=(BEL,), text="Trust Ada Lovelace"))
    session.submit(BEL, "b" * 32, 0, Message(to=(ARD,), text="I trust nobody"))
    with JournalFile.create(tmp_path / "s.db") as file:
        file.append(session.take_entries())
        file.tokens.claim(file.tokens.issue("player", "ARD"), "Ada Lovelace")
    return tmp_path / "s.db"


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def people(folder: Path) -> list[dict[str, str]]:
    with (folder / "people.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def test_names_are_replaced_everywhere_and_the_lines_still_verify(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    done = counterpoise("export", journal, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "Texts can still tell who wrote them" in done.stdout
    data = bytes_in(tmp_path / "out")
    assert b"Ada" not in data
    assert b"Lovelace" not in data
    assert b"Trust P1" in data
    assert people(tmp_path / "out") == [{"session": "s", "person": "P1", "role": "player", "seat": "ARD"}]
    verified = json.loads(counterpoise("verify", tmp_path / "out" / "journal.jsonl", "--json").stdout)
    assert (verified["verified"], verified["erased_texts"]) == (True, 1)


def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(
    counterpoise: Command, checkerboard: str, tmp_path: Path
) -> None:
    session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="secret")
    with JournalFile.create(tmp_path / "s.db") as file:
        file.append(session.take_entries())
        file.tokens.claim(file.tokens.issue("player", "ARD"), "=HYPERLINK(1)")
    done = counterpoise("export", tmp_path / "s.db", tmp_path / "named", "--identified")
    assert done.returncode == 0, done.stderr
    assert people(tmp_path / "named")[0]["person"] == "'=HYPERLINK(1)"
    assert b'"=HYPERLINK(1)"' in (tmp_path / "named" / "people.jsonl").read_bytes()
    assert counterpoise("export", tmp_path / "s.db", tmp_path / "out", "--mapping", tmp_path / "m.csv").returncode == 0
    assert "'=HYPERLINK(1)" in (tmp_path / "m.csv").read_text()


def test_a_mapping_is_written_only_when_asked_for_outside_the_folder_and_for_its_owner(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "who.csv"
    inside = counterpoise("export", journal, tmp_path / "out", "--mapping", tmp_path / "out" / "who.csv")
    assert inside.returncode == 78
    assert "which is passed on" in inside.stderr
    assert not (tmp_path / "out").exists()
    assert counterpoise("export", journal, tmp_path / "out", "--mapping", mapping).returncode == 0
    assert mapping.read_text(encoding="utf-8") == "person,name,role,seat\nP1,Ada Lovelace,player,ARD\n"
    assert mapping.stat().st_mode & 0o777 == 0o600
    again = counterpoise("export", journal, tmp_path / "other", "--mapping", mapping)
    assert again.returncode == 78
    assert not (tmp_path / "other").exists()
    assert counterpoise("export", journal, tmp_path / "o", "--mapping", mapping, "--identified").returncode == 2


def test_names_stay_only_when_asked_for(counterpoise: Command, journal: Path, tmp_path: Path) -> None:
    assert counterpoise("export", journal, tmp_path / "out", "--identified").returncode == 0
    assert people(tmp_path / "out")[0]["person"] == "Ada Lovelace"
    assert b"Trust Ada Lovelace" in bytes_in(tmp_path / "out")
    with JournalFile.read_only(journal) as file:
        count = file.head()[0]
    verified = json.loads(counterpoise("verify", tmp_path / "out" / "journal.jsonl", "--json").stdout)
    assert (verified["entries"], verified["erased_texts"]) == (count, 0)


def test_without_texts_no_word_that_was_typed_is_left_and_the_lines_verify(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    done = counterpoise("export", journal, tmp_path / "out", "--without-texts", "--json")
    assert json.loads(done.stdout)["erased_texts"] == 2
    data = bytes_in(tmp_path / "out")
    assert not [word for word in (b"trust nobody", b"Trust", b"Lovelace") if word in data]
    assert counterpoise("verify", tmp_path / "out" / "journal.jsonl").returncode == 0


def test_many_journals_and_a_folder_of_them_make_one_set_of_tables(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    (tmp_path / "games").mkdir()
    for name in ("checkerboard-with-messages", "checkerboard-with-void-orders"):
        (tmp_path / "games" / f"{name}.jsonl").write_bytes((GOLDEN / f"{name}.jsonl").read_bytes())
    done = counterpoise("export", journal, tmp_path / "games", tmp_path / "out", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["journals"] == ["journal-1.jsonl", "journal-2.jsonl", "journal-3.jsonl"]
    with (tmp_path / "out" / "sessions.csv").open(encoding="utf-8", newline="") as table:
        told = {row["journal"]: row["session"] for row in csv.DictReader(table)}
    assert list(told) == report["journals"]
    assert "s" in told.values()
    for name in report["journals"]:
        assert counterpoise("verify", tmp_path / "out" / name).returncode == 0
    again = counterpoise("export", journal, journal, tmp_path / "twice")
    assert again.returncode == 65
    assert "expected each journal once" in again.stderr
    assert not (tmp_path / "twice").exists()


def test_the_folder_of_an_export_is_read_by_its_journal_alone_and_a_cut_in_that_is_named(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    assert counterpoise("export", journal, tmp_path / "out").returncode == 0
    lines = tmp_path / "out" / "journal.jsonl"
    again = counterpoise("export", tmp_path / "out", tmp_path / "again")
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "again" / "journal.jsonl").read_bytes() == lines.read_bytes()
    whole = lines.read_bytes()
    in_line = whole.index(b"\n", len(whole) // 2) - 5
    entry = whole[:in_line].count(b"\n")
    for kept, place in ((whole[:in_line], entry), (whole[: whole.rindex(b"\n", 0, in_line) + 1], entry)):
        lines.write_bytes(kept)
        for command in (("export", tmp_path / "out", tmp_path / "cut"), ("debrief", tmp_path / "out")):
            cut = counterpoise(*command)
            assert cut.returncode == 1
            assert f"{lines}: entry {place}: cut off" in " ".join(cut.stderr.split())


def test_parquet_holds_what_json_lines_hold_in_numbers_that_r_has(counterpoise: Command, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra analysis")
    done = counterpoise("export", GOLDEN / "checkerboard-with-messages.jsonl", tmp_path, "--parquet")
    assert done.returncode == 0, done.stderr
    files = sorted(tmp_path.glob("*.parquet"))
    assert {file.stem for file in files} == {file.stem for file in tmp_path.glob("*.csv")}
    for file in files:
        read = parquet.read_table(file)
        assert {str(field.type) for field in read.schema} <= {"string", "int32", "double", "bool", "date32[day]"}
        lines = [json.loads(line) for line in file.with_suffix(".jsonl").read_bytes().splitlines()]
        rows = [{name: getattr(value, "isoformat", lambda value=value: value)() for name, value in row.items()}
                for row in read.to_pylist()]  # fmt: skip
        assert rows == lines, file.name


def test_no_cell_of_any_table_is_run_as_a_formula(counterpoise: Command, checkerboard: str, tmp_path: Path) -> None:
    session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="secret")
    session.command(SERVER, local_id("s", SERVER, 0), Seated(seat=ARD, player="=cmd|' /C calc'!A0"))
    session.command(SERVER, local_id("s", SERVER, 1), Start())
    session.submit(BEL, "+1+1", 0, Message(to=(ARD,), text="@SUM(A1)"))
    while session.window < 2:
        session.advance(session.end)
    with JournalFile.create(tmp_path / "s.db") as file:
        file.append(session.take_entries())
        file.tokens.claim(file.tokens.issue("player", "ARD"), "-2+3")
    assert counterpoise("export", tmp_path / "s.db", tmp_path / "out", "--identified").returncode == 0
    cells = []
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as table:
            cells += [cell for row in csv.reader(table) for cell in row]
    assert {"'=cmd|' /C calc'!A0", "'+1+1", "'-2+3"} <= set(cells)
    for cell in cells:
        if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
            float(cell)  # only numbers begin so

"""``threats`` for many dates of one play gives on each date what it gives for that date alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]
DAYS = ("1901-01-01", "1901-06-17", "1902-04-01", "1904-12-31")


def matrices(counterpoise: Command, *arguments: object) -> dict[str, object]:
    done = counterpoise("threats", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)["dates"]
    return found


def alone(counterpoise: Command, *arguments: object) -> object:
    return json.loads(counterpoise("threats", *arguments, "--json").stdout)["threat"]


def on(*days: str) -> list[str]:
    return [word for day in days for word in ("--on", day)]


@pytest.fixture(scope="module")
def exported(counterpoise: Command, journal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    assert counterpoise("export", journal, folder).returncode == 0
    return folder / "journal.jsonl"


def test_many_dates_of_a_scenario_give_what_each_gives_alone(counterpoise: Command) -> None:
    many = matrices(counterpoise, "checkerboard", *on(*reversed(DAYS)))
    assert list(many) == list(DAYS), "earliest first"
    for day in DAYS:
        assert many[day] == alone(counterpoise, "checkerboard", "--on", day)


def test_many_dates_of_a_journal_give_what_each_gives_alone(
    counterpoise: Command, journal: Path, exported: Path
) -> None:
    many = matrices(counterpoise, journal, *on(*DAYS))
    assert many == matrices(counterpoise, exported, *on(*DAYS))
    for day in DAYS:
        assert many[day] == alone(counterpoise, journal, "--on", day)


def test_many_dates_of_a_record_give_what_each_gives_alone(counterpoise: Command) -> None:
    days = ("1955-01-01", "1955-02-24", "1955-03-15", "1955-07-01")
    many = matrices(counterpoise, "middle-east-1955", "--history", *on(*days))
    for day in days:
        assert many[day] == alone(counterpoise, "middle-east-1955", "--history", "--on", day)


def test_a_file_of_dates_may_have_comments_and_empty_lines(counterpoise: Command, tmp_path: Path) -> None:
    file = tmp_path / "dates.txt"
    file.write_bytes("\ufeff# my dates\r\n\r\n1902-04-01  # the second\r\n 1901-06-17\r\n".encode())
    many = matrices(counterpoise, "checkerboard", "--dates", file)
    assert many == matrices(counterpoise, "checkerboard", *on("1901-06-17", "1902-04-01"))
    file.write_text("1902-04-01\n", encoding="utf-8")
    assert list(matrices(counterpoise, "checkerboard", "--dates", file)) == ["1902-04-01"], "a file has one form"


def test_the_schema_fits_one_date_and_many(counterpoise: Command) -> None:
    checks = jsonschema.Draft202012Validator(json.loads(counterpoise("threats", "--schema").stdout))
    for days in (DAYS[:1], DAYS[:2]):
        document = json.loads(counterpoise("threats", "checkerboard", *on(*days), "--json").stdout)
        checks.validate(document)
        assert not checks.is_valid({**document, "another": 1})
    assert set(document["dates"][DAYS[0]]["ARD"]["BEL"]) == {"threat", "power", "proximity", "offense", "intentions"}
    assert not checks.is_valid({**document, "dates": {"soon": document["dates"][DAYS[0]]}})


def test_each_date_has_a_table_and_the_play_a_progress_bar(counterpoise: Command) -> None:
    done = counterpoise("threats", "checkerboard", *on(*DAYS[:2]))
    assert [f"Perceived threat, {day}" in done.stdout for day in DAYS] == [True, True, False, False]
    assert "100%" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ("", 2, "got neither"),
        ("--on 1902-01-01 --dates good.txt", 2, "not both"),
        ("--on 1902-01-01 --on soon", 2, "expected a date such as 1967-05-15, got 'soon'"),
        ("--on 1902-01-01 --on 1902-01-01", 78, "--on 1902-01-01: this date is given twice. Give each date once."),
        ("--on 1902-01-01 --on 1800-01-01", 78, "--on 1800-01-01: expected a date from 1901-01-01 to 1904-12-31"),
        ("--dates missing.txt", 65, "missing.txt: no such file"),
        ("--dates empty.txt", 65, "empty.txt: expected at least one date, such as 1967-05-15"),
        ("--dates bad.txt", 65, "bad.txt: line 2: expected a date such as 1967-05-15, one on each line, got '1902-13-01'"),
        ("--dates twice.txt", 78, "twice.txt: line 3: 1902-01-01: this date is given twice. The first is twice.txt: line 1."),
        ("--dates late.txt", 78, "late.txt: line 1: 1990-01-01: expected a date from 1901-01-01 to 1904-12-31"),
    ],
)  # fmt: skip
def test_wrong_dates_are_named_with_their_option_or_line(
    counterpoise: Command, tmp_path: Path, arguments: str, code: int, message: str
) -> None:
    files = {
        "good": "1902-01-01\n", "empty": "# nothing\n\n", "bad": "1902-01-01\n1902-13-01\n",
        "twice": "1902-01-01\n\n1902-01-01\n", "late": "1990-01-01\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    done = counterpoise("threats", "checkerboard", *arguments.split(), cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert message in " ".join(done.stderr.split())

"""``run --history`` writes a journal like any other, ``threats --history`` reads a record, ``validate`` checks one."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]
NAME = "middle-east-1955"


@pytest.fixture(scope="module")
def journal(counterpoise: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "h.db"
    done = counterpoise("run", NAME, "--history", "--journal", path, "--json")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def report(counterpoise: Command, journal: Path) -> Any:
    return json.loads(counterpoise("debrief", journal, "--json", "--draws", "0").stdout)


def test_the_journal_of_a_record_verifies_and_is_debriefed_like_any_other(
    counterpoise: Command, journal: Path, report: dict[str, Any]
) -> None:
    assert json.loads(counterpoise("verify", journal, "--json").stdout)["verified"] is True
    assert report["title"] == "The Middle East, 1955-1979"
    assert len(report["decisions"]) > 1700
    assert {decision["player"] for decision in report["decisions"]} == {"the record"}
    for decision in report["decisions"]:
        assert decision["class"] in ("BAL", "BW", "HIDE", "NEU", "OTHER")
        assert decision["forecasts"]["balance_of_threat"]


def test_the_debrief_of_a_record_explains_its_alliances_and_tells_what_followed(report: dict[str, Any]) -> None:
    explained, followed = report["alliances_explained"], report["consequences"]
    assert explained["n"] == len(explained["alliances"]) > 50
    assert sum(row["explained"] for row in explained["hypotheses"]) == pytest.approx(
        explained["n"] - explained["unexplained"], abs=1e-3
    )
    for alliance in explained["alliances"]:
        assert all(0.0 < share < 1.0 for share in alliance["shares"].values())
        assert all(alliance["shares"][name] == max(alliance["shares"].values()) for name in alliance["best"])
    whole = report["conditions"]["rows"][0]
    assert whole["n"] > 100
    assert set(whole["cells"]) == {row["name"] for row in explained["hypotheses"]}
    for row in followed["rows"]:
        assert row["balanced"]["n"] > row["bandwagoned"]["n"] > 0
        assert row["cut_off"] > 0


@pytest.mark.parametrize("day", ["1955-01-01", "1967-05-15", "1979-12-31"])
def test_threats_follow_the_record_on_any_day(counterpoise: Command, day: str) -> None:
    done = counterpoise("threats", NAME, "--history", "--on", day, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["date"] == day
    assert set(document["threat"]["ISR"]["EGY"]) == {"threat", "power", "proximity", "offense", "intentions"}
    assert ("YPR" in document["threat"]) == (day > "1967-12")


def test_the_record_and_its_journal_give_the_same_threats(counterpoise: Command, journal: Path) -> None:
    arguments = ("--on", "1973-10-01", "--json")
    asked = counterpoise("threats", NAME, "--history", *arguments).stdout
    assert json.loads(asked) == json.loads(counterpoise("threats", journal, *arguments).stdout)


def test_threats_of_a_record_need_a_scenario_and_refuse_a_journal(counterpoise: Command, journal: Path) -> None:
    done = counterpoise("threats", journal, "--history", "--on", "1956-01-01")
    assert done.returncode == 2
    assert "expected a scenario" in done.stderr
    assert f"got the journal {journal}. Leave out --history" in done.stderr


def test_wrong_options_and_records_are_named(counterpoise: Command, repository: Path, tmp_path: Path) -> None:
    assert counterpoise("run", NAME, "--history", "--bots", "random").returncode == 2
    none = counterpoise("run", "checkerboard", "--history")
    assert (none.returncode, NAME in none.stderr) == (65, True)
    late = counterpoise("threats", NAME, "--history", "--on", "1990-01-01")
    assert late.returncode == 78
    record = tmp_path / "wrong.history.toml"
    shutil.copy(repository / "scenarios" / f"{NAME}.history.toml", record)
    assert counterpoise("validate", record).returncode == 0
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace('by = "IRQ", kind = "leave_alliance"', 'by = "QQQ", kind = "leave_alliance"', 1))
    wrong = counterpoise("validate", record, "--json")
    assert wrong.returncode == 65
    problem = json.loads(wrong.stdout)["problems"][0]
    assert problem["path"].startswith("orders[")
    assert problem["line"] > 10
    played = counterpoise("run", NAME, "--record", record)
    assert played.returncode == 65
    assert "QQQ" in played.stderr
    record.write_text(
        text.replace(
            'alignment = { with = ["TUR"], commitment = "nonaggression" }', 'alignment = { with = ["LIB"] }', 1
        )
    )
    undone = counterpoise("run", NAME, "--record", record, "--journal", "h.db", cwd=tmp_path)
    assert undone.returncode == 65
    assert "1959-03-24" in undone.stderr
    assert "no alignment with LIB" in undone.stderr
    assert "h.db: removed, because the record is refused" in undone.stderr
    assert not (tmp_path / "h.db").exists()


def test_a_record_is_checked_against_the_scenario_that_run_takes(
    counterpoise: Command, checkerboard: str, tmp_path: Path
) -> None:
    record = tmp_path / "mine.history.toml"
    record.write_text('[history]\nscenario = "my-own"\nsources = ["A"]\n', encoding="utf-8")
    alone = counterpoise("validate", record)
    assert alone.returncode == 65
    assert f"{record}: history.scenario (line 2)" in alone.stderr
    for looked in (tmp_path / "mine.toml", tmp_path / "my-own.toml"):
        assert str(looked) in alone.stderr
    text = checkerboard.replace('id = "checkerboard"', 'id = "my-own"', 1)
    for name in ("my-own.toml", "mine.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        done = counterpoise("validate", record)
        assert done.returncode == 0, done.stderr
        (tmp_path / name).unlink()

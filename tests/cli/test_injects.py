"""An inject that play made impossible is reported by every command that shows the journal."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]

TWICE = """
[[injects]]
on = 1901-02-01
kind = "start_war"
attackers = ["ARD"]
defenders = ["BEL"]
aim = "policy"

[[injects]]
on = 1901-02-02
id = "revenge"
kind = "start_war"
attackers = ["BEL"]
defenders = ["ARD"]
aim = "policy"
"""


@pytest.mark.timeout(120)
def test_a_failed_inject_is_reported(counterpoise: Command, checkerboard: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(checkerboard.partition("\n[[injects]]")[0] + TWICE, encoding="utf-8")
    done = counterpoise("run", "mine.toml", "--until", "1902-01-01", "--journal", "g.db", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    expected = "states that are not in a war with or beside BEL"
    which = "injects[1] revenge: BEL, ARD"
    assert f"an inject failed: start_war on 1901-02-02 ({which}): expected {expected}, got ARD\n" in done.stderr
    assert done.stderr.count("an inject failed") == 1
    report = json.loads(done.stdout)
    assert report["failed_injects"] == [
        {
            "date": "1901-02-02",
            "inject": "start_war",
            "which": which,
            "expected": expected,
            "got": "ARD",
        }
    ]
    jsonschema.Draft202012Validator(json.loads(counterpoise("debrief", "--schema").stdout)).validate(report)
    text = counterpoise("debrief", "g.db", cwd=tmp_path).stdout
    assert "Injects that failed because play had made them impossible: start_war on 1901-02-02" in " ".join(
        text.split()
    )
    assert counterpoise("export", "g.db", "tables", cwd=tmp_path).returncode == 0
    with (tmp_path / "tables" / "incidents.csv").open(encoding="utf-8") as file:
        assert [row["date"] for row in csv.DictReader(file) if row["incident_kind"] == "inject_void"] == ["1901-02-02"]

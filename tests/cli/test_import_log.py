"""``import`` makes a record of a log, plays it, and names the line of an act that is impossible on its date."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]
HEADER = "on,row,by,kind,members,commitment,to,about,intent,posture\n"
LOG = (
    HEADER
    + "1901-02-01,treaty,,,ARD;BEL,defence,,,,\n"
    + "1901-03-01,order,GAL,state_intent,,,,ARD,hostile,\n"
    + "1901-03-05,order,COR,set_posture,,,,,,defensive\n"
)


def test_a_log_of_another_system_is_debriefed_and_replayed_like_a_record(counterpoise: Command, tmp_path: Path) -> None:
    log, journal = tmp_path / "seminar.csv", tmp_path / "seminar.db"
    log.write_text(LOG)
    done = counterpoise("import", log, "checkerboard", "--journal", journal)
    record = tmp_path / "seminar.history.toml"
    assert (done.returncode, "3 rows of seminar.csv" in " ".join(done.stdout.split())) == (0, True)
    assert counterpoise("verify", journal).returncode == 0
    debrief = json.loads(counterpoise("debrief", journal, "--json", "--draws", "0").stdout)
    assert len(debrief["decisions"]) > 0
    seen = counterpoise("replay", journal, "--at", "1901-03-02", "--as", "ARD").stdout
    assert "Belmark" in seen or "BEL" in seen
    played = counterpoise("run", "checkerboard", "--record", record, "--journal", tmp_path / "again.db", "--json")
    assert json.loads(played.stdout)["decisions"] == debrief["decisions"]
    again = counterpoise("import", log, "checkerboard")
    assert (again.returncode, "--force" in again.stderr) == (78, True)


def test_an_act_that_is_impossible_on_its_date_is_named_by_its_line_and_nothing_is_written(
    counterpoise: Command, tmp_path: Path
) -> None:
    log = tmp_path / "seminar.csv"
    log.write_text(LOG + "1901-03-09,treaty,,,ARD;BEL,defence,,,,\n")
    done = counterpoise("import", log, "checkerboard", "--journal", tmp_path / "seminar.db")
    assert (done.returncode, "line 5" in done.stderr, "Traceback" in done.stderr) == (65, True, False)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == ["seminar.csv"]

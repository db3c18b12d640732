"""The files of ``new`` work unchanged and never replace a file."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from counterpoise_clients import roster
from counterpoise_clients.testing import check_bot

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def scenario_file(counterpoise: Command, tmp_path: Path) -> Path:
    done = counterpoise("new", "scenario", "two-shores", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "two-shores.toml"


@pytest.fixture
def bot(counterpoise: Command, tmp_path: Path) -> Path:
    done = counterpoise("new", "bot", "my_own", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "my_own.py"


def test_a_new_scenario_is_valid_and_plays(counterpoise: Command, scenario_file: Path) -> None:
    checked = json.loads(counterpoise("validate", scenario_file, "--json").stdout)
    assert checked["valid"] is True
    played = counterpoise("run", scenario_file, "--json")
    assert played.returncode == 0, played.stderr
    report = json.loads(played.stdout)
    assert (report["scenario"], report["title"]) == ("two-shores", "Two shores")
    assert report["classes"]["threatened"] > 0


def test_a_new_scenario_fits_the_schema_for_editors(
    counterpoise: Command, scenario_file: Path, repository: Path
) -> None:
    schema = json.loads(counterpoise("validate", "--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    for file in (
        scenario_file,
        repository / "scenarios" / "checkerboard.toml",
        repository / "scenarios" / "middle-east-1955.toml",
    ):
        plain = json.loads(json.dumps(tomllib.loads(file.read_text(encoding="utf-8")), default=str))
        assert [error.message for error in judge.iter_errors(plain)] == []
    plain["injects"] = [{"on": "1956-01-01", "kind": "start_war", "attackers": ["EGY"], "aim": "policy"}]
    assert list(judge.iter_errors(plain)), "an inject without all its fields"
    assert "x-choices" not in json.dumps(schema)


def test_a_new_record_is_valid_and_plays(counterpoise: Command, scenario_file: Path) -> None:
    done = counterpoise("new", "record", scenario_file)
    record = scenario_file.with_name("two-shores.history.toml")
    assert (done.returncode, "two-shores.toml --history" in done.stdout) == (0, True), done.stderr
    assert json.loads(counterpoise("validate", record, "--json").stdout)["valid"] is True
    played = counterpoise("run", scenario_file, "--history", "--json")
    assert played.returncode == 0, played.stderr
    assert {decision["player"] for decision in json.loads(played.stdout)["decisions"]} == {"the record"}
    again = counterpoise("new", "record", scenario_file.with_suffix(""))
    assert (again.returncode, "exists already" in again.stderr) == (78, True)


def test_a_new_record_of_a_scenario_that_does_not_exist_is_refused(counterpoise: Command, tmp_path: Path) -> None:
    done = counterpoise("new", "record", "checkerbord", cwd=tmp_path)
    assert done.returncode == 65
    assert "nearest: checkerboard" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_in_a_new_scenario_is_named_with_its_line(counterpoise: Command, scenario_file: Path) -> None:
    text = scenario_file.read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), start=1) if row.startswith('posture = "offensive"'))
    scenario_file.write_text(text.replace('posture = "offensive"', 'posture = "ofensive"'), encoding="utf-8")
    done = counterpoise("validate", scenario_file)
    assert done.returncode == 65
    assert f"actors.SUD.posture (line {line})" in done.stderr
    assert "nearest: offensive" in done.stderr


def test_a_new_bot_conforms_and_plays(counterpoise: Command, bot: Path, checkerboard: str) -> None:
    report = check_bot(roster.load_bot(str(bot)), checkerboard)
    assert report.ok, str(report)
    assert report.calls_unanswered == 0 or report.orders > 20
    assert {"propose_alliance", "answer_proposal", "respond_crisis"} <= set(report.by_kind)
    played = counterpoise("run", "checkerboard", "--bots", bot, "--json")
    assert played.returncode == 0, played.stderr
    faults = [line for line in played.stderr.splitlines() if "failed" in line and "an inject failed" not in line]
    assert faults == [], "play may have made an inject impossible, but the bot has no fault"
    assert "refused" not in played.stderr
    assert {decision["player"] for decision in json.loads(played.stdout)["decisions"]} == {"my_own"}


def test_a_new_bot_run_as_a_program_checks_itself(bot: Path) -> None:
    done = subprocess.run([sys.executable, str(bot)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "decisions" in done.stdout
    assert "problem" not in done.stdout


def test_a_bot_that_does_not_conform_ends_with_exit_code_1(bot: Path) -> None:
    text = bot.read_text(encoding="utf-8")
    bot.write_text(
        text.replace("        moves = self._responses", "        moves = self._response", 1), encoding="utf-8"
    )
    done = subprocess.run([sys.executable, str(bot)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stdout.count("problem: ") == 1
    assert "'Bot' object has no attribute '_response'" in done.stdout
    assert " times)" in done.stdout


@pytest.mark.parametrize(("kind", "name", "ending"), [("scenario", "two-shores", ".toml"), ("bot", "mine", ".py")])
def test_an_existing_file_is_never_replaced(
    counterpoise: Command, tmp_path: Path, kind: str, name: str, ending: str
) -> None:
    path = tmp_path / f"{name}{ending}"
    path.write_text("mine")
    done = counterpoise("new", kind, tmp_path / name)
    assert (done.returncode, "already" in done.stderr) == (78, True)
    assert path.read_text() == "mine"
    assert counterpoise("new", kind, path).returncode == 78, "with its ending it is the same file"
    assert counterpoise("new", kind, tmp_path / "nowhere" / name).returncode == 74


@pytest.mark.parametrize("kind", ["scenario", "bot"])
def test_a_path_out_of_the_folder_is_followed_and_printed_in_full(
    counterpoise: Command, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    inside, outside = (counterpoise("new", kind, name, cwd=folder) for name in ("near", "../far"))
    assert inside.stdout.startswith("wrote near.")
    assert outside.stdout.startswith(f"wrote {tmp_path.resolve() / 'far'}.")
    assert list(folder.glob("far*")) == []


@pytest.mark.parametrize(
    ("kind", "name", "code", "word"),
    [
        ("scenario", "Two Shores", 2, "expected"),
        ("scenario", "checkerboard", 78, "Choose another name"),
        ("bot", "9lives", 2, "expected"),
        ("bot", "hedger", 78, "Choose another name"),
    ],
)
def test_malformed_and_taken_names_are_refused(
    counterpoise: Command, tmp_path: Path, kind: str, name: str, code: int, word: str
) -> None:
    done = counterpoise("new", kind, name, cwd=tmp_path)
    assert done.returncode == code
    assert word in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("class", "got 'class', a word of Python's own"),
        ("json", "got 'json', the name of a module"),
        ("msgspec.py", "got 'msgspec', the name of a module"),
    ],
)
def test_a_bot_gets_no_name_under_which_python_would_not_import_it(
    counterpoise: Command, tmp_path: Path, name: str, told: str
) -> None:
    done = counterpoise("new", "bot", name, cwd=tmp_path)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []

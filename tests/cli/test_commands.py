"""Each command does what its help says; an error is one line and an exit code."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def test_run_plays_to_the_end_and_prints_one_json_document(counterpoise: Command) -> None:
    done = counterpoise("run", "checkerboard", "--seed", "3", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert {"decisions", "hypotheses", "propositions", "indices"} <= set(report)
    assert "100%" in done.stderr, "no progress bar on standard error"
    for decision in report["decisions"]:
        assert {"actor", "date", "kind", "options", "choice", "class", "top_threat", "forecasts"} <= set(decision)
        for shares in decision["forecasts"].values():
            assert len(shares) == len(decision["options"])
            assert abs(sum(shares) - 1) < 1e-3


def test_every_hypothesis_is_scored_on_the_same_decisions(counterpoise: Command, journal: Path) -> None:
    report = json.loads(counterpoise("debrief", journal, "--json").stdout)
    names = {row["name"] for row in report["hypotheses"]}
    assert {"balance_of_threat", "bandwagoning", "ideology", "aid", "penetration"} <= names
    assert {"uniform", "base_rate", "status_quo", "balance_of_power"} <= names
    assert len({row["n"] for row in report["hypotheses"]}) == 1


def test_the_debrief_knows_which_bot_held_each_seat(counterpoise: Command) -> None:
    done = counterpoise("run", "checkerboard", "--bots", "balancer", "--until", "1902-06-01", "--json")
    decisions = json.loads(done.stdout)["decisions"]
    assert decisions
    assert {decision["player"] for decision in decisions} == {"balancer"}


def test_debrief_prints_text_and_writes_a_page(counterpoise: Command, journal: Path, tmp_path: Path) -> None:
    text = counterpoise("debrief", journal).stdout
    assert "balanced against the top threat" in text
    page = tmp_path / "debrief.html"
    assert counterpoise("debrief", journal, "--html", page).returncode == 0
    html = page.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in html
    assert "http://" not in html.replace("http://www.w3.org", "")


def test_verify_passes_on_the_database_and_on_its_export(counterpoise: Command, journal: Path, tmp_path: Path) -> None:
    assert json.loads(counterpoise("verify", journal, "--json").stdout)["verified"] is True
    assert counterpoise("export", journal, tmp_path / "out").returncode == 0
    assert counterpoise("verify", tmp_path / "out" / "journal.jsonl").returncode == 0


def test_one_flipped_byte_in_an_export_is_found_and_located(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    counterpoise("export", journal, tmp_path)
    exported = tmp_path / "journal.jsonl"
    data = bytearray(exported.read_bytes())
    lines = bytes(data).split(b"\n")
    target = len(lines) // 2
    place = sum(len(line) + 1 for line in lines[:target]) + len(lines[target]) // 2
    data[place] ^= 1
    exported.write_bytes(data)
    done = counterpoise("verify", exported)
    assert done.returncode == 1
    assert f"entry {target}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_truncated_export_is_refused(counterpoise: Command, journal: Path, tmp_path: Path) -> None:
    counterpoise("export", journal, tmp_path)
    exported = tmp_path / "journal.jsonl"
    exported.write_bytes(exported.read_bytes()[:-5000])
    done = counterpoise("verify", exported)
    assert done.returncode == 1
    assert "entry" in done.stderr


def test_export_describes_every_column_and_is_the_same_twice(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        assert counterpoise("export", journal, tmp_path / name).returncode == 0
    first = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}
    assert first == second
    with (tmp_path / "a" / "dictionary.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    described = {(row["table"], row["column"]) for row in rows}
    assert all(row["meaning"] for row in rows)
    for sheet in (tmp_path / "a").glob("*.csv"):
        if sheet.stem != "dictionary":
            with sheet.open(encoding="utf-8") as file:
                heading = next(csv.reader(file))
            assert {(sheet.stem, column) for column in heading} <= described


def test_threats_of_a_scenario_and_of_a_journal(counterpoise: Command, journal: Path) -> None:
    document = json.loads(counterpoise("threats", "middle-east-1955", "--on", "1967-05-15", "--json").stdout)
    assert document["date"] == "1967-05-15"
    row = document["threat"]["ISR"]["EGY"]
    assert set(row) == {"threat", "power", "proximity", "offense", "intentions"}
    assert "YPR" not in document["threat"], "South Yemen did not exist yet"
    played = counterpoise("threats", journal, "--on", "1902-01-01", "--json")
    assert played.returncode == 0, played.stderr


def test_replay_shows_the_view_of_a_seat_on_a_date(counterpoise: Command, journal: Path) -> None:
    everything = json.loads(counterpoise("replay", journal, "--at", "1902-01-01", "--json").stdout)
    assert everything["date"] == "1902-01-01"
    seat = next(iter(everything["actors"]))
    seen = json.loads(counterpoise("replay", journal, "--at", "1902-01-01", "--as", seat, "--json").stdout)
    assert seen["own"]["id"] == seat
    world = counterpoise("replay", journal, "--at", "1902-01-01").stdout
    assert "The world, 1902-01-01" in world
    assert all(state in world for state in everything["actors"])
    own = counterpoise("replay", journal, "--at", "1902-01-01", "--as", seat).stdout
    assert f"{seen['own']['name']}, 1902-01-01" in own
    assert "threat" in own


def test_scenarios_are_listed_and_valid(counterpoise: Command) -> None:
    found = {row["id"] for row in json.loads(counterpoise("scenarios", "--json").stdout)["scenarios"]}
    assert {"middle-east-1955", "checkerboard"} <= found
    for name in found:
        assert counterpoise("validate", name).returncode == 0


def test_a_wrong_scenario_is_refused_with_its_place(counterpoise: Command, checkerboard: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text(checkerboard.replace('family = "republic"', 'family = "republik"', 1), encoding="utf-8")
    done = counterpoise("validate", broken, "--json")
    assert done.returncode == 65
    problem = json.loads(done.stdout)["problems"][0]
    assert "family" in problem["path"]
    assert (
        problem["line"]
        == broken.read_text()
        .splitlines()
        .index(next(line for line in broken.read_text().splitlines() if 'family = "republik"' in line))
        + 1
    )
    assert "republik" in problem["got"]
    assert counterpoise("run", broken).returncode == 65


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("run", "checkerbord"), 65, "(nearest: checkerboard), or a TOML file."),
        (("run", "checkerboard", "--bots", "ARD=balancr"), 65, "(nearest: balancer)"),
        (("run", "nowhere"), 65, "no bundled scenario and no file has this name"),
        (("run", "nowhere"), 65, "rising-hegemon"),
        (("validate", "nofile.toml"), 65, "nofile.toml: no such file"),
        (("validate", "./nowhere"), 65, "nowhere: no such file"),
        (("validate", "."), 65, "this is a folder, give a file"),
        (("validate", "/dev/zero"), 65, "/dev/zero: this is a pipe or a device, give a file"),
        (("debrief", "x.db", "--noise", "large.toml"), 65, "too large for a noise benchmark, which"),
        (("verify", "/dev/null"), 65, "an empty file. Give a journal that run, host or export has written."),
        (("run", "checkerboard", "--bots", "XYZ=random"), 78, "XYZ"),
        (("run", "checkerboard", "--bots", "no-such-bot"), 65, "no-such-bot"),
        (("run", "checkerboard", "--until", "soon"), 2, "soon"),
        (("run", "checkerboard", "--until", "1800-01-01"), 78, "to 1904-12-31. The scenario begins on 1901-01-01."),
        (("export", "missing.db", "notes.txt"), 74, "notes.txt: this is a file; give a folder"),
        (("history", "notes.txt"), 65, "notes.txt: this is a file; give a folder"),
        (
            ("host", "checkerboard", "--port", "0", "--data", "notes.txt"),
            74,
            "notes.txt: this is a file; give a folder",
        ),
        (("debrief", "missing.db", "--html", "."), 74, "--html .: this is a folder"),
        (("debrief", "missing.db", "--html", "nodir/a.html"), 74, "the folder nodir does not exist"),
        (("new", "scenario", "nodir/mine"), 74, "the folder nodir does not exist"),
        (("validate", "large.toml"), 65, "too large for a scenario file: 1048577 bytes, at most 1048576"),
        (("run", "checkerboard", "--bots", "nobot.py"), 65, "nobot.py: no such file"),
        (("verify", "missing.db"), 65, "missing.db"),
        (("debrief", "missing.db"), 65, "missing.db"),
        (("threats", "checkerboard", "--on", "1899-01-01"), 78, "to 1904-12-31. The scenario begins on 1901-01-01."),
        (("threats", "checkerboard", "--on", "1950-01-01"), 78, "to 1904-12-31. The scenario ends on 1904-12-31."),
        (("tournament", "missing.toml"), 65, "missing.toml"),
        (("host", "checkerboard", "--host", "0.0.0.0"), 78, "insecure-lan"),
        (("host", "checkerboard", "--host", "nowhere.invalid"), 78, "--host nowhere.invalid: no host has this name."),
        (("host", "checkerboard", "--host", "192.0.2.1", "--insecure-lan"), 78, "no address of this machine."),
        (("no-such-command",), 2, "no-such-command"),
    ],
)
def test_mistakes_get_a_line_and_an_exit_code(
    counterpoise: Command, tmp_path: Path, arguments: tuple[str, ...], code: int, word: str
) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    (tmp_path / "large.toml").write_bytes(b"#" * (1 << 20) + b"\n")
    done = counterpoise(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert word in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\x00" * 4000])
def test_a_file_that_is_not_a_journal_is_named_and_unchanged(
    counterpoise: Command, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "j.db"
    path.write_bytes(content)
    done = counterpoise("verify", path)
    assert done.returncode == 65, done.stderr
    assert "j.db" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == content


def test_a_journal_is_never_overwritten(counterpoise: Command, journal: Path) -> None:
    before = journal.read_bytes()
    assert counterpoise("run", "checkerboard", "--journal", journal).returncode == 78, "as for any new file"
    assert journal.read_bytes() == before


def test_a_tournament_prints_the_same_bytes_for_one_job_and_two(counterpoise: Command, tmp_path: Path) -> None:
    cup = tmp_path / "cup.toml"
    cup.write_text(
        'name = "Cup"\nseed = "1"\ngames = 4\nscenarios = ["checkerboard"]\n'
        'entrants = ["balancer", "bandwagoner", "random"]\nyears = 1\n',
        encoding="utf-8",
    )
    one = counterpoise("tournament", cup, "--jobs", 1, "--json")
    two = counterpoise("tournament", cup, "--jobs", 2, "--json", "--results", tmp_path / "r.jsonl")
    assert one.returncode == 0, one.stderr
    assert one.stdout == two.stdout
    again = counterpoise("tournament", cup, "--json", "--results", tmp_path / "r.jsonl")
    assert again.stdout == one.stdout
    assert "Cup" in counterpoise("tournament", cup, "--results", tmp_path / "r.jsonl").stdout


def test_a_bot_file_plays(counterpoise: Command, tmp_path: Path, repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    code = readme.split("```python\n")[1].split("```")[0]
    bot = tmp_path / "mybot.py"
    bot.write_text(code, encoding="utf-8")
    done = counterpoise("run", "checkerboard", "--bots", bot, "--until", "1902-01-01", "--json")
    assert done.returncode == 0, done.stderr
    assert "failed" not in done.stderr
    assert any(decision["class"] == "BAL" for decision in json.loads(done.stdout)["decisions"])


def test_several_journals_and_folders_of_them_are_pooled(counterpoise: Command, journal: Path, tmp_path: Path) -> None:
    other = tmp_path / "more" / "h.db"
    other.parent.mkdir()
    assert counterpoise("run", "checkerboard", "--seed", "8", "--journal", other).returncode == 0
    done = counterpoise("debrief", journal, other.parent, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert len(report["sessions"]) == 2
    assert report["classes"]["decisions"] == sum(row["decisions"] for row in report["sessions"])
    assert counterpoise("debrief", other.parent, journal, "--json").stdout == done.stdout
    assert "2 sessions" in counterpoise("debrief", journal, other).stdout
    twice = counterpoise("debrief", journal, journal)
    assert (twice.returncode, "the same journal" in twice.stderr) == (65, True)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert counterpoise("debrief", empty).returncode == 65


def test_debriefs_of_one_session_and_of_several_fit_the_published_schema(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    schema = json.loads(counterpoise("debrief", "--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    other = tmp_path / "h.db"
    counterpoise("run", "checkerboard", "--seed", "9", "--journal", other)
    for journals in ((journal,), (journal, other)):
        report = json.loads(counterpoise("debrief", *journals, "--json").stdout)
        validator.validate(report)
        report["propositions"][0]["verdict"] = "PROVEN"
        assert not validator.is_valid(report)
    assert counterpoise("debrief").returncode == 2


def test_the_mistakes_of_a_file_that_is_all_wrong_are_counted_and_not_all_printed(
    counterpoise: Command, checkerboard: str, tmp_path: Path
) -> None:
    (tmp_path / "odd.toml").write_text("".join(f"odd{number} = 1\n" for number in range(400)) + checkerboard)
    done = counterpoise("validate", "odd.toml", cwd=tmp_path)
    assert done.returncode == 65
    assert done.stderr.count("odd.toml: ") == 51
    assert "odd.toml: 350 more mistakes; --json lists all of them" in done.stderr
    whole = counterpoise("validate", "odd.toml", "--json", cwd=tmp_path)
    assert len(json.loads(whole.stdout)["problems"]) == 400

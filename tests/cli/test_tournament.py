"""Wrong tournament files and result files are rejected and left unchanged."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]
PLAN = (
    'name = "Cup"\nseed = "1"\ngames = 2\nyears = 1\nscenarios = ["checkerboard"]\nentrants = ["balancer", "hedger"]\n'
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "cup.toml"
    path.write_text(PLAN)
    return path


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(counterpoise: Command, plan: Path) -> None:
    plan.write_bytes(b"\xef\xbb\xbf" + PLAN.replace("Cup", "Caf\xe9").encode("latin-1"))
    done = counterpoise("tournament", plan)
    assert done.returncode == 65
    assert f"{plan}: line 1, byte {plan.read_bytes().index(0xE9) - 3}: expected UTF-8 text, got 0xe9" in done.stderr
    assert "Traceback" not in done.stderr


def test_scenario_files_are_looked_for_beside_the_tournament_file(
    counterpoise: Command, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plan.parent / "elsewhere").mkdir()
    assert counterpoise("new", "scenario", plan.parent / "mine").returncode == 0
    plan.write_text(PLAN.replace('"checkerboard"', '"mine.toml"'))
    monkeypatch.chdir(plan.parent / "elsewhere")
    done = counterpoise("tournament", Path("..") / plan.name)
    assert done.returncode == 0, done.stderr
    plan.write_text(PLAN.replace('"checkerboard"', '"none.toml"'))
    assert "none.toml: no such file" in counterpoise("tournament", plan).stderr


def test_every_mistake_of_a_tournament_file_is_reported(counterpoise: Command, plan: Path) -> None:
    plan.write_text(PLAN.replace("games", "game"))
    done = counterpoise("tournament", plan)
    assert done.returncode == 65
    assert "(nearest: games)" in done.stderr
    assert "games: the key games is missing" in done.stderr


@pytest.mark.parametrize("content", ["Dear diary\nnothing happened\n", "one line", '{"a": 1}\n', PLAN])
def test_results_are_never_written_into_another_file(counterpoise: Command, plan: Path, content: str) -> None:
    other = plan.with_name("other.txt")
    other.write_text(content)
    done = counterpoise("tournament", plan, "--results", other)
    assert done.returncode == 65
    assert "other.txt" in done.stderr
    assert "line 1" in done.stderr
    assert other.read_text() == content


def test_the_tournament_file_is_not_overwritten_as_a_results_file(counterpoise: Command, plan: Path) -> None:
    assert counterpoise("tournament", plan, "--results", plan).returncode == 65
    assert plan.read_text() == PLAN


def test_a_game_with_an_incomplete_result_is_played_again(counterpoise: Command, plan: Path) -> None:
    results = plan.with_name("results.jsonl")
    whole = counterpoise("tournament", plan, "--results", results, "--json")
    assert whole.returncode == 0, whole.stderr
    results.write_bytes(results.read_bytes()[:-40])
    again = counterpoise("tournament", plan, "--results", results, "--json")
    assert "line 2 is incomplete and was taken out" in " ".join(again.stderr.split())
    assert again.stdout == whole.stdout
    assert [json.loads(line)["game"] for line in results.read_text().splitlines()] == [0, 1]
    third = counterpoise("tournament", plan, "--results", results, "--json")
    assert third.stdout == whole.stdout
    assert "incomplete" not in third.stderr


def test_tables_of_another_tournament_are_refused_before_a_game_is_played(counterpoise: Command, plan: Path) -> None:
    folder, results = plan.with_name("tables"), plan.with_name("results.jsonl")
    folder.mkdir()
    (folder / "pairs.csv").write_text("older\n")
    done = counterpoise("tournament", plan, "--tables", folder, "--results", results)
    assert done.returncode == 78
    assert f"--tables {folder}: pairs.csv exists there already. Give another folder" in done.stderr
    assert "--force" not in done.stderr
    assert not results.exists()
    assert (folder / "pairs.csv").read_text() == "older\n"


def test_a_scenario_that_does_not_exist_is_named_with_its_place(counterpoise: Command, plan: Path) -> None:
    plan.write_text(PLAN.replace('["checkerboard"]', '["checkerboard", "atlantis"]'))
    done = counterpoise("tournament", plan)
    assert done.returncode == 65
    assert f"{plan}: $.scenarios[1]: atlantis: no bundled scenario and no file has this name" in done.stderr


def test_each_reason_of_a_failure_is_printed_once_and_what_a_bot_writes_has_its_name(
    counterpoise: Command, plan: Path
) -> None:
    plan.with_name("loud.py").write_text(
        "import sys\nclass Bot:\n    def __init__(self, seed): ...\n"
        "    def decide(self, view):\n        print('I', 'am lost', file=sys.stderr)\n        raise ValueError('no map')\n"
    )
    plan.write_text(PLAN.replace('"hedger"', '"loud.py"'))
    shown = counterpoise("tournament", plan)
    assert shown.returncode == 0, shown.stderr
    lines = shown.stderr.splitlines()
    told = [line for line in lines if "I am lost" in line]
    assert told
    assert all(re.fullmatch(r"loud \([A-Z]{3}\): I am lost", line) for line in told)
    reasons = [re.fullmatch(r"loud: (ERROR|FORFEIT): .*no map.* \((\d+) seats?\)", line) for line in lines]
    often = {found[1]: int(found[2]) for found in reasons if found is not None}
    assert len(often) == sum(line.startswith("loud: ") for line in lines)
    assert sum(often.values()) == 8  # four seats in each of two games
    quiet = counterpoise("tournament", plan, "--bot-logs", plan.with_name("logs"))
    assert "I am lost" not in quiet.stderr
    assert "I am lost" in (plan.with_name("logs") / "game-00000.bots.jsonl").read_text()


def test_the_example_in_the_manual_runs(counterpoise: Command, repository: Path, tmp_path: Path) -> None:
    manual = (repository / "server" / "README.md").read_text(encoding="utf-8")
    example = manual.partition("## Tournament files")[2].split("```toml\n")[1].split("```")[0]
    cup = tmp_path / "cup.toml"
    cup.write_text(example)
    done = counterpoise("tournament", cup)
    assert done.returncode == 0, done.stderr
    assert "strength" in done.stdout


def test_journals_of_a_tournament_are_kept_and_pooled(counterpoise: Command, plan: Path) -> None:
    folders = [plan.with_name(f"journals{jobs}") for jobs in (1, 2)]
    for jobs, folder in enumerate(folders, start=1):
        done = counterpoise("tournament", plan, "--jobs", jobs, "--journals", folder, "--json")
        assert done.returncode == 0, done.stderr
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two
    assert sorted(one) == ["game-00000.jsonl", "game-00001.jsonl"]
    assert counterpoise("verify", folders[0] / "game-00001.jsonl").returncode == 0
    report = json.loads(counterpoise("debrief", folders[0], "--json").stdout)
    assert len(report["sessions"]) == 2
    assert len(report["propositions"]) == 54


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # A process that ended keeps its number until its parent asks for it.
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.timeout(120)
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the state of other processes is read from /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_bot_that_never_decides_ends_with_an_interrupted_tournament(plan: Path, number: signal.Signals) -> None:
    asked = plan.with_name("asked")
    plan.with_name("brooder.py").write_text(
        "import os, pathlib\n\n\nclass Bot:\n    def __init__(self, seed): ...\n\n    def decide(self, view):\n"
        f"        pathlib.Path({str(asked)!r}).write_text(os.readlink('/proc/self'))\n        while True: pass\n"
    )
    plan.write_text(PLAN.replace('"hedger"', '"brooder.py"'))
    started = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "counterpoise",
            "tournament",
            str(plan),
            "--jobs",
            "2",
            "--trust-bots",
            "--bot-seconds",
            "0",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (asked.exists() and asked.read_text()):
        assert started.poll() is None
        time.sleep(0.05)
    # A terminal interrupts the whole process group; a supervisor ends only the process it started.
    os.killpg(started.pid, number) if number == signal.SIGINT else os.kill(started.pid, number)
    _, told = started.communicate(timeout=30)
    assert started.returncode == (130 if number == signal.SIGINT else -number)
    assert "Traceback" not in told
    until = time.monotonic() + 10
    while is_running(int(asked.read_text())):
        assert time.monotonic() < until, "a bot outlived its tournament"
        time.sleep(0.05)


def test_tables_are_written_as_csv_and_as_parquet_with_the_same_rows(counterpoise: Command, plan: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    plan.write_text(PLAN.replace('name = "Cup"', 'name = "Cup"\nverify = "none"'))
    folder = plan.with_name("tables")
    done = counterpoise("tournament", plan, "--tables", folder, "--parquet")
    assert done.returncode == 0, done.stderr
    assert "What they do beside winning" in done.stdout
    assert "0 of 2 games were replayed" in done.stdout
    names = {path.stem for path in folder.glob("*.csv")}
    assert names == {path.stem for path in folder.glob("*.parquet")}
    assert names == {"standings", "pairs", "seats", "behaviour", "games"}
    for name in names:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        table = parquet.read_table(folder / f"{name}.parquet")
        assert (table.column_names, table.num_rows) == (head, len(rows))
    behaviour = parquet.read_table(folder / "behaviour.parquet").to_pylist()
    balancing = {row["entrant"]: row for row in behaviour if row["measure"] == "balancing"}
    assert balancing["balancer"]["value"] >= balancing["hedger"]["value"]
    assert balancing["balancer"]["above"] == pytest.approx(
        balancing["balancer"]["value"] - balancing["balancer"]["noise"], abs=1e-5
    )


def test_games_beyond_whole_worlds_are_warned_of_and_give_no_interval(counterpoise: Command, plan: Path) -> None:
    plan.write_text(PLAN.replace("games = 2", "games = 3"))
    done = counterpoise("tournament", plan, "--json")
    assert done.returncode == 0, done.stderr
    warning = " ".join(done.stderr.split())
    assert "games = 3 is no multiple of 2, which is entrants times scenarios" in warning
    assert "games = 2 or 4 plays whole worlds only" in warning
    assert json.loads(done.stdout)["widest"] is None
    plan.write_text(PLAN)
    assert "no multiple" not in counterpoise("tournament", plan).stderr

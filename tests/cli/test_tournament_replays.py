"""The replays of a tournament: the same bytes for any number of jobs, also resumed, and nothing of others is touched."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]
PLAN = (
    'name = "Cup"\nseed = "1"\ngames = 9\nyears = 1\nscenarios = ["checkerboard"]\n'
    'entrants = ["balancer", "hedger", { name = "failing", bot = "failing.py" }]\n'
)
FAILING = "class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): 1 / 0\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "failing.py").write_text(FAILING)
    path = tmp_path / "cup.toml"
    path.write_text(PLAN)
    return path


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def kill_after_games(count: int, asked: list[Any]) -> None:
    """Start a tournament, and kill it once so many results are stored."""
    results = Path(asked[-1])
    started = subprocess.Popen([sys.executable, "-m", "counterpoise", *map(str, asked)], stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not results.exists() or results.read_bytes().count(b"\n") < count:
        assert time.monotonic() < until
        time.sleep(0.02)
    started.kill()
    started.wait()


def test_the_replays_are_the_same_for_any_number_of_jobs_and_after_an_interruption(
    counterpoise: Command, plan: Path
) -> None:
    written = {}
    for name, jobs in (("one", 1), ("two", 2), ("resumed", 1)):
        folder = plan.parent / name
        folder.mkdir()
        asked: list[Any] = [
            "tournament",
            plan,
            "--html",
            folder / "cup.html",
            "--replays",
            "chosen",
            "--replay-games",
            "6",
        ]
        if name == "resumed":
            asked += ["--results", plan.parent / "results.jsonl"]
            kill_after_games(4, asked)
            (folder / "cup-replays" / ".0123456789ab.new").write_bytes(b"what a process was writing when it was killed")
        done = counterpoise(*asked, "--jobs", jobs, "--json")
        assert done.returncode == 0, done.stderr
        written[name] = {"": done.stdout.encode(), **files_in(folder)}
    assert written["one"] == written["two"] == written["resumed"]
    result = json.loads(written["one"][""])
    assert len(result["replays"]) == 6
    assert result["replays_left_out"] > 0
    assert len(written["one"]) == 2 + 2 * 6, "the document, the leaderboard, and of each game a page and a journal"
    reasons = [(why["kind"], why["entrant"], why["status"]) for kept in result["replays"] for why in kept["reasons"]]
    assert ("failed", "failing", "ERROR") in reasons
    assert [who for kind, who, _ in sorted(reasons) if kind == "best"] == ["balancer", "failing", "hedger"]
    journal = plan.parent / "one" / result["replays"][0]["journal"]
    assert counterpoise("verify", journal).returncode == 0


def test_the_file_may_ask_for_replays_and_the_tables_name_them(counterpoise: Command, plan: Path) -> None:
    plan.write_text(PLAN.replace("games = 9", 'games = 3\nreplays = "all"'))
    page, tables = plan.with_name("cup.html"), plan.with_name("tables")
    done = counterpoise("tournament", plan, "--html", page, "--tables", tables)
    assert done.returncode == 0, done.stderr
    assert "replays: 3 games in cup-replays, to which the leaderboard links." in done.stdout
    with (tables / "games.csv").open(encoding="utf-8", newline="") as file:
        pages = {row["replay"] for row in csv.DictReader(file)}
    assert sorted(pages) == sorted(f"cup-replays/{path.name}" for path in plan.with_name("cup-replays").glob("*.html"))
    assert len(pages) == 3
    off = counterpoise("tournament", plan, "--html", page, "--replays", "none")
    assert (off.returncode, "replays:" in off.stdout) == (0, False)


def test_a_folder_with_anything_else_is_refused_before_a_game_is_played_and_left_alone(
    counterpoise: Command, plan: Path
) -> None:
    folder = plan.with_name("cup-replays")
    folder.mkdir()
    asked = ("tournament", plan, "--html", plan.with_name("cup.html"), "--replays", "chosen")
    for name in ("notes.txt", "game-00001-0123abcd.html"):
        (folder / name).write_text("mine")
        done = counterpoise(*asked)
        assert done.returncode == 78
        assert f"holds {name}, which is no replay of this tournament" in done.stderr
        assert files_in(folder) == {name: b"mine"}
        (folder / name).unlink()
    assert counterpoise(*asked).returncode == 0
    played = files_in(folder)
    assert counterpoise(*asked).returncode == 0, "the same tournament may be played again"
    assert files_in(folder) == played
    plan.write_text(PLAN.replace('seed = "1"', 'seed = "2"'))
    assert counterpoise(*asked).returncode == 78
    assert files_in(folder) == played


def test_games_that_were_played_without_replays_are_counted_as_left_out(counterpoise: Command, plan: Path) -> None:
    results, page = plan.with_name("results.jsonl"), plan.with_name("cup.html")
    assert counterpoise("tournament", plan, "--results", results).returncode == 0
    done = counterpoise("tournament", plan, "--results", results, "--html", page, "--replays", "chosen")
    assert done.returncode == 0, done.stderr
    assert "replays: 0 games, to which the leaderboard links; " in done.stdout
    assert "games that were played without --replays have none" in done.stdout


@pytest.mark.parametrize("option", [("--replays", "chosen"), ("--replay-games", "3")])
def test_replays_need_a_leaderboard_that_links_to_them(
    counterpoise: Command, plan: Path, option: tuple[str, str]
) -> None:
    done = counterpoise("tournament", plan, *option)
    assert done.returncode == 2
    assert "it needs --html FILE" in done.stderr

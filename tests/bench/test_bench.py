"""Every benchmark runs. No test checks a time, since a slow machine must not fail the suite."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

HERE = Path(__file__).resolve().parent
MAY_BE_NOTHING = ("MB", "%", "in all games", "rows", "points")
"""Units of figures that can be nothing: memory where the game before left room for it, shares, events in a few short games,
differences of scores."""
NAMES = sorted(path.stem for path in (HERE / "benchmarks").glob("*.py"))


def run(*arguments: str, terminal: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(HERE / "run.py"), *arguments], capture_output=True, text=True, timeout=100, check=False,
        env={**os.environ, **({"FORCE_COLOR": "1", "TERM": "xterm"} if terminal else {})},
    )  # fmt: skip


def test_there_is_a_benchmark_for_each_hot_path() -> None:
    assert NAMES == [
        "attacks",
        "calibration",
        "checker",
        "class_games",
        "class_load",
        "crowd",
        "degenerate",
        "evidence",
        "game",
        "growth",
        "journal",
        "learning",
        "memory",
        "noise_verdicts",
        "null_sizes",
        "orders",
        "random_players",
        "replay",
        "scrubbing",
        "simulation",
        "snapshots",
        "soak",
        "strength",
        "tournaments",
    ]


@pytest.fixture(scope="module")
def measured() -> Callable[[str], dict[str, Any]]:
    """Runs a benchmark so little that it shows only that it works, and returns its document; each benchmark only once."""

    @cache
    def measure(name: str) -> dict[str, Any]:
        done = run(name, "--tiny", "--json")
        assert done.returncode == 0, done.stderr
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    return measure


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_reports_figures(measured: Callable[[str], dict[str, Any]], name: str) -> None:
    report: dict[str, Any] = measured(name)["benchmarks"][name]
    if not report["figures"]:
        pytest.skip(report["notes"][0])
    assert report["figures"][0]["unit"] in ("x", "bare timeouts", "%"), "ratios come first"
    for figure in report["figures"]:
        assert figure["value"] > 0 or figure["unit"] in MAY_BE_NOTHING, figure


@pytest.mark.timeout(120)
def test_the_calibration_marks_every_row(measured: Callable[[str], dict[str, Any]]) -> None:
    document = measured("calibration")
    schema = json.loads(run("--schema").stdout)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert not jsonschema.Draft202012Validator(schema).is_valid({**document, "tiny": None})
    report = document["benchmarks"]["calibration"]
    rows: list[dict[str, Any]] = report["comparisons"]
    counted = {figure["name"]: figure["value"] for figure in report["figures"] if figure["unit"] == "rows"}
    assert [counted[name] for name in sorted(counted)] == [
        len([row for row in rows if row["mark"] == mark])
        for mark in ("inside", "outside, no reason", "outside, reason stated")
    ], counted
    assert not any("or explained" in figure["name"] for figure in report["figures"]), "a reason puts no row inside"
    assert len(rows) >= 15
    for row in rows:
        inside = row["published_least"] <= row["value"] <= row["published_most"]
        outside = "outside, reason stated" if row["explanation"] else "outside, no reason"
        assert row["mark"] == ("inside" if inside else outside), row
        none_happened = row["published_least"] == row["published"] == 0.0  # none in so many years has no lower end
        assert row["published_least"] < row["published"] or none_happened, row
        assert row["published"] < row["published_most"], row
        assert row["least"] <= row["most"], row
        assert row["source"], row


def test_the_table_names_what_was_measured() -> None:
    done = run("replay", "--tiny")
    assert done.returncode == 0, done.stderr
    assert "speed of the replay over that of the run" in done.stdout


def test_no_bar_counts_up_to_what_nobody_knows() -> None:
    watched = run("replay", "--tiny", terminal=True).stderr
    assert "replay ━" in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", watched)
    assert "0/?" not in watched


def test_games_are_counted_for_the_evidence_alone() -> None:
    for wrong in (("game", "--games", "3"), ("--games", "3"), ("evidence", "--games", "0")):
        done = run(*wrong)
        assert (done.returncode, "--games needs the benchmark evidence alone" in done.stderr) == (2, True)


def test_an_unknown_benchmark_is_a_usage_error() -> None:
    done = run("quickness")
    assert done.returncode == 2
    assert (
        "there are attacks, calibration, checker, class_games, class_load, crowd, degenerate, evidence, game, growth, journal, "
        "learning, memory, noise_verdicts, null_sizes, orders, random_players, replay, scrubbing, simulation, snapshots, soak, "
        "strength, tournaments" in done.stderr
    )

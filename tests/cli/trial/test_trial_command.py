"""``trial`` plays a scenario several times and prints one report, as text, as JSON and as a page."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
from tests.cli.packed_page import data_of

from counterpoise.cli.terminal import PIPE_COLUMNS, console
from counterpoise.errors import ConfigurationError, InputError, ScenarioError
from counterpoise.scenario_files import scenario_folder
from counterpoise.trial.trial_document import trial_schema

Command = Callable[..., "subprocess.CompletedProcess[str]"]
ROWS = """
[[expect]]
kind = "wars"
until = 1902-12-31
at_most = 100
source = "a test"

[[expect]]
kind = "crises"
at_least = 900
held_out = true
source = "a test"

[[expect]]
kind = "fought"
between = ["ARD", "BEL"]
since = 1904-01-01
at_most = 1
source = "a test"
"""


class Tried(NamedTuple):
    document: dict[str, Any]
    printed: str
    page: str


@pytest.fixture(scope="module")
def scenario(checkerboard: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small scenario with three rows."""
    path = tmp_path_factory.mktemp("trial") / "small.toml"
    path.write_text(checkerboard.replace('id = "checkerboard"', 'id = "small"', 1) + ROWS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tried(counterpoise: Command, scenario: Path) -> Tried:
    """Two games of two years, on two processes."""
    page = scenario.with_suffix(".html")
    done = counterpoise("trial", scenario, "--seeds", 2, "--years", 2, "--jobs", 2, "--json", "--html", page)
    assert done.returncode == 0, done.stderr
    return Tried(json.loads(done.stdout), done.stdout, page.read_text(encoding="utf-8"))


def test_the_document_fits_its_schema(tried: Tried) -> None:
    jsonschema.Draft202012Validator(trial_schema()).validate(tried.document)


def test_rows_are_judged_if_the_games_reached_the_end_of_their_period(tried: Tried) -> None:
    wars, crises, fought = tried.document["expectations"]
    assert (wars["met"], wars["of"]) == (True, 2)
    assert (crises["met"], fought["met"]) == (None, None)
    assert (wars["unjudged"], "period" in fought["unjudged"]) == (None, True)
    assert tried.document["tuned"] == {"met": 1, "of": 1, "unjudged": 1}
    assert tried.document["held_out"] == {"met": 0, "of": 0, "unjudged": 1}


def test_one_process_prints_the_same_document_as_two(
    run_here: Callable[..., str], tried: Tried, scenario: Path
) -> None:
    assert run_here("trial", scenario, "--seeds", 2, "--years", 2, "--json") == tried.printed


def test_the_text_has_a_line_for_each_row_and_for_each_inject(
    run_here: Callable[..., str], scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "width", PIPE_COLUMNS)
    text = run_here("trial", scenario, "--seeds", 1, "--years", 2)
    assert "Expectations: 1 of 1 met, 1 not judged" in text
    assert "Expectations held out of tuning" in text
    assert "ARD and BEL fight, from 1904-01-01" in text
    for title in ("Who was tied", "Who fought", "Coups by regime", "Absurdities a game"):
        assert title in text


def test_the_page_holds_the_report_and_asks_for_nothing(tried: Tried) -> None:
    assert data_of(tried.page)["report"] == tried.document
    assert "http://" not in tried.page.replace("http://www.w3.org", "")
    assert "default-src 'none'" in tried.page


def test_an_unknown_scenario_and_a_file_that_is_no_page_are_refused_before_a_game(
    run_here: Callable[..., str], scenario: Path
) -> None:
    with pytest.raises(InputError):
        run_here("trial", "europe-1871")
    with pytest.raises(ScenarioError, match=r"this is a historical record.* scenario, \"rising-hegemon\"; run plays"):
        run_here("trial", scenario_folder() / "rising-hegemon.history.toml")
    with pytest.raises(ConfigurationError):
        run_here("trial", scenario, "--html", scenario)


def test_an_odd_figure_is_reported(run_here: Callable[..., str], scenario: Path) -> None:
    text = scenario.read_text(encoding="utf-8")
    begin = text.index("waypoints", text.index("[actors.ARD]"))
    figure = text.index(",", begin) + 1
    end = text.index(",", figure)
    odd = scenario.with_name("odd.toml")
    odd.write_text(text[:end] + "000000" + text[end:], encoding="utf-8")
    assert "Warning: actors.ARD.waypoints" in run_here("trial", odd, "--seeds", 1, "--years", 1)
    assert "actors.ARD.waypoints" in json.loads(run_here("validate", odd, "--json"))["warnings"][0]["path"]

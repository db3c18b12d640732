"""Figures that look like a slip are named; those of the bundled scenarios are not odd."""

from __future__ import annotations

import re
import tomllib

import pytest

from counterpoise.sim.reading.odd_figures import odd_figures
from counterpoise.sim.reading.scenario_text import check_scenario


def changed(text: str, code: str, latitude: float, longitude: float) -> str:
    """Return a scenario's text with the capital of a state somewhere else."""
    begin = text.index(f"[actors.{code}]")
    table = re.sub(r"(?m)^latitude = .*$", f"latitude = {latitude}", text[begin:], count=1)
    return text[:begin] + re.sub(r"(?m)^longitude = .*$", f"longitude = {longitude}", table, count=1)


@pytest.mark.parametrize("name", ["checkerboard", "cold-war-1947", "europe-1870", "europe-1933", "middle-east-1955"])
def test_no_figure_of_a_bundled_scenario_is_odd(scenarios: dict[str, str], name: str) -> None:
    assert odd_figures(scenarios[name]) == []


@pytest.mark.parametrize("code", ["IRQ", "SAU", "ALG", "FRN", "UKG"])
def test_swapped_coordinates_are_named_and_the_neighbours_are_not(middle_east: str, code: str) -> None:
    actor = tomllib.loads(middle_east)["actors"][code]
    swapped = changed(middle_east, code, actor["longitude"], actor["latitude"])
    (odd,) = odd_figures(swapped)
    assert odd.path == f"actors.{code}.latitude"
    assert swapped.split("\n")[odd.line - 1].startswith("latitude")
    assert "may be swapped" in odd.words
    assert not check_scenario(swapped, "m.toml")


def test_a_capital_far_from_all_its_neighbours_is_named(middle_east: str) -> None:
    (odd,) = odd_figures(changed(middle_east, "JOR", -31.95, 35.93))
    assert (odd.path, "nearest capital of a land neighbour" in odd.words) == ("actors.JOR.latitude", True)


def test_spending_of_a_thousand_times_the_next_row_is_named_in_its_row(middle_east: str) -> None:
    begin = middle_east.index("waypoints", middle_east.index("[actors.SYR]"))
    row = re.compile(r"\[(\d{4}-\d\d-\d\d), *(\d+)").search(middle_east, begin)
    assert row is not None
    text = middle_east[: row.end()] + "000" + middle_east[row.end() :]
    (odd,) = odd_figures(text)
    assert odd.path == "actors.SYR.waypoints[0][1]"
    assert "three digits too many" in odd.words


def test_spending_that_is_too_large_in_every_row_is_named(middle_east: str) -> None:
    begin = middle_east.index("waypoints", middle_east.index("[actors.USA]"))
    end = middle_east.index("\n]", begin)
    rows = re.sub(r"(\d{4}-\d\d-\d\d), *(\d+)", r"\1, \g<2>000", middle_east[begin:end])
    (odd,) = odd_figures(middle_east[:begin] + rows + middle_east[end:])
    assert odd.path == "actors.USA.waypoints"
    assert str(odd).startswith("actors.USA.waypoints (line ")


def test_a_file_with_mistakes_has_no_odd_figures() -> None:
    assert odd_figures("[scenario") == []
    assert odd_figures("[scenario]\nid = 3\n") == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("NA", "missing value"),
        ("NULL", "missing value"),
        ("NAN", "missing value"),
        ("TRUE", "truth value"),
        ("INF", "infinite"),
        ("MAR1", "a date"),
        ("DEC25", "a date"),
    ],
)
def test_a_code_that_programs_for_tables_read_otherwise_is_named(checkerboard: str, code: str, words: str) -> None:
    (odd,) = odd_figures(re.sub(r"\bDUN\b", code, checkerboard))
    assert odd.path == f"actors.{code}"
    assert words in odd.words
    assert odd.line


@pytest.mark.parametrize("code", ["NAM", "MAR", "TRU", "NUL", "MARX1"])
def test_a_code_that_only_looks_like_such_a_word_is_not_odd(checkerboard: str, code: str) -> None:
    assert odd_figures(re.sub(r"\bDUN\b", code, checkerboard)) == []

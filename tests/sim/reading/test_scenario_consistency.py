"""The consistency checks of scenarios report a mistake once, at the place that is wrong."""

from __future__ import annotations

import pytest

from counterpoise.sim.reading.scenario_text import check_scenario


@pytest.mark.parametrize(
    ("old", "new", "path", "expected"),
    [
        ("end = 1904-12-31", "end = 1900-12-31", "scenario.end", "a date after the start, 1901-01-01"),
        ("end = 1904-12-31", "end = 1902-12-31", "scenario.end", "a date from 1904-12-31 on"),
        ("start = 1901-01-01", "start = 1900-01-01", "scenario.start", "a date from 1901-01-01 on"),
    ],
)
def test_a_wrong_start_or_end_is_the_only_mistake(
    checkerboard: str, old: str, new: str, path: str, expected: str
) -> None:
    assert checkerboard.count(f"\n{old}\n") == 1
    [error] = check_scenario(checkerboard.replace(f"\n{old}\n", f"\n{new}\n"), "s")
    assert error.path.partition(" (line ")[0] == path
    assert error.expected.startswith(expected)
    assert error.got == new.rpartition(" ")[2]


def test_a_row_after_the_end_is_reported_at_the_row_of_its_state(checkerboard: str) -> None:
    wrong = checkerboard.replace("[1904-12-31,", "[1905-12-31,", 1)
    assert wrong != checkerboard
    [error] = check_scenario(wrong, "s")
    assert error.path.startswith("actors.ARD.waypoints[")
    assert error.expected == "a date up to 1904-12-31"


def test_a_repeated_name_is_offered_once(checkerboard: str) -> None:
    row = '  { members = ["ARD", "ARD"], commitment = "arms", start = 1900-01-01, lead = "XYZ" },\n'
    text = checkerboard.replace("[opening]\nalignments = [\n", "[opening]\nalignments = [\n" + row)
    assert text != checkerboard
    [error] = [error for error in check_scenario(text, "s") if "lead" in error.path]
    assert error.expected == "one of ARD"


@pytest.mark.parametrize(
    ("row", "key", "expected"),
    [
        ('{ kind = "gain" }', ".states", "at least 1 for an objective of the kind gain"),
        ('{ kind = "apart", states = ["BEL"] }', ".states", "at least 2 for an objective of the kind apart"),
        ('{ kind = "land", states = ["XYZ"] }', ".states[0]", "one of "),
        ('{ kind = "peace", states = ["ARD"] }', ".states[0]", "another state than the one that wants this"),
        ('{ kind = "allies", states = ["BEL"], count = 2 }', ".count", "at most 1, the number of its states"),
        ('{ kind = "glory" }', ".kind", "one of "),
    ],
)
def test_a_senseless_objective_is_reported_at_its_row(checkerboard: str, row: str, key: str, expected: str) -> None:
    text = checkerboard.replace("objectives = [\n", f"objectives = [\n  {row},\n", 1)
    assert text != checkerboard
    [error] = check_scenario(text, "s")
    assert error.path.startswith(f"actors.ARD.objectives[0]{key}")
    assert error.expected.startswith(expected)


def test_the_same_objective_twice_is_reported(checkerboard: str) -> None:
    text = checkerboard.replace(
        "objectives = [\n", 'objectives = [\n  { kind = "regime" },\n  { kind = "regime" },\n', 1
    )
    [error] = check_scenario(text, "s")
    assert error.path.startswith("actors.ARD.objectives[1]")
    assert error.expected == "each objective once"

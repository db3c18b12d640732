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

"""Rows of expectations are read, and a mistake in one is named with its place, its line and what was expected."""

from __future__ import annotations

from datetime import date

import pytest

from counterpoise.sim.expectation import EXPECTATIONS, SUPPORT, TieExpectation, WarsExpectation
from counterpoise.sim.reading.scenario_injects import scenario_json_schema
from counterpoise.sim.reading.scenario_text import check_scenario, parse_scenario

ROW = """
[[expect]]
kind = "tie"
between = ["ARD", "BEL"]
since = 1902-01-01
at_least = 0.5
source = "a test"
"""
MISTAKES = [
    (ROW.replace('"tie"', '"ties"'), "expect[0].kind", "nearest: tie"),
    (ROW.replace('kind = "tie"\n', ""), "expect[0].kind", "the key kind is missing"),
    (ROW.replace('"BEL"', '"Belmark"'), "expect[0].between[1]", "one of ARD, BEL"),
    (ROW.replace('"BEL"', '"ARD"'), "expect[0].between[1]", "another state than the first"),
    (ROW.replace("at_least = 0.5\n", ""), "expect[0]", "at_least, at_most or both"),
    (ROW.replace("0.5", "1.5"), "expect[0].at_least", "a share of games, from 0 to 1"),
    (ROW + "at_most = 0.2\n", "expect[0].at_most", "of at least 0.5"),
    (ROW.replace("1902", "1802"), "expect[0].since", "a date from 1901-01-01"),
    (ROW + "until = 1901-06-01\n", "expect[0].until", "a date from 1902-01-01 on"),
    (ROW.replace('source = "a test"\n', ""), "expect[0].source", "the key source is missing"),
    (ROW + "sauce = 1\n", "expect[0].sauce", "nearest: source"),
    (ROW + 'by = ["treaty"]\n', "expect[0].by[0]", "one of arms"),
    (ROW + 'or_between = [["COR", "COR"]]\n', "expect[0].or_between[0][1]", "another state than the first"),
    (
        '\n[[expect]]\nkind = "regime"\nof = "ARD"\nfamilies = ["x"]\nat_least = 1\nsource = "s"\n',
        "families[0]",
        "one of",
    ),
    ('\n[[expect]]\nkind = "inject"\nbegins = "Nothing"\nat_least = 1\nsource = "s"\n', "begins", "the beginning of"),
    (
        '\n[[expect]]\nkind = "camps"\non = 1902-01-01\ncamps = [["ARD", "BEL"], ["BEL", "COR"]]\nat_least = 1\nsource = "s"\n',
        "camps[1][0]",
        "one camp only",
    ),
    (
        '\n[[expect]]\nkind = "wars"\namong = ["ARD", "ARD"]\nat_most = 0\nsource = "s"\n',
        "expect[0].among",
        "two states or more",
    ),
    (
        '\n[[expect]]\nkind = "crises"\namong = ["ARD"]\nat_most = 0\nsource = "s"\n',
        "expect[0].among",
        "two states or more",
    ),
    (
        '\n[[expect]]\nkind = "camps"\non = 1902-01-01\ncamps = [["ARD"], ["BEL"]]\nstates = 5\nat_most = 0\nsource = "s"\n',
        "expect[0].states",
        "camps of at least 5 and 5 states",
    ),
    (
        '\n[[expect]]\nkind = "camps"\non = 1902-01-01\ngreat_powers = 6\nat_most = 0\nsource = "s"\n',
        "expect[0].great_powers",
        "camps of at least 6 and 6 states",
    ),
    (
        '\n[[expect]]\nkind = "unaligned"\nof = "ARD"\npartners = ["ARD"]\nat_least = 1\nsource = "s"\n',
        "partners",
        "other states",
    ),
]


def test_a_row_is_read_with_its_defaults(checkerboard: str) -> None:
    (row,) = parse_scenario(checkerboard + ROW, "c.toml").expectations
    assert isinstance(row, TieExpectation)
    assert (row.between, row.since, row.until, row.by) == (("ARD", "BEL"), date(1902, 1, 1), None, SUPPORT)
    assert not row.held_out


def test_a_camp_may_hold_more_states_than_those_that_the_row_names(checkerboard: str) -> None:
    row = '\n[[expect]]\nkind = "camps"\non = 1902-01-01\ncamps = [["ARD"], ["BEL"]]\nstates = 3\nat_least = 1\nsource = "s"\n'
    assert check_scenario(checkerboard + row, "c.toml") == []


def test_rows_keep_the_order_of_the_file(checkerboard: str) -> None:
    wars = '\n[[expect]]\nkind = "wars"\namong = "great_powers"\nat_most = 2\nheld_out = true\nsource = "s"\n'
    first, second = parse_scenario(checkerboard + wars + ROW, "c.toml").expectations
    assert isinstance(first, WarsExpectation)
    assert (first.among, first.held_out) == ("great_powers", True)
    assert isinstance(second, TieExpectation)


@pytest.mark.parametrize(("row", "path", "expected"), MISTAKES)
def test_a_mistake_is_named_with_its_place_and_line(checkerboard: str, row: str, path: str, expected: str) -> None:
    (error,) = check_scenario(checkerboard + row, "c.toml")
    assert path in error.path
    assert "(line " in error.path
    assert expected in str(error)


def test_the_json_schema_knows_every_kind_of_row() -> None:
    definitions = scenario_json_schema()["$defs"]
    for kind, form in EXPECTATIONS.items():
        assert definitions[form.__name__]["properties"]["kind"]["enum"] == [kind]


def test_a_great_power_has_dates_in_order(checkerboard: str) -> None:
    dated = checkerboard.replace("[actors.ARD]\n", "[actors.ARD]\ngreat_power_from = 1901-06-01\n", 1)
    first = parse_scenario(dated, "c.toml").actors[0]
    assert (first.great_power_from, first.great_power_until) == (151, None)
    late = dated.replace("1901-06-01\n", "1901-06-01\ngreat_power_until = 1901-02-01\n", 1)
    (error,) = check_scenario(late, "c.toml")
    assert "a date after 1901-06-01" in str(error)

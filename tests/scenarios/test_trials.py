"""A short trial of each historical scenario: its rows are well formed, and its first years are not a broken world.

The limits are wide, so that a change of chance does not break a test. ``counterpoise trial`` with whole games tells more.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from counterpoise.cli.options.seats import bots_by_seat
from counterpoise.sim.expectation import SHARES, kind_of
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.trial.runner import TrialGame, play_trial
from counterpoise.trial.summary import trial_report
from counterpoise.trial.trial_document import TrialReport

HISTORICAL = ("cold-war-1947", "europe-1870", "europe-1933", "middle-east-1955")
GAMES, YEARS = 3, 7


@pytest.fixture(params=HISTORICAL, scope="module")  # so that all tests of one scenario come one after the other
def scenario(request: pytest.FixtureRequest, scenarios: dict[str, str]) -> Scenario:
    return parse_scenario(scenarios[request.param], request.param)


@cache
def tried(name: str, text: str) -> TrialReport:
    """Play a few games of a few years; once for all tests."""
    games = [TrialGame(n, text, name, f"ci/{n}", YEARS, (), bots_by_seat) for n in range(1, GAMES + 1)]
    return trial_report(parse_scenario(text, name), list(play_trial(games)), "ci", [], [])


@pytest.fixture
def report(scenario: Scenario, scenarios: dict[str, str]) -> TrialReport:
    return tried(scenario.id, scenarios[scenario.id])


def test_a_historical_scenario_holds_ten_rows_and_keeps_about_a_third_out_of_tuning(scenario: Scenario) -> None:
    held_out = [row for row in scenario.expectations if row.held_out]
    assert len(scenario.expectations) - len(held_out) >= 10
    assert 0.25 <= len(held_out) / len(scenario.expectations) <= 0.5


def test_every_row_cites_a_data_set_or_an_author_and_year(scenario: Scenario) -> None:
    for row in scenario.expectations:
        assert re.search(r"\b(18|19|20)\d\d\b|v\d|SIPRI|Greenbook", row.source), row.source


def test_a_range_leaves_something_out(scenario: Scenario) -> None:
    for row in scenario.expectations:
        least, most = row.at_least or 0.0, row.at_most
        assert least > 0 or (most is not None and (most < 1 or kind_of(row) not in SHARES)), row


def test_great_powers_are_named(scenario: Scenario) -> None:
    assert sum(actor.great_power_from is not None for actor in scenario.actors) >= 4


def test_a_short_trial_ends_and_judges_the_rows_that_it_reaches(report: TrialReport, scenario: Scenario) -> None:
    assert len(report.expectations) == len(scenario.expectations)
    assert report.games == GAMES
    reached = [row for row in report.expectations if row.met is not None]
    assert all(row.ci is not None and row.ci[0] <= (row.observed or 0.0) <= row.ci[1] for row in reached)


def test_the_first_years_are_neither_dead_nor_mad(report: TrialReport) -> None:
    assert 0.3 <= report.crises.value <= 12
    assert report.wars.value <= 10
    assert report.great_power_wars.value <= 4
    assert report.coups.value <= 12
    assert any(pair.to_fight for pair in report.allied)
    assert report.absurdities_a_game["hopeless_attack"] <= 1

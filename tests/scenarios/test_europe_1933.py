"""Europe from 1933 agrees with the data it is taken from, and plays to its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from counterpoise.session.running_session import Session
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import Scenario

if TYPE_CHECKING:
    from tests.scenarios.conftest import Facts

SCENARIO = "europe-1933"

CODES = {
    "255": "GMY", "220": "FRN", "200": "UKG", "365": "USR", "325": "ITA", "290": "POL", "315": "CZE", "305": "AUS",
    "310": "HUN", "360": "ROM", "345": "YUG", "355": "BUL", "350": "GRC", "640": "TUR", "211": "BEL", "375": "FIN",
    "2": "USA", "740": "JPN",
}  # fmt: skip
"""Correlates of War country numbers."""


def test_eighteen_states_play_thirty_six_quarters(scenario: Scenario) -> None:
    calendar = Calendar(scenario.start, scenario.window_months)
    assert [actor.id for actor in scenario.actors] == list(CODES.values())
    assert (scenario.start, scenario.end) == (date(1933, 1, 1), date(1941, 12, 31))
    assert calendar.window_of(calendar.tick_of(scenario.end)) == 35
    assert [actor.id for actor in scenario.actors if actor.role == "outside"] == ["USA"]
    assert scenario.dispute_rate == 1.2


def test_no_state_is_annexed_on_a_fixed_date(scenario: Scenario) -> None:
    assert all(actor.leaves is None for actor in scenario.actors)
    assert all(rivalry.end is None for rivalry in scenario.rivalries)
    assert {inject.kind for inject in scenario.injects if inject.tick is not None} == {"announce"}


def test_every_waypoint_matches_the_data_before_the_annexations(scenario: Scenario, known: Facts) -> None:
    assert known.wrong_waypoints() == []
    last = {actor.id: known.year(actor.waypoints[-1].tick) for actor in scenario.actors}
    assert {code: year for code, year in last.items() if year != 1938} == {"AUS": 1937, "CZE": 1937}


def test_borders_match_the_data_of_the_first_day(known: Facts) -> None:
    assert known.own_borders() == known.borders("1933-01-01")


def test_rivalries_match_the_data_except_ends_by_conquest(known: Facts) -> None:
    assert known.own_rivalries() == {(pair, start, None) for pair, start, _ in known.rivalries(1933, 1941)}


def test_past_disputes_match_the_data(known: Facts) -> None:
    assert known.own_disputes() == known.disputes(1923, 1932)


def test_treaties_match_the_data(scenario: Scenario, known: Facts) -> None:
    locarno, repeats = "2130", ("2120", "2135")
    expected = known.treaties("1933-01-01", without=(locarno, *repeats))
    assert known.own_treaties() == expected | {(frozenset(("BEL", "FRN", "GMY")), "nonaggression")}
    guarantors = {a.lead for a in scenario.alignments if a.commitment == "guarantee"}
    assert guarantors == {"UKG", "ITA"}


def test_the_claims_on_the_west_and_on_finland_are_in_the_data(scenario: Scenario, known: Facts) -> None:
    data = {(row["ccode_challenger"], row["ccode_target"]) for row in known.rows("territorial_claims.csv")}
    pairs = {(CODES.get(a), CODES.get(b)) for a, b in data}
    assert {("GMY", "BEL"), ("GMY", "FRN"), ("ITA", "FRN"), ("USR", "FIN")} <= pairs & {
        (claim.challenger, claim.target) for claim in scenario.claims
    }


def test_traits_of_the_opening_regimes_follow_polity(known: Facts) -> None:
    assert known.odd_traits() == {}


def test_regimes_change_on_the_historical_dates(scenario: Scenario) -> None:
    calendar = Calendar(scenario.start, scenario.window_months)
    changes = {(a.id, calendar.iso(r.tick), r.family) for a in scenario.actors for r in a.regimes}
    assert {
        ("GMY", "1933-01-30", "fascist"),
        ("AUS", "1933-03-04", "authoritarian"),
        ("GRC", "1936-08-04", "authoritarian"),
        ("ROM", "1938-02-10", "monarchy"),
    } <= changes


@pytest.mark.timeout(60)
@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_plays_to_its_end(play_out: Callable[[str, str], Session], seed: str) -> None:
    assert play_out("europe-1933", seed).phase == "ended"

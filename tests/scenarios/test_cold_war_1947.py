"""The Cold War from 1947 agrees with the data it is taken from, and plays to its end."""

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

SCENARIO = "cold-war-1947"

CODES = {
    "2": "USA", "365": "USR", "200": "UKG", "220": "FRN", "260": "GFR", "265": "GDR", "325": "ITA", "350": "GRC",
    "640": "TUR", "345": "YUG", "290": "POL", "315": "CZE", "310": "HUN", "710": "CHN", "740": "JPN", "731": "PRK",
    "732": "ROK", "750": "IND", "770": "PAK",
}  # fmt: skip
"""Correlates of War country numbers."""

LATE = {
    "GFR": "1955-05-05", "GDR": "1954-03-25", "JPN": "1952-04-28", "PRK": "1948-09-09", "ROK": "1949-06-29",
    "IND": "1947-08-15", "PAK": "1947-08-14",
}  # fmt: skip
"""States that enter during play."""


def test_nineteen_states_play_ninety_half_years(scenario: Scenario, calendar: Calendar) -> None:
    assert sorted(actor.id for actor in scenario.actors) == sorted(CODES.values())
    assert (scenario.start, scenario.end) == (date(1947, 3, 1), date(1991, 12, 31))
    assert calendar.window_of(calendar.tick_of(scenario.end)) == 89
    assert [actor.id for actor in scenario.actors if actor.role == "outside"] == ["USA"]


def test_seven_states_enter_and_none_leaves(scenario: Scenario, calendar: Calendar) -> None:
    assert {actor.id: calendar.iso(actor.enters) for actor in scenario.actors if actor.enters} == LATE
    assert all(actor.leaves is None for actor in scenario.actors)


def test_entry_dates_match_the_data(known: Facts) -> None:
    begins = {
        CODES[row["ccode"]]: date(int(row["start_year"]), int(row["start_month"]), int(row["start_day"])).isoformat()
        for row in known.rows("states.csv")
        if row["ccode"] in CODES and int(row["start_year"]) <= 1989 and int(row["end_year"]) >= 1989
    }
    assert {code: begins[code] for code in LATE} == LATE


def test_only_states_that_tested_a_nuclear_weapon_have_one(scenario: Scenario, calendar: Calendar) -> None:
    tested = {a.id: calendar.iso(a.nuclear_from) for a in scenario.actors if a.nuclear_from is not None}
    assert tested == {
        "USA": "1945-07-16", "USR": "1949-08-29", "UKG": "1952-10-03", "FRN": "1960-02-13", "CHN": "1964-10-16",
        "IND": "1974-05-18",
    }  # fmt: skip


def test_every_waypoint_matches_the_data(known: Facts) -> None:
    assert known.wrong_waypoints(estimated={("GDR", 1954, "milex"), ("PRK", 1955, "milex")}) == []


@pytest.mark.parametrize("day", ["1947-03-01", "1960-01-01", "1985-01-01"])
def test_borders_match_the_data(calendar: Calendar, known: Facts, day: str) -> None:
    assert known.own_borders(calendar.tick_of(date.fromisoformat(day))) == known.borders(day)


def test_rivalries_match_the_data_by_year(known: Facts) -> None:
    assert known.own_rivalries() == known.rivalries(1947, 1991)


def test_past_disputes_match_the_data(known: Facts) -> None:
    assert known.own_disputes() == known.disputes(1945, 1946)


def test_treaties_match_the_data_except_those_against_germany(known: Facts) -> None:
    assert known.own_treaties() == known.treaties("1947-03-01", without=("2535", "2575"))


def test_all_american_aid_is_in_the_greenbook(scenario: Scenario, known: Facts) -> None:
    given = {
        CODES[row["ccode"]]
        for row in known.rows("us_aid.csv")
        if row["ccode"] in CODES and row["year"] in ("1946", "1947") and float(row["economic_usd_current"] or 0) > 0
    }
    assert {flow.recipient for flow in scenario.aid} <= given
    assert {(flow.donor, flow.kind) for flow in scenario.aid} == {("USA", "economic")}


def test_traits_of_the_opening_regimes_follow_polity_where_it_codes_them(known: Facts) -> None:
    # The coalitions of Italy and Hungary are not coded in the year they open, India is coded from 1952.
    assert set(known.odd_traits()) == {"ITA", "HUN", "IND"}


def test_regimes_change_on_the_historical_dates(scenario: Scenario, calendar: Calendar) -> None:
    changes = {(a.id, calendar.iso(r.tick), r.family) for a in scenario.actors for r in a.regimes}
    assert {
        ("CZE", "1948-02-25", "leninist"),
        ("CHN", "1949-10-01", "leninist"),
        ("PAK", "1958-10-07", "authoritarian"),
        ("POL", "1989-08-24", "liberal_democracy"),
    } <= changes


@pytest.mark.timeout(60)
@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_plays_to_its_end(play_out: Callable[[str, str], Session], seed: str) -> None:
    assert play_out("cold-war-1947", seed).phase == "ended"

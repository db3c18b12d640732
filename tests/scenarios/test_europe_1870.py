"""Europe from 1871 agrees with the data it is taken from, and plays to its end."""

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

SCENARIO = "europe-1870"

CODES = {
    "255": "GMY", "220": "FRN", "200": "UKG", "365": "RUS", "300": "AUH", "325": "ITA", "640": "TUR", "350": "GRC",
    "360": "ROM", "345": "SER", "355": "BUL", "211": "BEL", "2": "USA", "740": "JPN",
}  # fmt: skip
"""Correlates of War country numbers."""


def test_fourteen_states_play_eighty_eight_half_years(scenario: Scenario) -> None:
    calendar = Calendar(scenario.start, scenario.window_months)
    assert [actor.id for actor in scenario.actors] == list(CODES.values())
    assert (scenario.start, scenario.end) == (date(1871, 6, 1), date(1914, 12, 31))
    assert calendar.window_of(calendar.tick_of(scenario.end)) == 87
    assert all(actor.role == "regional" for actor in scenario.actors), (
        "no fleet of the time made a power near everywhere"
    )


def test_three_states_enter_when_they_became_independent(scenario: Scenario) -> None:
    calendar = Calendar(scenario.start, scenario.window_months)
    late = {actor.id: calendar.iso(actor.enters) for actor in scenario.actors if actor.enters}
    assert late == {"ROM": "1878-07-13", "SER": "1878-07-13", "BUL": "1908-10-05"}


def test_entry_dates_match_the_data(scenario: Scenario, known: Facts) -> None:
    calendar = Calendar(scenario.start, scenario.window_months)
    begins = {
        CODES[row["ccode"]]: date(int(row["start_year"]), int(row["start_month"]), int(row["start_day"]))
        for row in known.rows("states.csv")
        if row["ccode"] in CODES and int(row["start_year"]) <= 1914 <= int(row["end_year"])
    }
    for actor in scenario.actors:
        assert calendar.date_of(actor.enters) == max(begins[actor.id], scenario.start), actor.id


def test_every_waypoint_matches_the_data(known: Facts) -> None:
    assert known.wrong_waypoints(opening=1872) == []


@pytest.mark.parametrize("day", ["1871-06-01", "1879-01-01", "1911-06-01"])
def test_borders_match_the_data_until_the_balkan_wars(scenario: Scenario, known: Facts, day: str) -> None:
    tick = Calendar(scenario.start, scenario.window_months).tick_of(date.fromisoformat(day))
    assert known.own_borders(tick) == known.borders(day)


def test_rivalries_match_the_data_by_year(known: Facts) -> None:
    assert known.own_rivalries() == known.rivalries(1871, 1914)


def test_past_disputes_match_the_data_after_the_wars_of_unification(known: Facts) -> None:
    ours = known.own_disputes()
    wars = {key: levels for key, levels in ours.items() if key[2] < 1870}
    assert wars == {("GMY", "AUH", 1866): [5], ("ITA", "AUH", 1866): [5]}
    assert {key: levels for key, levels in ours.items() if key[2] >= 1870} == known.disputes(1870, 1870)


def test_treaties_match_the_data_except_the_short_ones_on_belgium(known: Facts) -> None:
    assert known.own_treaties() == known.treaties("1871-06-01", without=("1295", "1300"))


def test_traits_of_the_opening_regimes_follow_polity_where_it_codes_them(known: Facts) -> None:
    assert set(known.odd_traits()) == {"FRN", "AUH"}


def test_no_later_alliance_is_given_and_sarajevo_is_an_inject(scenario: Scenario) -> None:
    assert all(not {"GMY", "AUH"} <= set(alignment.members) for alignment in scenario.alignments)
    assert [
        (i.kind, i.fields["by"], i.fields["to"])
        for i in scenario.injects
        if i.tick is not None and i.kind != "announce"
    ] == [("start_crisis", "AUH", "SER")]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_plays_to_its_end(play_out: Callable[[str, str], Session], seed: str) -> None:
    assert play_out("europe-1870", seed).phase == "ended"

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from msgspec import UNSET

from counterpoise.errors import ScenarioError
from counterpoise.session.commands import Start
from counterpoise.session.debrief.debrief_data import debrief_journal
from counterpoise.session.index_deal import index_deal
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import IndexSetting, Scenario

Text = Callable[[], str]


@pytest.fixture
def scenario(checkerboard: str) -> Scenario:
    return parse_scenario(checkerboard, "checkerboard")


def session_of(text: str, chosen: IndexSetting | None = None, seed: str = "1") -> Session:
    setup = ScenarioSetup(threat_index=chosen)
    return Session(scenario_text=text, seed=seed, session_id="s", secret="seal", setup=setup)


def test_without_a_word_every_seat_is_shown_the_index_and_the_header_is_silent(checkerboard: str) -> None:
    session = session_of(checkerboard)
    assert set(session.index_deal.seen.values()) == {True}
    assert "threat_index" not in session.take_entries()[0].content()
    assert all(session.observe(seat).threats for seat in session.seats)


def test_hidden_numbers_reach_no_seat_but_those_who_look_on(checkerboard: str) -> None:
    session = session_of(checkerboard, "hidden")
    assert all(session.observe(seat).threats == {} for seat in session.seats)
    seat = session.seats[0]
    shown = session_of(checkerboard).observe(seat)
    assert session.observe(seat, with_index=True).threats == shown.threats
    assert session.observe(seat).view == shown.view


def test_a_lot_shows_the_index_to_half_of_the_seats_and_the_header_holds_the_deal(checkerboard: str) -> None:
    session = session_of(checkerboard, "lot")
    seen = session.index_deal.seen
    assert {seat for seat in session.seats if session.observe(seat).threats} == {
        s for s, shown in seen.items() if shown
    }
    assert sum(seen.values()) == (len(seen) + 1) // 2
    assert session.take_entries()[0].content()["threat_index"] == {"setting": "lot", "seats": seen}


def test_every_seat_is_as_likely_to_be_shown_the_index(scenario: Scenario) -> None:
    count = Counter(
        seat for seed in range(400) for seat, shown in index_deal("lot", scenario, str(seed)).seen.items() if shown
    )
    expected = 400 * ((len(scenario.actors) + 1) // 2) / len(scenario.actors)
    assert len(count) == len(scenario.actors)
    assert all(abs(found - expected) < 50 for found in count.values())


def test_the_host_overrides_the_scenario(scenario: Scenario) -> None:
    hidden = replace(scenario, threat_index="hidden")
    assert set(index_deal(None, hidden, "1").seen.values()) == {False}
    assert set(index_deal("shown", hidden, "1").seen.values()) == {True}
    assert index_deal("shown", hidden, "1").header_fields()["threat_index"]["setting"] == "shown"


def test_a_scenario_names_the_setting(checkerboard: str) -> None:
    text = checkerboard.replace("[scenario]", '[scenario]\nthreat_index = "lot"', 1)
    assert session_of(text).index_deal.setting == "lot"
    with pytest.raises(ScenarioError, match="threat_index"):
        session_of(checkerboard.replace("[scenario]", '[scenario]\nthreat_index = "maybe"', 1))


def test_a_replay_deals_as_the_journal_says(checkerboard: str) -> None:
    session = session_of(checkerboard, "lot", seed="7")
    session.command(MODERATOR, "start", Start())
    session.advance(200)
    entries = session.take_entries()
    again = replay(entries, "journal")
    assert again.index_deal == session.index_deal
    found = debrief_journal(entries, "journal").shown_index
    assert found is not UNSET
    assert {row.seat: row.shown for row in found.deals} == session.index_deal.seen
    assert all(row.by_lot and not row.people for row in found.deals)
    assert (found.shown.seats, found.hidden.seats, found.difference, found.p) == (0, 0, None, None)


@pytest.mark.parametrize("chosen", ["hidden", "lot"])
def test_where_a_seat_is_not_shown_the_index_no_fear_is_told_in_public(checkerboard: str, chosen: IndexSetting) -> None:
    shown, session = session_of(checkerboard), session_of(checkerboard, chosen)
    assert shown.index_deal.public_fears(shown.simulation.world)
    assert session.index_deal.public_fears(session.simulation.world) == []

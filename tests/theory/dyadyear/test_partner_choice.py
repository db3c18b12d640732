"""The choice of partner: planted effects are found, random choices show none, and hypotheses without data are left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from counterpoise.theory.dyadyear.alliance_decisions import Choice, choices, decisions
from counterpoise.theory.dyadyear.data_tables import DyadYearTables, Selection
from counterpoise.theory.dyadyear.history_report import history_report
from counterpoise.theory.dyadyear.partner_choice import (
    PartnerForecasts,
    heldout_partner_models,
    hypotheses_without_data,
    threat_lift,
)
from counterpoise.theory.dyadyear.worlds import WorldBuilder, WorldYear

SPAN = Selection(1950, 1984)
Made = tuple[list[WorldYear], list[Choice]]


def signing(tables: DyadYearTables, weight: Callable[[int, int], float]) -> DyadYearTables:
    """Let two pairs a year sign for three years, drawn with these weights."""
    dice = Random("signing")
    states = list(tables.names)
    pairs = [(a, b) for a in states for b in states if a < b]
    ties = {}
    for year in range(SPAN.first - 1, SPAN.last + 1):
        for a, b in dice.choices(pairs, [weight(a, b) for a, b in pairs], k=2):
            ties.update({(a, b, later): True for later in range(year, year + 3)})
    return replace(tables, ties=dict(sorted(ties.items())))


def made_of(tables: DyadYearTables) -> Made:
    worlds = list(WorldBuilder(tables, SPAN).years())
    return worlds, choices(worlds, tables, decisions(worlds, tables, SPAN.focal))


@pytest.fixture(scope="module")
def at_random(tables: DyadYearTables) -> tuple[DyadYearTables, Made]:
    blind = signing(tables, lambda a, b: 1.0)
    return blind, made_of(blind)


def named(rows: list[Any]) -> dict[str, Any]:
    return {row.name: row for row in rows}


def test_random_partners_are_forecast_no_better_than_at_random(at_random: tuple[DyadYearTables, Made]) -> None:
    tables, (worlds, chosen) = at_random
    assert all(row.ci[0] <= 0.0 for row in named(heldout_partner_models(chosen, tables)).values())
    for row in named(PartnerForecasts(worlds, tables, chosen).table()).values():
        assert abs(row.tempered.skill) < 0.05, "an overconfident forecast is not evidence against its theory"


def test_random_choosers_join_the_threat_as_often_as_by_chance(
    at_random: tuple[DyadYearTables, Made],
) -> None:
    times = threat_lift(at_random[1][1])
    assert times is not None
    assert times.low < 1.0 < times.high
    rows = {row.id: row for row in history_report(at_random[0], SPAN).propositions}
    assert rows["W3.1"].ci is not None
    assert rows["W3.1"].ci[0] > 0.5, "of many partners one is the threat"
    assert rows["W3.1"].verdict not in ("SUPPORT", "CONTRADICT"), "blind choice gives as much"
    assert "lift" in rows["W3.1"].note
    assert rows["WX.1"].verdict != "SUPPORT"
    assert rows["W4.1"].verdict != "SUPPORT"


def test_distance_forecasts_alliances_of_neighbours_in_held_out_decades(tables: DyadYearTables) -> None:
    near = [border.pair for border in tables.borders]
    drawn = signing(tables, lambda a, b: 30.0 if (a, b) in near else 1.0)
    rows = named(heldout_partner_models(made_of(drawn)[1], drawn))
    assert rows["distance"].ci[0] > 0.1
    assert rows["distance"].skill > rows["power"].skill
    assert set(rows) == {"threat", "distance", "power", "likeness", "all_but_threat", "all", "threat_added"}


def test_hypotheses_without_their_table_are_left_out_and_decide_no_verdict(
    at_random: tuple[DyadYearTables, Made],
) -> None:
    bare = replace(at_random[0], polity={}, rivalries=())
    assert {"ideology", "enemy_of_enemy", "aid", "penetration"} <= set(hypotheses_without_data(bare))
    document = history_report(bare, SPAN)
    asked = [row.name for row in document.alliances.hypotheses]
    assert not set(asked) & set(document.alliances.hypotheses_silent)
    judged = [row.id for row in document.propositions]
    assert not {"W4.1", "W4.3", "W4.6", "WX.3"} & set(judged)
    assert "WX.3" in document.silent[-1].propositions


def test_a_state_with_unknown_votes_gets_the_mean_similarity_of_votes(at_random: tuple[DyadYearTables, Made]) -> None:
    tables = at_random[0]
    known = [state for state in tables.names if state != 690]
    votes = {(s, year): n / 4.0 for n, s in enumerate(known) for year in range(SPAN.first - 1, SPAN.last + 1)}
    voting = replace(tables, ideal=votes)
    worlds, chosen = made_of(voting)
    checked = 0
    for choice in chosen:
        states = [worlds[choice.decision.world].states[k] for k in choice.alternatives]
        if 690 in states and choice.decision.state != 690:
            column = choice.columns["votes_alike"].tolist()
            rest = [value for state, value in zip(states, column, strict=True) if state != 690]
            assert column[states.index(690)] == pytest.approx(sum(rest) / len(rest))
            checked += 1
    assert checked


def test_shelter_comes_from_alliances_of_the_year_before(at_random: tuple[DyadYearTables, Made]) -> None:
    tables = at_random[0]
    made = decisions(list(WorldBuilder(tables, SPAN).years()), tables, SPAN.focal)
    assert any(decision.sheltered and decision.partners for decision in made)
    assert all(decision.sheltered == (decision.did == "HIDE") for decision in made if not decision.partners)


def test_a_rare_choice_gets_no_verdict(tables: DyadYearTables) -> None:
    few = replace(tables, ties={(652, 663, year): True for year in (1960, 1961, 1970, 1971)})
    rows = {row.id: row for row in history_report(few, SPAN).propositions}
    assert "a verdict takes" in rows["W1.2"].note
    assert rows["W1.2"].verdict == "NOT_ENOUGH_DATA"

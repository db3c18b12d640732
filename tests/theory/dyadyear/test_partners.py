"""Whom states ally with: what draws them is found, what nothing draws is not, and what the files lack is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from counterpoise.theory.dyadyear.alliances import Choice, choices, decisions
from counterpoise.theory.dyadyear.data_tables import Selection, Tables
from counterpoise.theory.dyadyear.history_report import report
from counterpoise.theory.dyadyear.partners import Foretold, heldout, lift, silent
from counterpoise.theory.dyadyear.worlds import Builder, Year

SPAN = Selection(1950, 1984)
Made = tuple[list[Year], list[Choice]]


def signing(tables: Tables, weight: Callable[[int, int], float]) -> Tables:
    """Let two pairs a year sign for three years, drawn with these weights."""
    dice = Random("signing")
    states = list(tables.names)
    pairs = [(a, b) for a in states for b in states if a < b]
    ties = {}
    for year in range(SPAN.first - 1, SPAN.last + 1):
        for a, b in dice.choices(pairs, [weight(a, b) for a, b in pairs], k=2):
            ties.update({(a, b, later): True for later in range(year, year + 3)})
    return replace(tables, ties=dict(sorted(ties.items())))


def made_of(tables: Tables) -> Made:
    worlds = list(Builder(tables, SPAN).years())
    return worlds, choices(worlds, tables, decisions(worlds, tables, SPAN.focal))


@pytest.fixture(scope="module")
def at_random(tables: Tables) -> tuple[Tables, Made]:
    blind = signing(tables, lambda a, b: 1.0)
    return blind, made_of(blind)


def named(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in rows}


def test_partners_drawn_blindly_are_named_no_better_than_blindly(at_random: tuple[Tables, Made]) -> None:
    tables, (worlds, chosen) = at_random
    assert all(row["ci"][0] <= 0.0 for row in heldout(chosen, tables))
    for row in Foretold(worlds, tables, chosen).table():
        assert abs(row["tempered"]["skill"]) < 0.05, "an overconfident forecast is not evidence against its theory"


def test_the_threat_is_joined_as_often_as_chance_has_it_by_those_who_draw_blindly(
    at_random: tuple[Tables, Made],
) -> None:
    times = lift(at_random[1][1])
    assert times is not None
    assert times.low < 1.0 < times.high
    rows = {row["id"]: row for row in report(at_random[0], SPAN)["propositions"]}
    assert rows["W3.1"]["verdict"] == "SUPPORT", "of many partners one is the threat"
    assert "lift" in rows["W3.1"]["note"]
    assert rows["WX.1"]["verdict"] != "SUPPORT"
    assert rows["W4.1"]["verdict"] != "SUPPORT"


def test_neighbours_who_ally_are_named_by_distance_on_decades_held_out(tables: Tables) -> None:
    near = [border.pair for border in tables.borders]
    drawn = signing(tables, lambda a, b: 30.0 if (a, b) in near else 1.0)
    rows = named(heldout(made_of(drawn)[1], drawn))
    assert rows["distance"]["ci"][0] > 0.1
    assert rows["distance"]["skill"] > rows["power"]["skill"]
    assert set(rows) == {"threat", "distance", "power", "likeness", "all_but_threat", "all", "threat_added"}


def test_hypotheses_whose_table_is_not_there_are_left_out_and_judge_nothing(at_random: tuple[Tables, Made]) -> None:
    bare = replace(at_random[0], polity={}, rivalries=())
    assert {"ideology", "enemy_of_enemy", "aid", "penetration"} <= set(silent(bare))
    document = report(bare, SPAN)
    asked = [row["name"] for row in document["alliances"]["hypotheses"]]
    assert not set(asked) & set(document["alliances"]["hypotheses_silent"])
    judged = [row["id"] for row in document["propositions"]]
    assert not {"W4.1", "W4.3", "W4.6", "WX.3"} & set(judged)
    assert "WX.3" in document["silent"][-1]["propositions"]


def test_a_state_whose_votes_are_not_known_is_neither_like_nor_unlike(at_random: tuple[Tables, Made]) -> None:
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


def test_cover_is_known_before_the_decision_and_not_from_it(at_random: tuple[Tables, Made]) -> None:
    tables = at_random[0]
    made = decisions(list(Builder(tables, SPAN).years()), tables, SPAN.focal)
    assert any(decision.sheltered and decision.partners for decision in made)
    assert all(decision.sheltered == (decision.did == "HIDE") for decision in made if not decision.partners)


def test_a_rare_deed_is_not_judged(tables: Tables) -> None:
    few = replace(tables, ties={(652, 663, year): True for year in (1960, 1961, 1970, 1971)})
    rows = {row["id"]: row for row in report(few, SPAN)["propositions"]}
    assert "a verdict takes" in rows["W1.2"]["note"]
    assert rows["W1.2"]["verdict"] == "NOT_ENOUGH_DATA"

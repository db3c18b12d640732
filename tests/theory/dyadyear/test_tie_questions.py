"""Whether states sign, and which way their ties go, on dyad-year data."""

from __future__ import annotations

from math import exp, log

import pytest

from counterpoise.theory.dyadyear.alliance_decisions import Choice, Decision, choices, decisions
from counterpoise.theory.dyadyear.data_tables import DyadYearTables, Selection
from counterpoise.theory.dyadyear.partner_choice import PartnerForecasts
from counterpoise.theory.dyadyear.tie_questions import WORLD_RATE, directions_of_ties, years_with_ties
from counterpoise.theory.dyadyear.worlds import WorldBuilder, WorldYear
from counterpoise.theory.parameters import DEFAULT

SPAN = Selection(1950, 1984)
Made = tuple[list[WorldYear], list[Decision], list[Choice]]


@pytest.fixture(scope="module")
def made(tables: DyadYearTables) -> Made:
    worlds = list(WorldBuilder(tables, SPAN).years())
    found = decisions(worlds, tables, SPAN.focal)
    return worlds, found, choices(worlds, tables, found)


def test_state_years_with_a_tie_stand_beside_the_rate_of_the_world(made: Made) -> None:
    worlds, found, _ = made
    counted = years_with_ties(worlds, found)
    signed = sum(1 for decision in found if decision.partners)
    assert (counted.state_years, counted.made) == (len(found), signed)
    assert signed > 10
    assert counted.share.estimate == pytest.approx(signed / len(found), abs=1e-6)
    many = [one for one in found if worlds[one.world].signed[one.me].any() and not one.partners]
    assert counted.with_many == len(many)
    assert counted.expected == pytest.approx(WORLD_RATE * len(found), abs=1e-6)


def test_the_direction_of_ties_is_scored_against_the_menus_own_shares(tables: DyadYearTables, made: Made) -> None:
    worlds, _, chosen = made
    forecasts = PartnerForecasts(worlds, tables, chosen)
    found = directions_of_ties(worlds, chosen, forecasts)
    assert found.n > 5
    counts = (found.chosen.against, found.chosen.towards, found.chosen.neither)
    assert sum(counts) == found.n
    assert found.expected.against + found.expected.towards + found.expected.neither == pytest.approx(found.n, abs=1e-4)
    by_name = {row.name: row for row in found.hypotheses}
    assert by_name["uniform"].bits == pytest.approx(0.0, abs=1e-6)
    logs, nulls = [], []
    for number, choice in enumerate(chosen):
        world, top = worlds[choice.decision.world], choice.decision.top
        ways = ["BW" if k == top else world.threat[k, top] >= DEFAULT.shared_floor for k in choice.alternatives]
        if not choice.decision.threatened or len(dict.fromkeys(ways)) < 2:
            continue
        alike = [way == ways[choice.chosen] for way in ways]
        shares = [exp(DEFAULT.sharpness("nearest") * value) for value in forecasts.menus["nearest"][number]]
        logs.append(log(sum(s for s, same in zip(shares, alike, strict=True) if same) / sum(shares)))
        nulls.append(log(sum(alike) / len(alike)))
    assert len(logs) == found.n
    assert by_name["nearest"].log_score == pytest.approx(sum(logs) / found.n, abs=1e-5)
    assert by_name["nearest"].bits == pytest.approx((sum(logs) - sum(nulls)) / found.n / log(2.0), abs=1e-5)


def test_without_choices_there_is_no_direction(tables: DyadYearTables, made: Made) -> None:
    found = directions_of_ties(made[0], [], PartnerForecasts(made[0], tables, []))
    assert (found.n, found.hypotheses) == (0, [])
    assert years_with_ties([], []).share.estimate is None

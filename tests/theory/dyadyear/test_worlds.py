"""The world of a year is made from the years before it, with the index of play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scalar_threat import index

from counterpoise.theory.dyadyear.data_tables import Dispute, DyadYearTables, Selection, region_of
from counterpoise.theory.dyadyear.worlds import WorldBuilder, shared_threat
from counterpoise.theory.parameters import BY_ROLE


def test_the_index_of_a_world_is_the_index_of_play(tables: DyadYearTables) -> None:
    world = WorldBuilder(tables, Selection(1960, 1980)).build(1970)
    for a in range(len(world.states)):
        for b in range(len(world.states)):
            if a != b:
                weights = BY_ROLE["outside" if world.outside[a, b] else "regional"]
                parts = (world.power[a, b], world.proximity[a, b], world.offense[b], world.intentions[a, b])
                assert world.threat[a, b] == pytest.approx(index(weights, parts), abs=1e-6)


def test_the_threats_of_a_year_do_not_depend_on_its_own_events(tables: DyadYearTables) -> None:
    calm = replace(tables, disputes=tuple(d for d in tables.disputes if d.year != 1970))
    with_, without = (WorldBuilder(t, Selection(1960, 1980)).build(1970) for t in (tables, calm))
    assert (with_.threat == without.threat).all()
    assert with_.began.any()
    assert not without.began.any()


def test_a_dispute_raises_its_targets_fear_which_then_decays(tables: DyadYearTables) -> None:
    quiet = replace(tables, disputes=(Dispute(1, 1960, 640, 645, 5, True),))
    years = {year: WorldBuilder(quiet, Selection(1955, 1984)).build(year) for year in (1960, 1961, 1971)}
    a, b = years[1961].place[645], years[1961].place[640]
    assert years[1960].intentions[a, b] == 0.0
    assert years[1961].intentions[a, b] > years[1971].intentions[a, b] > 0.0
    assert years[1961].intentions[b, a] == 0.0
    assert years[1961].hostility[a, b] == pytest.approx(0.5**0.2)


def test_the_world_of_a_region_includes_the_great_powers(tables: DyadYearTables) -> None:
    world = WorldBuilder(tables, Selection(1960, 1980, "middle-east")).build(1970)
    assert 2 in world.states
    assert all(region_of(state) == "middle-east" for state in world.states if state not in (2, 365))
    alone = WorldBuilder(tables, Selection(1960, 1980, None, (640, 645))).build(1970)
    assert alone.states == (640, 645)


def test_distances_in_the_files_fill_pairs_without_two_capitals(tables: DyadYearTables) -> None:
    lost = replace(tables, capitals=tuple(capital for capital in tables.capitals if capital.state != 645))
    known = {(640, 645, 1969): 700.0, (645, 651, 0): 900.0, (645, 651, 1900): 1.0, (640, 651, 1969): 5.0}
    before, after = (
        WorldBuilder(one, Selection(1960, 1980)).build(1970) for one in (lost, replace(lost, distances=known))
    )
    a, b, c = (after.place[state] for state in (640, 645, 651))
    assert (after.km[a, b], after.km[b, a], after.km[c, b]) == (700.0, 700.0, 900.0)
    assert after.km[a, c] == before.km[a, c] > 5.0, "two capitals are known"
    assert after.km[b, after.place[663]] == before.km[b, before.place[663]] == 6000.0


def test_a_missing_count_is_filled_from_an_earlier_year_and_reported(tables_of: Callable[..., DyadYearTables]) -> None:
    tables = tables_of()
    gap = dict(tables.capability)
    gap[640, 1969] = replace(gap[640, 1969], soldiers=None)
    builder = WorldBuilder(replace(tables, capability=gap), Selection(1960, 1980))
    builder.build(1970)
    assert builder.filled == 1


def test_a_shared_threat_is_no_larger_than_the_larger_of_two_fears() -> None:
    threat = np.array([[0.0, 0.9, 0.2], [0.4, 0.0, 0.3], [0.1, 0.8, 0.0]])
    shared = shared_threat(threat)
    assert shared[0, 2] == pytest.approx((0.9 * 0.8) ** 0.5)
    assert shared[0, 1] == pytest.approx((0.2 * 0.3) ** 0.5, abs=1e-6)
    assert (shared == shared.T).all()
    assert (np.diag(shared) == 0.0).all()

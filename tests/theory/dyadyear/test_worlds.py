"""A year's world is made from the years before it, by the project's own index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from counterpoise.theory.dyadyear.data_tables import Dispute, Selection, Tables, region_of
from counterpoise.theory.dyadyear.worlds import Builder, shared_threat
from counterpoise.theory.parameters import BY_ROLE
from counterpoise.theory.threat import index


def test_the_index_of_a_world_is_the_index_of_play(tables: Tables) -> None:
    world = Builder(tables, Selection(1960, 1980)).build(1970)
    for a in range(len(world.states)):
        for b in range(len(world.states)):
            if a != b:
                weights = BY_ROLE["outside" if world.outside[a, b] else "regional"]
                parts = (world.power[b], world.proximity[a, b], world.offense[b], world.intentions[a, b])
                assert world.threat[a, b] == pytest.approx(index(weights, parts), abs=1e-6)


def test_nothing_of_the_year_itself_reaches_what_was_feared(tables: Tables) -> None:
    calm = replace(tables, disputes=tuple(d for d in tables.disputes if d.year != 1970))
    with_, without = (Builder(t, Selection(1960, 1980)).build(1970) for t in (tables, calm))
    assert (with_.threat == without.threat).all()
    assert with_.began.any()
    assert not without.began.any()


def test_a_dispute_frightens_its_target_and_fades(tables: Tables) -> None:
    quiet = replace(tables, disputes=(Dispute(1, 1960, 640, 645, 5, True),))
    years = {year: Builder(quiet, Selection(1955, 1984)).build(year) for year in (1960, 1961, 1971)}
    a, b = years[1961].place[645], years[1961].place[640]
    assert years[1960].intentions[a, b] == 0.0
    assert years[1961].intentions[a, b] > years[1971].intentions[a, b] > 0.0
    assert years[1961].intentions[b, a] == 0.0
    assert years[1961].hostility[a, b] == pytest.approx(0.5**0.2)


def test_a_region_is_seen_with_the_great_powers(tables: Tables) -> None:
    world = Builder(tables, Selection(1960, 1980, "middle-east")).build(1970)
    assert 2 in world.states
    assert all(region_of(state) == "middle-east" for state in world.states if state not in (2, 365))
    alone = Builder(tables, Selection(1960, 1980, None, (640, 645))).build(1970)
    assert alone.states == (640, 645)


def test_a_missing_count_is_taken_from_an_earlier_year_and_counted(tables_of: Callable[..., Tables]) -> None:
    tables = tables_of()
    gap = dict(tables.capability)
    gap[640, 1969] = replace(gap[640, 1969], soldiers=None)
    builder = Builder(replace(tables, capability=gap), Selection(1960, 1980))
    builder.build(1970)
    assert builder.filled == 1


def test_what_two_fear_in_common_is_no_graver_than_what_one_of_them_fears() -> None:
    threat = np.array([[0.0, 0.9, 0.2], [0.4, 0.0, 0.3], [0.1, 0.8, 0.0]])
    shared = shared_threat(threat)
    assert shared[0, 2] == pytest.approx((0.9 * 0.8) ** 0.5)
    assert shared[0, 1] == pytest.approx((0.2 * 0.3) ** 0.5, abs=1e-6)
    assert (shared == shared.T).all()
    assert (np.diag(shared) == 0.0).all()

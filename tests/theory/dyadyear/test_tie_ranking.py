"""New ties are ranked among pairs that were not allied: planted ones are found, and random ones as often as by chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from counterpoise.theory.dyadyear.data_tables import DyadYearTables, Selection
from counterpoise.theory.dyadyear.history_document import NewTieReport
from counterpoise.theory.dyadyear.tie_ranking import rank_new_ties
from counterpoise.theory.dyadyear.worlds import WorldBuilder, WorldYear, shared_threat

SPAN = Selection(1955, 1984)
Worlds = list[WorldYear]
Weight = Callable[[WorldYear, int, int], float]


@pytest.fixture(scope="module")
def worlds(tables: DyadYearTables) -> Worlds:
    """Worlds in which nobody is allied."""
    return list(WorldBuilder(replace(tables, ties={}), SPAN).years())


def signing(worlds: Worlds, weight: Weight) -> Worlds:
    """Let one pair sign each year for that year, drawn with these weights."""
    dice, made = Random("new ties"), []
    for world in worlds:
        pairs = [(a, b) for a in range(len(world.states)) for b in range(a)]
        a, b = dice.choices(pairs, [weight(world, a, b) for a, b in pairs])[0]
        signed = np.zeros_like(world.tied)
        signed[a, b] = signed[b, a] = True
        made.append(replace(world, signed=signed))
    return made


def auc(report: NewTieReport, name: str) -> float:
    return next(row.auc.estimate for row in report.rankings if row.name == name)


def test_pairs_that_share_a_threat_are_found_by_it(worlds: Worlds) -> None:
    report = rank_new_ties(
        signing(worlds, lambda world, a, b: float(shared_threat(world.threat)[a, b]) ** 8), SPAN.focal
    )
    assert report.events == len(worlds)
    assert auc(report, "shared_threat") > 0.75


def test_random_ties_are_ranked_as_by_chance(worlds: Worlds) -> None:
    report = rank_new_ties(signing(worlds, lambda world, a, b: 1.0), SPAN.focal)
    for row in report.rankings:
        assert row.auc.ci is not None
        assert row.auc.ci[0] < 0.5 < row.auc.ci[1]


def test_pairs_that_were_allied_already_and_joint_signatures_of_many_are_left_out(worlds: Worlds) -> None:
    size = len(worlds[0].states)
    pairs = size * (size - 1) // 2
    tied = np.zeros_like(worlds[0].tied)
    tied[0, 1] = tied[1, 0] = True
    assert rank_new_ties([replace(worlds[0], tied=tied)], SPAN.focal).pair_years == pairs - 1
    many = np.zeros_like(tied)
    many[0, 1:7] = many[1:7, 0] = True
    report = rank_new_ties([replace(worlds[0], signed=many)], SPAN.focal)
    assert (report.pair_years, report.events) == (pairs - 6, 0)
    assert report.rankings == []


def test_each_pair_has_a_focal_state(worlds: Worlds) -> None:
    alone = rank_new_ties(worlds[:1], lambda state: state == 640)
    assert alone.pair_years == len(worlds[0].states) - 1

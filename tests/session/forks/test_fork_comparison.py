"""Two sets of forked games are compared seed by seed."""

from __future__ import annotations

from typing import Any

from counterpoise.session.forks.fork_comparison import compare_counts, compare_pairs, compare_states
from counterpoise.session.forks.fork_document import Difference
from counterpoise.session.forks.game_summary import TITLES, GameSummary
from counterpoise.sim.types import ActorId

A, B, C = ActorId("A"), ActorId("B"), ActorId("C")


def game(wars: int) -> GameSummary:
    return GameSummary("s", 100, {**dict.fromkeys(TITLES, 0), "wars": wars}, ((A, B),), (), {A: 0.5}, {A: 0.25})


def test_the_difference_of_a_count_is_taken_seed_by_seed() -> None:
    before, after = [game(n) for n in (0, 5, 10, 1)], [game(n) for n in (1, 6, 11, 3)]
    rows: dict[str, Any] = {row.name: row for row in compare_counts(game(3), before, after)}
    wars = rows["wars"]
    assert (wars.original, wars.baseline.mean, wars.changed.values) == (3, 4.0, [1, 6, 11, 3])
    assert wars.difference.mean == 1.25
    assert 0.0 < wars.difference.ci[0] < wars.difference.ci[1] < 2.5, "near in every pair, far apart as games are"
    assert rows["crises"].difference.mean == 0.0
    assert wars.baseline.quantiles.median == 5
    assert list(rows) == list(TITLES)


def test_a_difference_that_is_equal_for_every_seed_has_no_interval() -> None:
    rows: dict[str, Any] = {
        row.name: row for row in compare_counts(game(3), [game(n) for n in (0, 5)], [game(n) for n in (1, 6)])
    }
    assert rows["wars"].difference == Difference(mean=1.0, ci=None, p=0.5, p_corrected=0.5, smallest=None)


def test_one_seed_gives_no_interval_and_no_change_gives_no_difference() -> None:
    rows: list[Any] = [*compare_counts(game(3), [game(1)], [game(2)])]
    assert {row.difference.ci for row in rows} == {None}
    assert {(row.changed, row.difference) for row in compare_counts(game(3), [game(1)], [])} == {(None, None)}


def test_pairs_have_their_share_of_games_and_the_largest_difference_comes_first() -> None:
    rows: list[Any] = [*compare_pairs([(A, B)], [[(A, B)], [(A, B), (B, C)]], [[(B, C)], [(A, C), (B, C)]])]
    assert [(row.states, row.original, row.baseline, row.changed) for row in rows] == [
        (("A", "B"), True, 1.0, 0.0),
        (("B", "C"), False, 0.5, 1.0),
        (("A", "C"), False, 0.0, 0.5),
    ]
    assert rows[0].difference.mean == -1.0


def test_states_have_means_and_the_largest_difference_comes_first() -> None:
    before, after = [{A: 0.5, B: 0.2}, {A: 0.5, B: 0.4}], [{A: 0.5, B: 0.4}, {A: 0.4, B: 0.7, C: 0.2}]
    rows: list[Any] = [*compare_states({A: 0.6, B: 0.3}, before, after)]
    assert [(row.state, row.original, row.baseline, row.changed) for row in rows] == [
        ("B", 0.3, 0.3, 0.55),
        ("C", 0.0, 0.0, 0.1),
        ("A", 0.6, 0.5, 0.45),
    ]
    assert rows[0].difference.mean == 0.25
    alone = compare_states({A: 0.6, B: 0.3}, before, [])
    assert [(row.state, row.changed, row.difference) for row in alone] == [
        ("A", None, None),
        ("B", None, None),
    ]

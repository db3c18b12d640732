"""Two sets of games are compared seed by seed."""

from __future__ import annotations

from counterpoise.session.fork_comparison import counts, levels, pairs
from counterpoise.session.game_summary import TITLES, Course
from counterpoise.sim.types import ActorId

A, B, C = ActorId("A"), ActorId("B"), ActorId("C")


def game(wars: int) -> Course:
    return Course("s", 100, {**dict.fromkeys(TITLES, 0), "wars": wars}, ((A, B),), (), {A: 0.5}, {A: 0.25})


def test_the_difference_of_a_count_is_taken_seed_by_seed() -> None:
    before, after = [game(n) for n in (0, 5, 10, 1)], [game(n) for n in (1, 6, 11, 3)]
    rows = {row["name"]: row for row in counts(game(3), before, after)}
    wars = rows["wars"]
    assert (wars["original"], wars["baseline"]["mean"], wars["changed"]["values"]) == (3, 4.0, [1, 6, 11, 3])
    assert wars["difference"]["mean"] == 1.25
    assert 0.0 < wars["difference"]["ci"][0] < wars["difference"]["ci"][1] < 2.5, (
        "near in every pair, far apart as games are"
    )
    assert rows["crises"]["difference"]["mean"] == 0.0
    assert wars["baseline"]["quantiles"]["0.5"] == 5
    assert list(rows) == list(TITLES)


def test_a_difference_that_is_the_same_in_every_pair_of_games_has_no_interval() -> None:
    rows = {row["name"]: row for row in counts(game(3), [game(n) for n in (0, 5)], [game(n) for n in (1, 6)])}
    assert rows["wars"]["difference"] == {"mean": 1.0, "ci": None}


def test_one_seed_has_no_interval_and_no_change_no_difference() -> None:
    [*rows] = counts(game(3), [game(1)], [game(2)])
    assert {row["difference"]["ci"] for row in rows} == {None}
    assert {(row["changed"], row["difference"]) for row in counts(game(3), [game(1)], [])} == {(None, None)}


def test_pairs_come_with_the_share_of_games_and_the_largest_difference_first() -> None:
    rows = pairs([(A, B)], [[(A, B)], [(A, B), (B, C)]], [[(B, C)], [(A, C), (B, C)]])
    assert [(row["states"], row["original"], row["baseline"], row["changed"]) for row in rows] == [
        (["A", "B"], True, 1.0, 0.0),
        (["B", "C"], False, 0.5, 1.0),
        (["A", "C"], False, 0.0, 0.5),
    ]
    assert rows[0]["difference"]["mean"] == -1.0


def test_levels_are_means_and_the_state_that_the_change_moved_most_comes_first() -> None:
    before, after = [{A: 0.5, B: 0.2}, {A: 0.5, B: 0.4}], [{A: 0.5, B: 0.4}, {A: 0.4, B: 0.7, C: 0.2}]
    rows = levels({A: 0.6, B: 0.3}, before, after)
    assert [(row["state"], row["original"], row["baseline"], row["changed"]) for row in rows] == [
        ("B", 0.3, 0.3, 0.55),
        ("C", 0.0, 0.0, 0.1),
        ("A", 0.6, 0.5, 0.45),
    ]
    assert rows[0]["difference"]["mean"] == 0.25
    alone = levels({A: 0.6, B: 0.3}, before, [])
    assert [(row["state"], row["changed"], row["difference"]) for row in alone] == [
        ("A", None, None),
        ("B", None, None),
    ]

"""Scores of one block are compared with each other, so that what its seat and its seed bring does not count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import cast

import paired_games
import pytest
from paired_games import Estimate, Task, blocked_scores, groups

SKILL = {"good": 3.0, "middling": 1.0, "bad": -1.0, "slow": 9.0}
SEATS = (40.0, 90.0, 10.0, 70.0)


class InTurn:
    """Stands in for a pool of processes."""

    @staticmethod
    def map(work: Callable[[Task], tuple[float, ...]], tasks: Iterable[Task]) -> Iterator[tuple[float, ...]]:
        return map(work, tasks)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> tuple[float, dict[str, Estimate]]:
    """Eight blocks in which skill adds to what the seat is worth; ``slow`` plays only in the first two."""

    def scores_of(task: Task) -> tuple[float, ...]:
        return tuple(SEATS[task.number % 4] + SKILL[policy] for policy in task.policies)

    monkeypatch.setattr(paired_games, "scores_of", scores_of)
    pool = cast("ProcessPoolExecutor", InTurn())
    return blocked_scores(pool, ("good", "middling", "bad"), ("slow",), "s", blocks=8, slow_blocks=2, each=lambda: None)


def test_what_a_seat_is_worth_is_in_no_difference(played: tuple[float, dict[str, Estimate]]) -> None:
    level, found = played
    assert level == pytest.approx(53.5)
    assert found["good"].mean == pytest.approx(2.0)
    assert found["bad"].mean == pytest.approx(-2.0)
    assert found["good"].half_width == pytest.approx(0.0), "the seats differ by eighty points"


def test_a_slow_policy_is_compared_in_its_own_blocks_only(played: tuple[float, dict[str, Estimate]]) -> None:
    _, found = played
    assert [found[name].games for name in ("good", "slow")] == [8, 2]
    assert found["slow"].mean == pytest.approx(8.0)


def test_a_group_ends_where_no_interval_reaches_into_the_next() -> None:
    estimates = {
        "last": Estimate(-5.0, 1.0, 9),
        "first": Estimate(8.0, 1.0, 9),
        "wide": Estimate(1.0, 2.5, 9),
        "narrow": Estimate(0.0, 0.1, 9),
        "near": Estimate(-2.0, 1.0, 9),
    }
    assert groups(estimates) == [["first"], ["wide", "narrow", "near"], ["last"]]


def test_intervals_that_touch_are_one_group() -> None:
    assert groups({"a": Estimate(1.0, 1.0, 9), "b": Estimate(-1.0, 1.0, 9)}) == [["a", "b"]]

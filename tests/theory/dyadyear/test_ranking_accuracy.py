"""The areas under the curves equal their definitions by rank."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoise.theory.dyadyear.history_document import ChallengerRanks
from counterpoise.theory.dyadyear.ranking_accuracy import CLUSTERS_MIN, RankedScore, bootstrapped_accuracy, event_ranks


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=4, max_size=40))
def test_the_area_is_the_share_of_pairs_in_the_right_order_with_ties_as_half(rows: list[tuple[int, bool]]) -> None:
    score, event = np.array([s for s, _ in rows], dtype=float), np.array([e for _, e in rows])
    if event.all() or not event.any():
        return
    area, precision = RankedScore(score, event).measures(np.ones(len(rows)))
    pairs = [(a > b) + 0.5 * (a == b) for a in score[event] for b in score[~event]]
    assert area == pytest.approx(sum(pairs) / len(pairs))
    assert event.mean() * 0.3 <= precision <= 1.0 + 1e-12


def test_average_precision_is_one_for_a_perfect_ranking_and_the_base_rate_for_a_random_one() -> None:
    event = np.array([True, False, False, True])
    assert RankedScore(np.array([2.0, 1.0, 0.0, 3.0]), event).measures(np.ones(4)) == pytest.approx((1.0, 1.0))
    assert RankedScore(np.zeros(4), event).measures(np.ones(4)) == pytest.approx((0.5, 0.5))


def test_intervals_cover_the_estimate_and_differences_use_the_same_resamples() -> None:
    dice = np.random.default_rng(3)
    event = dice.random(600) < 0.2
    score = event + dice.normal(size=600)
    boot = bootstrapped_accuracy(
        {"good": score, "blind": dice.normal(size=600)}, event, np.arange(600) // 4, resamples=120
    )
    good = boot.of("good", 0)
    assert good.interval is not None
    assert good.interval[0] < good.estimate < good.interval[1]
    over = boot.difference("good", "blind", 0).interval
    assert over is not None
    assert over[0] > 0.0
    assert boot.difference("good", "good", 0).interval == (0.0, 0.0)


def test_too_few_clusters_give_no_interval() -> None:
    dice = np.random.default_rng(4)
    event = dice.random(60) < 0.5
    few = bootstrapped_accuracy({"score": event + dice.normal(size=60)}, event, np.arange(60) % (CLUSTERS_MIN - 1))
    assert few.of("score", 0).interval is None
    assert few.of("score", 0).rounded().ci is None
    assert few.of("score", 0).estimate > 0.5


def test_event_ranks_give_the_place_of_an_event_on_its_menu() -> None:
    menu = np.array([0, 0, 0, 1, 1])
    event = np.array([False, True, False, True, False])
    assert event_ranks(np.array([1.0, 3.0, 2.0, 1.0, 2.0]), event, menu) == ChallengerRanks(
        first=0.5, among_three=1.0, percentile=0.5
    )

from __future__ import annotations

from math import exp, log
from typing import Any

import numpy as np
import pytest
from scipy import integrate

from counterpoise.theory.statistics.evidence_processes import (
    ScoreComparisons,
    best_rho,
    betting_process,
    boundary,
    log_mixture,
    merged,
    mixed,
)

GAMES = 2000
TWENTY = log(20.0)
TRUE = np.array([0.5, 0.2, 0.2, 0.1])
RIVAL = np.array([0.1, 0.2, 0.3, 0.4])


def ever_reached(logs: list[list[list[float]]]) -> float:
    """Return the share of games in which the e-process ever reaches 20."""
    return sum(max(process(game)) >= TWENTY for game in logs) / len(logs)


def process(steps: list[list[float]]) -> list[float]:
    """Return the e-process in which all choices weigh the same."""
    return betting_process(steps, [[1.0] * len(step) for step in steps])


def games_of(dice: Any, *, states: int, windows: int, together: bool) -> list[list[list[float]]]:
    """Return log-ratios of the rival over the truth in games that follow the truth."""
    ratio = np.log(RIVAL / TRUE)
    drawn = dice.choice(4, p=TRUE, size=(GAMES, windows, 1 if together else states))
    found: list[list[list[float]]] = np.broadcast_to(ratio[drawn], (GAMES, windows, states)).tolist()
    return found


def test_the_mean_of_e_values_merges_choices_that_depend_on_each_other() -> None:
    assert merged([log(2.0), log(4.0)], [1.0, 1.0]) == pytest.approx(log(3.0))
    assert merged([], []) == 0.0
    assert process([[log(2.0), log(4.0)], [], [log(0.5)]]) == pytest.approx([log(3.0), log(3.0), log(1.5)])
    assert merged([800.0, 800.0], [1.0, 1.0]) == pytest.approx(800.0), "large evidence does not overflow"


def test_weights_move_the_mean_towards_the_choices_that_tell_most() -> None:
    assert merged([log(2.0), log(4.0)], [3.0, 1.0]) == pytest.approx(log(2.5))
    assert merged([log(2.0), log(4.0)], [0.0, 5.0]) == pytest.approx(log(4.0))
    assert merged([log(2.0), log(4.0)], [0.0, 0.0]) == pytest.approx(log(3.0)), "without weights all weigh the same"


@pytest.mark.parametrize("together", [False, True], ids=["independent", "perfectly correlated"])
@pytest.mark.parametrize("states", [1, 8])
def test_true_forecasts_ever_lose_twenty_to_one_in_at_most_one_game_of_twenty(states: int, together: bool) -> None:
    games = games_of(np.random.default_rng(states), states=states, windows=40, together=together)
    assert ever_reached(games) <= 0.05


def test_without_merging_perfectly_correlated_states_would_mislead() -> None:
    games = games_of(np.random.default_rng(8), states=8, windows=40, together=True)
    apart = [[[log_ratio] for window in game for log_ratio in window] for game in games]
    assert ever_reached(apart) > 0.1


def test_the_mean_of_processes_gains_almost_what_the_best_of_them_gains() -> None:
    assert mixed([[0.0, log(8.0)], [0.0, log(2.0)]]) == pytest.approx([0.0, log(5.0)])
    assert mixed([]) == []


def test_sessions_multiply() -> None:
    one, two = [[0.5], [0.1, 0.2]], [[-0.3]]
    assert process([*one, *two])[-1] == pytest.approx(process(one)[-1] + process(two)[-1])


def test_false_forecasts_lose_in_the_end() -> None:
    dice = np.random.default_rng(3)
    drawn = dice.choice(4, p=TRUE, size=(200, 40))
    games = [[[x] for x in game] for game in np.log(TRUE / RIVAL)[drawn].tolist()]
    assert ever_reached(games) > 0.95


def test_the_mixture_agrees_with_the_reference_implementation() -> None:
    """Howard et al. (2021) test their library ``confseq`` with these values, for v = 100, c = 2 and the best rho at 100."""
    assert float(log_mixture(10.0, 100.0, best_rho(100.0, 0.05), 2.0)) == pytest.approx(-0.2490165, abs=1e-6)
    assert float(boundary(100.0, 0.05, best_rho(100.0, 0.05), 2.0)) == pytest.approx(33.02017, abs=1e-5)


@pytest.mark.parametrize("sum_", [-30.0, -4.0, -0.6, 0.0, 0.4, 3.0, 12.0])
@pytest.mark.parametrize("squares", [0.1, 2.0, 30.0])
def test_the_mixture_is_the_mean_of_bets_of_all_sizes(sum_: float, squares: float) -> None:
    scale, rho = 2.0, 0.3
    start = rho / scale**2

    def weight(y: float) -> float:
        return float(y ** (start - 1.0) * exp(-start * y))

    def bet(y: float) -> float:
        size = (1.0 - y) / scale
        return exp(size * sum_ - squares * (-log(y) - scale * size) / scale**2)

    whole = integrate.quad(weight, 0.0, 1.0, limit=500)[0]
    mean = integrate.quad(lambda y: weight(y) * bet(y), 0.0, 1.0, limit=500)[0] / whole
    assert float(log_mixture(sum_, squares, rho, scale)) == pytest.approx(log(mean), abs=1e-4)


def test_the_boundary_is_where_the_mixture_reaches_the_odds() -> None:
    squares = np.array([0.0, 0.5, 8.0, 500.0])
    found = boundary(squares, 0.025, 0.3, 2.0)
    assert log_mixture(found, squares, 0.3, 2.0) == pytest.approx([log(40.0)] * 4)
    assert (np.diff(found) > 0.0).all()


def drifting(dice: Any, steps: int) -> tuple[Any, Any]:
    """Return differences of scores with means that depend on the past and change, and those means."""
    values, means = np.zeros(steps), np.zeros(steps)
    for step in range(steps):
        means[step] = 0.4 * np.sin(step / 7.0) - (0.3 if step and values[step - 1] > 0.0 else 0.0)
        values[step] = dice.choice([-1.0, -0.2, 0.2, 1.0])
        values[step] = np.clip(0.5 * values[step] + means[step], -1.0, 1.0)
    return values, means


def test_the_confidence_sequence_holds_the_mean_at_all_times_together_in_nineteen_games_of_twenty() -> None:
    dice = np.random.default_rng(11)
    games = [drifting(dice, 60) for _ in range(300)]
    found = ScoreComparisons([values.tolist() for values, _ in games])
    truth = np.cumsum([means for _, means in games], axis=1) / np.arange(1, 61)
    missed = ((truth < np.array(found.low)) | (truth > np.array(found.high))).any(axis=1)
    assert missed.sum() <= 0.05 * 300


def test_equal_forecasters_are_ever_told_apart_in_at_most_one_game_of_twenty() -> None:
    found = ScoreComparisons(np.random.default_rng(12).choice([-1.0, -0.1, 0.1, 1.0], size=(600, 80)).tolist())
    assert sum(max(gains) >= TWENTY for gains in found.log_better) <= 0.05 * 600


def test_a_better_forecaster_is_told_apart() -> None:
    values = np.clip(np.random.default_rng(13).normal(0.3, 0.3, size=150), -1.0, 1.0).tolist()
    found = ScoreComparisons([values])
    ((low, high),) = zip(found.low, found.high, strict=True)
    assert low[-1] > 0.0
    assert found.log_better[0][-1] > TWENTY > 0.0 > found.log_worse[0][-1]
    assert high[-1] - low[-1] < high[9] - low[9]


def test_no_steps_give_no_comparison_and_unscaled_scores_are_refused() -> None:
    assert ScoreComparisons([[], []]).low == [[], []]
    assert ScoreComparisons([[0.0]]).low == [[-1.0]]
    with pytest.raises(ValueError, match=r"got 1\.5"):
        ScoreComparisons([[0.1, 1.5]])

from __future__ import annotations

import numpy as np
import pytest

from counterpoise.theory import statistics
from counterpoise.theory.statistics import ChoiceSet


def random_choices(weights: tuple[float, ...], count: int = 600) -> list[ChoiceSet]:
    dice = np.random.default_rng(5)
    sets = []
    for number in range(count):
        rows = dice.random((5, len(weights)))
        utility = rows @ np.asarray(weights) + dice.gumbel(size=5)
        sets.append(
            ChoiceSet(tuple(map(tuple, rows.tolist())), int(utility.argmax()), (f"s{number % 10}", f"a{number % 30}"))
        )
    return sets


def test_shapley_shares_sum_to_one_and_are_largest_for_the_covariate_that_decides() -> None:
    shares = statistics.shapley_shares(random_choices((4.0, 0.0, 2.0)), [[0], [1], [2]])
    assert shares is not None
    assert sum(shares) == pytest.approx(1.0)
    assert shares[0] > shares[2] > shares[1]
    assert shares[1] < 0.02
    assert statistics.shapley_shares([], [[0]]) is None


def test_attributions_keep_the_order_of_the_choices() -> None:
    sets = random_choices((4.0, 0.0))
    alone = ChoiceSet(((0.5, 0.5),), 0, ("s0", "a0"))
    shares = statistics.attributions([alone, *sets], [[0], [1]])
    assert shares.shape == (601, 2)
    assert shares.sum(axis=1) == pytest.approx(np.ones(601))
    assert list(shares[0]) == [0.5, 0.5]
    assert shares[1:, 0].mean() > 0.8
    assert statistics.attributions([alone], [[0], [1]]) is None

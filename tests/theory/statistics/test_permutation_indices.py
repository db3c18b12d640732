from __future__ import annotations

import numpy as np

from counterpoise.theory import statistics


def test_an_index_is_compared_with_its_permutations() -> None:
    size = 12
    near = [(i, (i + 1) % size) for i in range(size)]
    second = [(i, (i + 2) % size) for i in range(size)]
    signs = np.zeros((size, size))
    for i, j in second:
        signs[i, j] = signs[j, i] = 1.0
    index = statistics.checkerboard_index(signs, near, second)
    values, chance, p = statistics.pooled_index([[(size, index)] * 3] * 4, linear=False)
    assert values == [0.5] * 4
    assert chance == [0.0] * 4
    assert p < 0.01
    _, _, single = statistics.pooled_index([], linear=False)
    assert single == 1.0


def test_a_linear_index_is_centred_on_its_mean_over_places() -> None:
    index = statistics.sphere_index([[1.0], [1.0], [0.0], [0.0]], [0, 0, 0, 0], [1.0, 1.0, 1.0, 1.0])
    values, chance, p = statistics.pooled_index([[(4, index)]], linear=True)
    assert values == chance == [0.5]
    assert p == 1.0

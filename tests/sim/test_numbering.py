from __future__ import annotations

from itertools import pairwise

from counterpoise.sim.engine import Simulation


def test_numbers_grow_by_leaps_so_that_a_gap_tells_nothing(sim: Simulation) -> None:
    numbers = [sim.next_id() for _ in range(200)]
    leaps = {b - a for a, b in pairwise(numbers)}
    assert leaps == set(range(1, 10))

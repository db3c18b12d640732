from __future__ import annotations

from math import exp

import pytest

from counterpoise.sim.numbers.geography import OUTSIDE_REACH, great_circle_km, proximity, reach


def test_distances_are_great_circles() -> None:
    assert great_circle_km(0.0, 0.0, 0.0, 90.0) == pytest.approx(10_007.5, abs=0.1)
    assert great_circle_km(51.5, -0.1, 48.9, 2.4) == pytest.approx(341, abs=3)  # London and Paris
    assert great_circle_km(10.0, 20.0, 10.0, 20.0) == 0.0


@pytest.mark.parametrize("contiguity", [1, 2, 3])
def test_close_neighbours_have_full_proximity_and_reach(contiguity: int) -> None:
    assert proximity(5000.0, contiguity, 3000.0) == 1.0
    assert reach(5000.0, contiguity, 3000.0, outside=False) == 1.0


def test_proximity_and_reach_fall_with_distance_and_reach_less_for_outside_powers() -> None:
    assert proximity(3000.0, 0, 3000.0) == pytest.approx(exp(-1.0))
    assert proximity(3000.0, 5, 3000.0) == pytest.approx(exp(-1.0))
    assert reach(3000.0, 0, 3000.0, outside=False) == proximity(3000.0, 0, 3000.0)
    assert reach(3000.0, 0, 3000.0, outside=True) == pytest.approx(exp(-1.0 / OUTSIDE_REACH))

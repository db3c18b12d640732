from __future__ import annotations

import pytest

from counterpoise.sim.rules.component_growth import components_at
from counterpoise.sim.scenario import Waypoint

PATH = (Waypoint(0, (100.0, 0.0)), Waypoint(100, (400.0, 10.0)), Waypoint(200, (400.0, 20.0)))


def test_growth_is_log_linear_between_waypoints() -> None:
    assert components_at(PATH, 50)[0] == pytest.approx(200.0)


def test_growth_from_zero_is_linear() -> None:
    assert components_at(PATH, 50)[1] == pytest.approx(5.0)


def test_waypoints_are_met_exactly() -> None:
    assert components_at(PATH, 100) == (400.0, 10.0)


@pytest.mark.parametrize(("tick", "row"), [(-50, 0), (0, 0), (200, 2), (9999, 2)])
def test_components_are_constant_outside_the_waypoints(tick: int, row: int) -> None:
    assert components_at(PATH, tick) == PATH[row].components

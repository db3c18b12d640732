"""In the scenario of the six small states the nearness of the large one differs, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from counterpoise.session.running_session import Session
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.theory.threat import Matrix, Threat

SCENARIO = "weak-and-alone"

TWINS = (("ALD", "ASH"), ("BEX", "BIR"), ("COR", "COO"))
SMALL = tuple(state for pair in TWINS for state in pair)
KARST = ActorId("KAR")


@pytest.fixture(scope="module")
def yearly(scenario: Scenario, threats_at: Callable[[Scenario, int], Matrix]) -> list[Matrix]:
    calendar = Calendar(scenario.start, scenario.window_months)
    days = [date(1901, 1, 1), date(1903, 1, 1), date(1903, 7, 1), date(1904, 12, 31)]
    return [threats_at(scenario, calendar.tick_of(day)) for day in days]


def of_karst(matrix: Matrix, state: str) -> Threat:
    return matrix[ActorId(state)][KARST]


def test_the_six_states_differ_in_distance_only(yearly: list[Matrix]) -> None:
    for matrix in yearly:
        rest = {(t.offense, t.intentions) for t in (of_karst(matrix, state) for state in SMALL)}
        assert len(rest) == 1
        by_distance = sorted((of_karst(matrix, state) for state in SMALL), key=lambda t: -t.proximity)
        assert [t.power for t in by_distance] == sorted((t.power for t in by_distance), reverse=True)
    assert of_karst(yearly[2], "COR").intentions > of_karst(yearly[1], "COR").intentions  # after the second parade


def test_each_small_state_has_a_twin_at_the_same_distance_from_the_large_one(yearly: list[Matrix]) -> None:
    near, middle, far = (
        (of_karst(yearly[0], west).proximity, of_karst(yearly[0], east).proximity) for west, east in TWINS
    )
    assert near == (1.0, 1.0)
    assert middle[0] == pytest.approx(middle[1], abs=0.001)
    assert far[0] == pytest.approx(far[1], abs=0.001)
    assert 0.3 < middle[0] < 0.6
    assert far[0] < 0.75 * middle[0]


def test_all_six_states_fear_the_large_one_most(yearly: list[Matrix]) -> None:
    for matrix in yearly:
        for state in SMALL:
            row = matrix[ActorId(state)]
            assert max(row, key=lambda other: row[other].threat) == KARST


def test_the_six_together_are_stronger_and_any_three_weaker_than_the_large_one(
    yearly: list[Matrix], scenario: Scenario
) -> None:
    # Karst and ALD are neighbours, so nothing is lost over the distance, and the component is root / (root + own root).
    large = of_karst(yearly[0], "ALD").power
    assert 3 < (large / (1.0 - large)) ** 2 < 6
    assert len({actor.waypoints for actor in scenario.actors if actor.id in SMALL}) == 1


@pytest.mark.timeout(30)
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_it_plays_to_its_end(play_out: Callable[[str, str], Session], seed: str) -> None:
    assert play_out("weak-and-alone", seed).phase == "ended"

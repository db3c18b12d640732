"""In the scenario of the rising state its power moves, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from counterpoise.session.running_session import Session
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.theory.threat import Matrix, Threat

SCENARIO = "rising-hegemon"

MIDDLE = ("BRA", "CAL", "DEN", "EVE", "FAL")


@pytest.fixture(scope="module")
def yearly(scenario: Scenario, threats_at: Callable[[Scenario, int], Matrix]) -> list[Matrix]:
    calendar = Calendar(scenario.start, scenario.window_months)
    days = [date(year, 1, 1) for year in range(1901, 1905)] + [date(1904, 12, 31)]
    return [threats_at(scenario, calendar.tick_of(day)) for day in days]


def seen(matrix: Matrix, state: str, other: str) -> Threat:
    return matrix[ActorId(state)][ActorId(other)]


def power(matrix: Matrix, state: str) -> float:
    """Return the state's power over that of the stronger of the two great states, from what a neighbour of both sees.

    The index's power component is root / (root + own root) with the roots of two powers.
    """
    strongest = max(_times_own(matrix, "HAL"), _times_own(matrix, "ORR"))
    return _times_own(matrix, state) / strongest


def _times_own(matrix: Matrix, state: str) -> float:
    component = seen(matrix, "DEN", state).power
    return (component / (1.0 - component)) ** 2


def test_the_power_of_one_state_rises_past_that_of_the_other(yearly: list[Matrix]) -> None:
    lead = [power(matrix, "HAL") - power(matrix, "ORR") for matrix in yearly]
    assert lead == sorted(lead)
    assert lead[0] == pytest.approx(-0.5, abs=0.02)
    assert lead[2] == pytest.approx(0.0, abs=0.04)
    assert lead[-1] > 0.3


def test_it_passes_a_third_of_all_power_with_the_fourth_year(yearly: list[Matrix]) -> None:
    shares = []
    for matrix in yearly:
        hal, orr = (_times_own(matrix, state) for state in ("HAL", "ORR"))
        shares.append(hal / (hal + orr + len(MIDDLE)))
    assert shares[2] < 1 / 3 < shares[3]


def test_nothing_but_power_differs_between_the_two_or_over_time(yearly: list[Matrix]) -> None:
    held = {
        (threat.proximity, threat.offense, threat.intentions)
        for matrix in yearly
        for state in MIDDLE
        for threat in (seen(matrix, state, "HAL"), seen(matrix, state, "ORR"))
    }
    assert len(held) == 1
    assert {threat.intentions for matrix in yearly for row in matrix.values() for threat in row.values()} == {0.0}


def test_the_most_feared_state_changes_with_power(yearly: list[Matrix]) -> None:
    for state in MIDDLE:
        assert seen(yearly[0], state, "ORR").threat > seen(yearly[0], state, "HAL").threat
        assert seen(yearly[-1], state, "HAL").threat > seen(yearly[-1], state, "ORR").threat


@pytest.mark.timeout(30)
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_it_plays_to_its_end(play_out: Callable[[str, str], Session], seed: str) -> None:
    assert play_out("rising-hegemon", seed).phase == "ended"

"""Great powers are those that the scenario dates, or else the states with a tenth of all power."""

from __future__ import annotations

from dataclasses import replace

from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import Scenario
from counterpoise.trial.great_powers import LEAST_SHARE, GreatPowers


def test_without_dates_great_powers_follow_from_power(checkerboard_scenario: Scenario) -> None:
    world = Simulation(checkerboard_scenario, "1").world
    expected = [actor.id for actor in world.active() if actor.power >= LEAST_SHARE]
    assert GreatPowers(checkerboard_scenario).at(world, 0) == expected


def test_with_dates_only_dated_states_are_great_powers(checkerboard_scenario: Scenario) -> None:
    first, *others = checkerboard_scenario.actors
    dated = replace(first, great_power_from=10, great_power_until=20)
    scenario = replace(checkerboard_scenario, actors=(dated, *others))
    world, great = Simulation(scenario, "1").world, GreatPowers(scenario)
    assert [great.at(world, tick) for tick in (9, 10, 19, 20)] == [[], [first.id], [first.id], []]

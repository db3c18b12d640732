from __future__ import annotations

from math import fsum

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.rules import power
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId

A, B, E, F = ActorId("ARD"), ActorId("BEL"), ActorId("EMP"), ActorId("FAR")


def test_power_is_the_mean_share_of_the_states_that_exist(sim: Simulation) -> None:
    assert sim.world.actors[A].power == pytest.approx(2.0 / 14.5)
    assert sim.world.actors[F].power == 0
    assert fsum(actor.power for actor in sim.world.active()) == pytest.approx(1)


def test_a_component_that_no_state_has_is_left_out(sim: Simulation) -> None:
    for actor in sim.world.actors.values():
        actor.components = (*actor.components[:2], 0.0, *actor.components[3:])
    power.refresh(sim.world)
    assert fsum(actor.power for actor in sim.world.active()) == pytest.approx(1)


def test_posture_changes_the_strike_share_by_a_fifth(sim: Simulation) -> None:
    before = sim.world.actors[A].offense
    sim.world.actors[A].posture = "offensive"
    power.refresh(sim.world)
    assert sim.world.actors[A].offense - before == pytest.approx(0.5 * 0.2)


def test_lift_adds_to_offensive_capability(sim: Simulation) -> None:
    assert sim.world.actors[E].offense - sim.world.actors[B].offense == pytest.approx(0.2 * 0.9)


def test_capability_changes_within_bounds_now_and_on_the_growth_path(sim: Simulation) -> None:
    state = sim.world.actors[A]
    before = state.components[0]
    power.multiply_capability(state, 0.5)
    assert state.capability_factor == 0.5
    assert state.components[0] == pytest.approx(before / 2)
    power.multiply_capability(state, 0.0001)
    assert state.capability_factor == power.FACTOR_MIN


def test_the_middle_east_has_the_ranking_of_the_reference_figures(middle_east_scenario: Scenario) -> None:
    world = Simulation(middle_east_scenario, "1955").world
    ranked = sorted(world.active(), key=lambda actor: -actor.power)
    # CINC of 1955 in the Correlates of War's own system of all states.
    assert [actor.id for actor in ranked][:8] == ["USA", "USR", "UKG", "FRN", "TUR", "EGY", "IRN", "IRQ"]


def test_refreshing_again_changes_nothing_and_refreshing_after_any_change_does(sim: Simulation) -> None:
    world, state = sim.world, sim.world.actors[A]
    power.refresh(world)
    before = [(actor.power, actor.offense) for actor in world.actors.values()]
    power.refresh(world)
    assert [(actor.power, actor.offense) for actor in world.actors.values()] == before
    state.power = 0.9
    power.refresh(world)
    assert [(actor.power, actor.offense) for actor in world.actors.values()] == before
    state.occupied = 0.5
    power.refresh(world)
    occupied = [(actor.power, actor.offense) for actor in world.actors.values()]
    assert occupied != before
    world.forces = None
    power.refresh(world)
    assert [(actor.power, actor.offense) for actor in world.actors.values()] == occupied

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.rules import power
from counterpoise.sim.types import ActorId

Run = Callable[[Simulation, int], None]

A = ActorId("ARD")


def test_states_grow_at_every_new_year(sim: Simulation, run_to: Run) -> None:
    before = sim.world.actors[A].components
    run_to(sim, 365)
    assert sim.world.actors[A].components == before
    run_to(sim, 366)
    assert sim.world.calendar.iso(sim.now) == "1961-01-01"
    assert sim.world.actors[A].components[0] == pytest.approx(before[0] * 1.5 ** (366 / 3652))


def test_a_weakened_state_is_below_its_growth_path_and_recovers(sim: Simulation, run_to: Run) -> None:
    state = sim.world.actors[A]
    path = state.components[0]
    power.multiply_capability(state, 0.5)
    run_to(sim, 366)
    assert state.capability_factor == pytest.approx(0.55)
    assert state.components[0] == pytest.approx(0.55 * path * 1.5 ** (366 / 3652))
    run_to(sim, sim.world.end)
    assert 0.6 < state.capability_factor < 1

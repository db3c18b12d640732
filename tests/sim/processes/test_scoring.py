from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.rules.scores import yearly_score
from counterpoise.sim.types import ActorId

A, F = ActorId("ARD"), ActorId("FAR")


def test_a_score_is_the_mean_of_a_states_years(sim: Simulation, run_to: Callable[[Simulation, int], None]) -> None:
    world, worth = sim.world, []
    for tick in (366, 731, 1096, 1461):
        run_to(sim, tick)
        worth.append(yearly_score(world, world.actors[A]))
    assert world.scores[A] == pytest.approx(sum(worth) / 4, abs=0.02)


def test_a_late_state_is_scored_on_its_own_years(sim: Simulation, run_to: Callable[[Simulation, int], None]) -> None:
    run_to(sim, 732)
    assert sim.world.scores[F] == pytest.approx(yearly_score(sim.world, sim.world.actors[F]), abs=0.1)

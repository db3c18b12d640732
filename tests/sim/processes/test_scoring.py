from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.rules.scores import yearly_score
from counterpoise.sim.types import ActorId

Run = Callable[[Simulation, int], None]

A, F = ActorId("ARD"), ActorId("FAR")


def test_a_score_is_the_mean_of_a_states_yearly_scores(sim: Simulation, run_to: Run) -> None:
    world, worth = sim.world, []
    for tick in (366, 731, 1096, 1461):
        run_to(sim, tick)
        worth.append(yearly_score(world, world.actors[A]))
    assert world.scores[A] == pytest.approx(sum(worth) / 4, abs=0.02)


def test_the_score_of_a_late_state_counts_its_own_years_only(sim: Simulation, run_to: Run) -> None:
    run_to(sim, 732)
    assert sim.world.scores[F] == pytest.approx(yearly_score(sim.world, sim.world.actors[F]), abs=0.1)


def test_the_parts_of_a_score_are_means_that_sum_to_it(sim: Simulation, run_to: Run) -> None:
    run_to(sim, 1461)
    for actor, parts in sim.world.score_parts.items():
        assert parts.total == sim.world.scores[actor]
    assert sim.world.score_parts[A].influence > 0

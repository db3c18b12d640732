from __future__ import annotations

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.rules import memory
from counterpoise.sim.types import ActorId

C, D = ActorId("COR"), ActorId("DUN")


def test_an_act_is_remembered_by_the_state_it_is_directed_at(sim: Simulation) -> None:
    memory.remember_hostile_act(sim, C, D, 4)
    memory.remember_broken_promise(sim, C, D)
    memory.remember_hostile_statement(sim, C, D)
    victim, doer = sim.world.dyad(D, C), sim.world.dyad(C, D)
    assert victim.hostility.at(0) == pytest.approx(0.8)
    assert victim.broken_promises.at(0) == victim.hostile_statements.at(0) == 1
    assert doer.hostility.at(0) == doer.broken_promises.at(0) == doer.hostile_statements.at(0) == 0


def test_a_memory_halves_in_five_years(sim: Simulation) -> None:
    memory.remember_hostile_act(sim, C, D, 5)
    assert sim.world.dyad(D, C).hostility.at(1826) == pytest.approx(0.5, abs=0.001)


def test_goodwill_does_not_fall_below_zero(sim: Simulation) -> None:
    memory.add_goodwill(sim, C, D, 0.5)
    memory.add_goodwill(sim, C, D, -2.0)
    assert sim.world.dyad(D, C).cooperation.at(0) == 0

from __future__ import annotations

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import crisis
from counterpoise.sim.types import ActorId

A, B, D = ActorId("ARD"), ActorId("BEL"), ActorId("DUN")


def test_a_crisis_is_found_from_either_side(sim: Simulation) -> None:
    assert sim.world.crisis_between(A, B) is None
    opened = crisis.begin(sim, A, B, "territory")
    assert sim.world.crisis_between(A, B) is opened
    assert sim.world.crisis_between(B, A) is opened


def test_an_open_call_belongs_to_the_state_that_must_answer(sim: Simulation) -> None:
    opened = crisis.begin(sim, A, B, "territory")
    assert sim.world.open_call(B, "crisis", opened.id) is not None
    assert sim.world.open_call(D, "crisis", opened.id) is None

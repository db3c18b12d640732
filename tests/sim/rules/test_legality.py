from __future__ import annotations

from counterpoise.sim.engine import Simulation
from counterpoise.sim.rules import legality
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view

A, B, D, E = (ActorId(code) for code in ("ARD", "BEL", "DUN", "EMP"))


def test_the_top_adversary_of_a_seat_is_its_rival_and_friendly_states_are_not_adversaries(sim: Simulation) -> None:
    assert legality.top_adversaries(build_view(sim.world, sim.scenario, A)) == [B]
    assert legality.top_adversaries(build_view(sim.world, sim.scenario, B)) == [A, D]
    assert legality.top_adversaries(build_view(sim.world, sim.scenario, E)) == []

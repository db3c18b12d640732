from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_arming_costs_treasury_and_raises_power(sim: Simulation, do: Do) -> None:
    state = sim.world.actors[ActorId("ARD")]
    power, treasury = state.power, state.treasury
    do(sim, "ARD", Arm(0.5))
    assert state.power > power
    assert state.treasury == treasury - 0.5 * Arm.COST


def test_the_gain_from_arming_shrinks_towards_the_ceiling(sim: Simulation, do: Do) -> None:
    state = sim.world.actors[ActorId("ARD")]
    factors = []
    for _ in range(400):
        state.treasury = 100.0
        do(sim, "ARD", Arm(1.0))
        factors.append(state.capability_factor)
    gains = [after - before for before, after in pairwise(factors)]
    assert gains[0] > gains[-1] >= 0
    assert factors[-1] <= Arm.CEILING


def test_an_effort_that_the_treasury_cannot_pay_is_refused(sim: Simulation, refused: Refused, look: Look) -> None:
    sim.world.actors[ActorId("ARD")].treasury = 8.0
    refused(sim, "ARD", Arm(1.0))
    assert list(Arm.legal(look(sim, "ARD"))) == [Arm(0.25)]

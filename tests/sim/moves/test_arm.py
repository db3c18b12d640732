from __future__ import annotations

from itertools import pairwise
from typing import Any

from counterpoise.sim.moves.arm import Arm


def test_arming_costs_treasury_and_raises_power(sim: Any, do: Any) -> None:
    state = sim.world.actors["ARD"]
    power, treasury = state.power, state.treasury
    do(sim, "ARD", Arm(0.5))
    assert state.power > power
    assert state.treasury == treasury - 0.5 * Arm.COST


def test_gains_shrink_towards_the_ceiling(sim: Any, do: Any) -> None:
    state = sim.world.actors["ARD"]
    factors = []
    for _ in range(400):
        state.treasury = 100.0
        do(sim, "ARD", Arm(1.0))
        factors.append(state.capability_factor)
    gains = [after - before for before, after in pairwise(factors)]
    assert gains[0] > gains[-1] >= 0
    assert factors[-1] <= Arm.CEILING


def test_an_effort_beyond_the_treasury_is_refused(sim: Any, refused: Any, look: Any) -> None:
    sim.world.actors["ARD"].treasury = 8.0
    refused(sim, "ARD", Arm(1.0))
    assert list(Arm.legal(look(sim, "ARD"))) == [Arm(0.25)]

from __future__ import annotations

import pytest

from counterpoise.sim.appraisals import SUSPICION, TRUST, form_errors, seen_cooperation, seen_subversion
from counterpoise.sim.engine import Simulation
from counterpoise.sim.numbers.decaying_sum import HALF_LIFE_DAYS, DecayingSum
from counterpoise.sim.types import ActorId

A, B = ActorId("ARD"), ActorId("BEL")


@pytest.mark.parametrize("amount", [-1.0, -0.3, 0.0, 0.3, 1.0])
def test_an_error_adds_to_suspicion_or_to_trust_and_never_to_both(sim: Simulation, amount: float) -> None:
    dyad = sim.world.dyad(A, B)
    dyad.subversion, dyad.cooperation = DecayingSum(0.2, 0), DecayingSum(0.1, 0)
    dyad.misperception = amount
    form_errors(sim.world)
    assert seen_subversion(dyad, 0) == pytest.approx(0.2 + SUSPICION * max(0.0, amount))
    assert seen_cooperation(dyad, 0) == pytest.approx(0.1 + TRUST * max(0.0, -amount))


def test_an_error_fades_with_the_half_life_of_every_memory(sim: Simulation) -> None:
    dyad = sim.world.dyad(A, B)
    dyad.misperception = 0.5
    form_errors(sim.world)
    later = sim.world.tick + int(HALF_LIFE_DAYS)
    assert seen_subversion(dyad, later) == pytest.approx(seen_subversion(dyad, sim.world.tick) / 2, abs=1e-3)


def test_an_error_that_has_taken_hold_is_not_renewed(sim: Simulation) -> None:
    dyad = sim.world.dyad(A, B)
    dyad.misperception = 0.5
    form_errors(sim.world)
    sim.world.tick += 1000
    before = seen_subversion(dyad, sim.world.tick)
    form_errors(sim.world)
    assert seen_subversion(dyad, sim.world.tick) == before

from __future__ import annotations

from collections.abc import Callable

from counterpoise.sim.engine import Simulation
from counterpoise.sim.types import ActorId

D, E = ActorId("DUN"), ActorId("EMP")


def test_a_dated_regime_takes_over_with_its_traits(sim: Simulation, run_to: Callable[[Simulation, int], None]) -> None:
    state = sim.world.actors[D]
    run_to(sim, 499)
    assert state.family == "republic"
    run_to(sim, 500)
    assert (state.family, state.legitimacy, state.openness, state.constraint) == ("monarchy", 0.4, 0.3, 0.2)
    assert state.centres == 2  # what is usual for this constraint, since the regime's row does not say
    (changed,) = [i for i in sim.take_incidents() if i.kind == "regime_changed"]
    assert changed.detail["previous"] == "republic"


def test_nuclear_arms_come_on_their_date(sim: Simulation, run_to: Callable[[Simulation, int], None]) -> None:
    run_to(sim, 699)
    assert not sim.world.actors[E].nuclear
    run_to(sim, 700)
    assert sim.world.actors[E].nuclear

from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.mobilize import Mobilize


def test_reserves_stay_up_for_a_quarter(sim: Any, do: Any, refused: Any, look: Any, run_to: Any) -> None:
    [incident] = do(sim, "ARD", Mobilize())
    assert incident.audience is None
    assert look(sim, "ARD").own.mobilized
    refused(sim, "ARD", Mobilize())
    run_to(sim, Mobilize.DURATION_TICKS)
    assert not look(sim, "ARD").own.mobilized
    do(sim, "ARD", Mobilize())


def test_the_other_side_of_a_crisis_takes_it_for_a_hostile_statement(sim: Any, do: Any) -> None:
    do(sim, "ARD", Demand("BEL", "territory", "Now."))
    do(sim, "ARD", Mobilize())
    assert sim.world.dyad("BEL", "ARD").hostile_statements.at(0) == 1.0
    assert sim.world.dyad("DUN", "ARD").hostile_statements.at(0) == 0.0

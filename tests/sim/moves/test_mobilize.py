from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.mobilize import Mobilize
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.conftest import RunTo
    from tests.sim.moves.conftest import Do, Look, Refused


def test_reserves_stay_mobilized_for_a_quarter_of_a_year(
    sim: Simulation, do: Do, refused: Refused, look: Look, run_to: RunTo
) -> None:
    [incident] = do(sim, "ARD", Mobilize())
    assert incident.audience is None
    assert look(sim, "ARD").own.mobilized
    refused(sim, "ARD", Mobilize())
    run_to(sim, Mobilize.DURATION_TICKS)
    assert not look(sim, "ARD").own.mobilized
    do(sim, "ARD", Mobilize())


def test_the_other_side_of_a_crisis_takes_mobilization_as_a_hostile_statement(sim: Simulation, do: Do) -> None:
    do(sim, "ARD", Demand("BEL", "territory", "Now."))
    do(sim, "ARD", Mobilize())
    assert sim.world.dyad(ActorId("BEL"), ActorId("ARD")).hostile_statements.at(0) == 1.0
    assert sim.world.dyad(ActorId("DUN"), ActorId("ARD")).hostile_statements.at(0) == 0.0

from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.conftest import RunTo
    from tests.sim.moves.conftest import Do, Look


def test_a_statement_is_public_and_in_the_view_of_the_state_it_is_about(sim: Simulation, do: Do, look: Look) -> None:
    [incident] = do(sim, "BEL", StateIntent("ARD", "friendly"))
    assert incident.audience is None
    [other] = [o for o in look(sim, "ARD").others if o.id == "BEL"]
    assert other.stated_intent == "friendly"


def test_a_state_remembers_a_hostile_statement_and_a_repetition_adds_nothing(
    sim: Simulation, do: Do, run_to: RunTo
) -> None:
    trace = sim.world.dyad(ActorId("ARD"), ActorId("BEL")).hostile_statements
    for _ in range(5):
        do(sim, "BEL", StateIntent("ARD", "hostile"))
    assert trace.value == 1.0
    run_to(sim, StateIntent.REPETITION_TICKS)
    do(sim, "BEL", StateIntent("ARD", "hostile"))
    assert trace.value > 1.0

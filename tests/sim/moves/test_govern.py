from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.govern import Govern
from counterpoise.sim.rules import coups
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.conftest import RunTo
    from tests.sim.moves.conftest import Do, Look, Refused


def test_providing_costs_treasury_and_raises_legitimacy(sim: Simulation, do: Do) -> None:
    state = sim.world.actors[ActorId("ARD")]
    treasury, legitimacy = state.treasury, state.legitimacy
    [done] = do(sim, "ARD", Govern("provide"))
    assert state.legitimacy > legitimacy
    assert state.treasury == treasury - Govern.COST
    assert done.audience == ("ARD",)


def test_repression_lowers_the_risk_of_a_coup_and_openness(
    sim: Simulation, do: Do, refused: Refused, look: Look
) -> None:
    state = sim.world.actors[ActorId("ARD")]
    openness, hazard = state.openness, coups.coup_hazard(sim.world, state)
    do(sim, "ARD", Govern("repress"))
    assert state.openness < openness
    assert coups.coup_hazard(sim.world, state) < hazard
    assert refused(sim, "ARD", Govern("repress")).path == "$.move.course"
    assert [move.course for move in Govern.legal(look(sim, "ARD"))] == ["provide", "reform"]


def test_reform_raises_openness_and_baseline_legitimacy(sim: Simulation, do: Do) -> None:
    state = sim.world.actors[ActorId("ARD")]
    openness, settled = state.openness, state.baseline_legitimacy
    do(sim, "ARD", Govern("reform"))
    assert state.openness > openness
    assert state.baseline_legitimacy > settled


def test_a_state_can_provide_once_in_a_window(
    sim: Simulation, do: Do, refused: Refused, look: Look, run_to: RunTo
) -> None:
    do(sim, "ARD", Govern("provide"))
    assert refused(sim, "ARD", Govern("provide")).path == "$.move.course"
    assert "provide" not in [move.course for move in Govern.legal(look(sim, "ARD"))]
    run_to(sim, sim.world.calendar.opening_of(1))
    assert "provide" in [move.course for move in Govern.legal(look(sim, "ARD"))]

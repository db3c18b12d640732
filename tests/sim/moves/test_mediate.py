from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.mediate import Mediate
from counterpoise.sim.moves.support_side import SupportSide
from counterpoise.sim.rules.conflict import escalation

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_a_mediator_makes_escalation_less_likely(sim: Simulation, do: Do, look: Look) -> None:
    do(sim, "ARD", Demand("BEL", "policy", "Stop it."))
    [crisis] = sim.world.crises.values()
    before = escalation.rise_probability(sim.world, crisis, ("stand_firm", "stand_firm"))
    do(sim, "EMP", Mediate(crisis.id))
    assert escalation.rise_probability(sim.world, crisis, ("stand_firm", "stand_firm")) < before
    assert look(sim, "DUN").crises[0].mediators == ("EMP",)


def test_parties_and_supporters_of_a_crisis_cannot_mediate(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "ARD", Demand("BEL", "policy", "Stop it."))
    [crisis] = sim.world.crises
    do(sim, "COR", SupportSide(crisis, "ARD"))
    for actor in ("ARD", "BEL", "COR"):
        assert refused(sim, actor, Mediate(crisis)).path == "$.move.crisis"

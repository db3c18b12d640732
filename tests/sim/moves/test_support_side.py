from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.support_side import SupportSide

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def crisis_of(sim: Simulation, do: Do) -> Any:
    do(sim, "ARD", Demand("BEL", "territory", "Now."))
    [crisis] = sim.world.crises.values()
    return crisis


def test_a_third_state_can_support_a_side_only_once(sim: Simulation, do: Do, refused: Refused) -> None:
    crisis = crisis_of(sim, do)
    do(sim, "COR", SupportSide(crisis.id, "ARD"))
    assert crisis.supporters == {"COR": "ARD"}
    assert refused(sim, "COR", SupportSide(crisis.id, "BEL")).path == "$.move.crisis"


def test_a_state_cannot_support_a_side_against_a_partner_or_a_state_outside_the_crisis(
    sim: Simulation, do: Do, refused: Refused
) -> None:
    crisis = crisis_of(sim, do)
    assert refused(sim, "COR", SupportSide(crisis.id, "BEL")).path == "$.move.side"
    assert refused(sim, "COR", SupportSide(crisis.id, "DUN")).expected == "ARD or BEL"


def test_a_party_to_the_crisis_cannot_support_a_side(sim: Simulation, do: Do, refused: Refused) -> None:
    crisis = crisis_of(sim, do)
    assert refused(sim, "ARD", SupportSide(crisis.id, "ARD")).path == "$.move.crisis"

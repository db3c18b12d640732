from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.support_side import SupportSide


def crisis_of(sim: Any, do: Any) -> Any:
    do(sim, "ARD", Demand("BEL", "territory", "Now."))
    [crisis] = sim.world.crises.values()
    return crisis


def test_a_third_state_takes_a_side_once(sim: Any, do: Any, refused: Any) -> None:
    crisis = crisis_of(sim, do)
    do(sim, "COR", SupportSide(crisis.id, "ARD"))
    assert crisis.supporters == {"COR": "ARD"}
    assert refused(sim, "COR", SupportSide(crisis.id, "BEL")).path == "$.move.crisis"


def test_nobody_sides_against_a_partner_or_with_a_stranger_to_the_crisis(sim: Any, do: Any, refused: Any) -> None:
    crisis = crisis_of(sim, do)
    assert refused(sim, "COR", SupportSide(crisis.id, "BEL")).path == "$.move.side"
    assert refused(sim, "COR", SupportSide(crisis.id, "DUN")).expected == "ARD or BEL"


def test_the_parties_are_sides_already(sim: Any, do: Any, refused: Any) -> None:
    crisis = crisis_of(sim, do)
    assert refused(sim, "ARD", SupportSide(crisis.id, "ARD")).path == "$.move.crisis"

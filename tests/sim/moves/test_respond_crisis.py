from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.respond_crisis import RespondCrisis

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def crisis_of(sim: Simulation, do: Do) -> Any:
    do(sim, "ARD", Demand("BEL", "territory", "Now."))
    [crisis] = sim.world.crises.values()
    return crisis


def test_a_concession_ends_the_crisis(sim: Simulation, do: Do) -> None:
    crisis = crisis_of(sim, do)
    do(sim, "ARD", RespondCrisis(crisis.id, "stand_firm"))
    do(sim, "BEL", RespondCrisis(crisis.id, "concede"))
    sim.advance(3)
    assert not sim.world.crises
    [ended] = [i for i in sim.world.incidents if i.kind == "crisis_ended"]
    assert (ended.detail["outcome"], ended.detail["yielder"]) == ("YIELD", "BEL")


def test_an_answer_stays_hidden_until_the_stage_is_over(sim: Simulation, do: Do, look: Look) -> None:
    crisis = crisis_of(sim, do)
    [answered] = do(sim, "BEL", RespondCrisis(crisis.id, "escalate"))
    assert answered.audience == ("BEL",)
    assert [c.own_response for c in look(sim, "ARD").crises] == [None]
    assert [c.own_response for c in look(sim, "BEL").crises] == ["escalate"]


def test_an_answer_can_be_changed_but_not_repeated(sim: Simulation, do: Do, refused: Refused) -> None:
    crisis = crisis_of(sim, do)
    do(sim, "BEL", RespondCrisis(crisis.id, "escalate"))
    assert refused(sim, "BEL", RespondCrisis(crisis.id, "escalate")).path == "$.move.response"
    do(sim, "BEL", RespondCrisis(crisis.id, "compromise"))
    assert crisis.responses == {"BEL": "compromise"}


def test_a_state_outside_the_crisis_cannot_answer(sim: Simulation, do: Do, refused: Refused) -> None:
    crisis = crisis_of(sim, do)
    assert refused(sim, "COR", RespondCrisis(crisis.id, "concede")).path == "$.move.crisis"

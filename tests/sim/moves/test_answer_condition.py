from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.give_aid import GiveAid

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_only_the_recipient_of_a_demand_can_answer_it_and_only_once(
    sim: Simulation, do: Do, refused: Refused, look: Look
) -> None:
    do(sim, "EMP", GiveAid("ARD", "economic", 0.1, "", "side_with_us"))
    [condition] = sim.world.conditions
    assert refused(sim, "BEL", AnswerCondition(condition, True)).path == "$.move.condition"
    assert [move.comply for move in AnswerCondition.legal(look(sim, "ARD"))] == [True, False]
    do(sim, "ARD", AnswerCondition(condition, False))
    refused(sim, "ARD", AnswerCondition(condition, True))


def test_only_the_donor_and_the_recipient_know_of_a_demand(sim: Simulation, do: Do, look: Look) -> None:
    do(sim, "EMP", GiveAid("ARD", "economic", 0.1, "", "side_with_us"))
    assert len(look(sim, "EMP").conditions) == len(look(sim, "ARD").conditions) == 1
    assert look(sim, "BEL").conditions == ()
    assert not [i for i in look(sim, "BEL").incidents if i["kind"].startswith("compliance")]

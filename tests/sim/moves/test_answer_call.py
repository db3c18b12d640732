from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def war_of(sim: Simulation, do: Do) -> Any:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars.values()
    return war


def test_a_state_that_honours_its_promise_enters_the_war(sim: Simulation, do: Do, refused: Refused) -> None:
    war = war_of(sim, do)
    do(sim, "EMP", AnswerCall(war.id, True))
    assert war.defenders == ("BEL", "EMP")
    assert sim.world.actors[ActorId("EMP")].honoured == 1
    refused(sim, "EMP", AnswerCall(war.id, False))


def test_the_ally_remembers_a_broken_promise(sim: Simulation, do: Do) -> None:
    war = war_of(sim, do)
    do(sim, "EMP", AnswerCall(war.id, False))
    assert war.defenders == ("BEL",)
    assert sim.world.actors[ActorId("EMP")].reneged == 1
    assert sim.world.dyad(ActorId("BEL"), ActorId("EMP")).broken_promises.at(0) > 0


def test_a_state_without_a_call_cannot_answer_one(sim: Simulation, do: Do, refused: Refused) -> None:
    war = war_of(sim, do)
    assert refused(sim, "DUN", AnswerCall(war.id, True)).path == "$.move.war"

from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.attack import Attack


def war_of(sim: Any, do: Any) -> Any:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars.values()
    return war


def test_honouring_the_promise_enters_the_war(sim: Any, do: Any, refused: Any) -> None:
    war = war_of(sim, do)
    do(sim, "EMP", AnswerCall(war.id, True))
    assert war.defenders == ("BEL", "EMP")
    assert sim.world.actors["EMP"].honoured == 1
    refused(sim, "EMP", AnswerCall(war.id, False))


def test_going_back_on_it_is_remembered(sim: Any, do: Any) -> None:
    war = war_of(sim, do)
    do(sim, "EMP", AnswerCall(war.id, False))
    assert war.defenders == ("BEL",)
    assert sim.world.actors["EMP"].reneged == 1
    assert sim.world.dyad("BEL", "EMP").broken_promises.at(0) > 0


def test_a_state_nobody_called_has_nothing_to_answer(sim: Any, do: Any, refused: Any) -> None:
    war = war_of(sim, do)
    assert refused(sim, "DUN", AnswerCall(war.id, True)).path == "$.move.war"

from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_peace import AnswerPeace
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.broker_peace import BrokerPeace

if TYPE_CHECKING:
    from tests.sim.conftest import RunTo
    from tests.sim.moves.conftest import Do, Refused


def fought(sim: Simulation, do: Do) -> int:
    do(sim, "ARD", Attack("BEL", "policy"))
    [war] = sim.world.wars
    return int(war)


def test_two_accepted_questions_of_a_mediator_make_peace(sim: Simulation, do: Do) -> None:
    war = fought(sim, do)
    do(sim, "DUN", BrokerPeace(war))
    asked = [(c.actor, c.asker) for c in sim.world.calls.values() if c.reason == "peace"]
    assert asked == [("ARD", "DUN"), ("BEL", "DUN")]
    do(sim, "ARD", AnswerPeace(war, True))
    assert sim.world.wars[war].peace_offers
    do(sim, "BEL", AnswerPeace(war, True))
    assert not sim.world.wars


def test_a_declined_question_of_a_mediator_leaves_the_war_and_is_logged(sim: Simulation, do: Do) -> None:
    war = fought(sim, do)
    do(sim, "DUN", BrokerPeace(war))
    [no] = do(sim, "ARD", AnswerPeace(war, False))
    assert (no.kind, no.actors) == ("peace_refused", ("ARD", "DUN"))
    assert war in sim.world.wars


def test_one_state_outside_the_war_can_broker_peace_at_a_time(sim: Simulation, do: Do, refused: Refused) -> None:
    war = fought(sim, do)
    assert refused(sim, "ARD", BrokerPeace(war)).path == "$.move.war"
    do(sim, "DUN", BrokerPeace(war))
    assert refused(sim, "EMP", BrokerPeace(war)).path == "$.move.war"


def test_a_question_of_a_mediator_that_nobody_answers_is_closed(sim: Simulation, do: Do, run_to: RunTo) -> None:
    war = fought(sim, do)
    do(sim, "DUN", BrokerPeace(war))
    run_to(sim, 70)
    assert not [call for call in sim.world.calls.values() if call.asker == "DUN"]

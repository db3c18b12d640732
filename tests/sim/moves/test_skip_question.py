from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.ask import Ask
from counterpoise.sim.moves.skip_question import SkipQuestion
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_a_seat_skips_its_own_question_only(sim: Simulation, do: Do, refused: Refused, look: Look) -> None:
    sim.inject(Ask("reason"))
    [own], [other] = look(sim, "ARD").questions, look(sim, "BEL").questions
    assert SkipQuestion.legal(look(sim, "ARD")) == [SkipQuestion(own.id)]
    assert refused(sim, "ARD", SkipQuestion(other.id)).path == "$.move.question"
    [incident] = do(sim, "ARD", SkipQuestion(own.id))
    assert (incident.kind, incident.audience, incident.detail["question"]) == ("question_skipped", ("ARD",), own.id)
    assert look(sim, "ARD").questions == ()
    assert refused(sim, "ARD", SkipQuestion(own.id)).path == "$.move.question"
    assert [question.seat for question in sim.world.questions.values()].count(ActorId("BEL")) == 1

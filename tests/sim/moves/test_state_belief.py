from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.ask import Ask
from counterpoise.sim.moves.state_belief import StateBelief

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look


def test_a_belief_changes_nothing_and_only_its_author_sees_it(sim: Simulation, do: Do) -> None:
    before = msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls])
    [incident] = do(sim, "ARD", StateBelief(0.8, 0.1234567, 0.0))
    assert (incident.kind, incident.audience) == ("belief", ("ARD",))
    assert incident.detail == {"balancing": 0.8, "ideology": 0.123457, "aid": 0.0}
    assert msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls]) == before


def test_a_belief_answers_the_question_for_it_and_no_other(sim: Simulation, do: Do, look: Look) -> None:
    assert StateBelief.legal(look(sim, "ARD")) == []
    sim.inject(Ask("belief"))
    sim.inject(Ask("reason"))
    assert len(StateBelief.legal(look(sim, "ARD"))) == 2
    kinds = [incident.kind for incident in do(sim, "ARD", StateBelief(0.8, 0.5, 0.5))]
    assert kinds == ["belief", "question_answered"]
    assert [question.ask for question in look(sim, "ARD").questions] == ["reason"]

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.ask import Ask
from counterpoise.sim.moves.assess_threats import AssessThreats

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_an_assessment_changes_nothing_and_only_its_author_sees_it(sim: Simulation, do: Do) -> None:
    before = msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls])
    [incident] = do(sim, "ARD", AssessThreats({"EMP": 0.9, "COR": 0.4, "BEL": 0.1}))
    assert incident.audience == ("ARD",)
    assert incident.detail == {"ratings": {"BEL": 0.1, "COR": 0.4, "EMP": 0.9}}
    assert msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls]) == before


def test_a_state_cannot_rate_itself(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", AssessThreats({"ARD": 0.5})).path == "$.move.ratings"


@pytest.mark.parametrize("count", [1, 2])
def test_ratings_of_fewer_than_three_states_are_refused_with_the_reason(
    sim: Simulation, refused: Refused, count: int
) -> None:
    error = refused(sim, "ARD", AssessThreats(dict.fromkeys(["BEL", "COR"][:count], 0.5)))
    assert (error.code, error.path, error.got) == ("illegal", "$.move.ratings", str(count))
    assert "at least 3 states, because" in error.expected


def test_ratings_answer_the_question_for_them(sim: Simulation, do: Do) -> None:
    sim.inject(Ask("threats", seats=["ARD"]))
    kinds = [incident.kind for incident in do(sim, "ARD", AssessThreats({"BEL": 0.1, "COR": 0.2, "EMP": 0.9}))]
    assert kinds == ["assessment", "question_answered"]
    assert sim.world.questions == {}

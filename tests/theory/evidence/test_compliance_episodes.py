from __future__ import annotations

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.theory.evidence.compliance_episodes import episodes
from counterpoise.theory.evidence.sample import Sample

COR, HAR = ActorId("COR"), ActorId("HAR")


@pytest.mark.parametrize("comply", [True, False])
def test_a_demand_tied_to_new_aid_in_a_game_is_an_episode_with_its_leverage(
    checkerboard_scenario: Scenario, comply: bool
) -> None:
    sim = Simulation(checkerboard_scenario, "episode")
    sim.apply(COR, GiveAid("HAR", "economic", 0.2, "", "friendly_words", "COR"))
    [condition] = sim.world.conditions.values()
    sim.apply(HAR, AnswerCondition(condition.id, comply))
    [episode] = episodes(Sample([], (), {"game": sim.world.incidents}))
    assert (episode.cluster, episode.complied) == (("game", "HAR"), comply)
    assert (episode.aid, episode.monopoly, episode.total) == (0.2, 1.0, 0.0)
    assert episode.constraint == sim.world.actors[COR].constraint
    assert episode.asymmetry > 0.0

from __future__ import annotations

from typing import Any

import numpy as np

from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.decisions.estimates import balanced_by_others, public_since, willingness


def test_willingness_rises_with_fear_of_the_threat_and_with_a_good_record() -> None:
    plain = {
        "fear_of_threat": 0.5,
        "prior": False,
        "honour": 0.5,
        "fear_of_asker": 0.1,
        "captive": False,
        "reach": 0.5,
    }

    def will(**change: float) -> float:
        arrays: dict[str, Any] = {name: np.array([value]) for name, value in (plain | change).items()}
        [found] = willingness(**arrays).tolist()
        return float(found)

    assert 0.0 < will() < 1.0
    assert will(fear_of_threat=0.9) > will()
    assert will(prior=True) > will()
    assert will(honour=1.0) > will()
    assert will(reach=1.0) > will()
    assert will(fear_of_asker=0.9) < will()
    assert will(captive=True) < will()


def test_a_new_alliance_against_the_threat_shelters_other_states(world: World) -> None:
    a, b, me, foe = (ActorId(name) for name in ("S03", "S05", "S00", "S02"))
    fears = {a: 0.4, b: 0.3}
    world.alignments.clear()
    world.alignments[5] = Alignment(5, (a, b), "defence", since=-100)
    assert balanced_by_others(public_since(world, -365, 0), me, foe, fears, 0.075)
    assert not balanced_by_others(public_since(world, -90, 0), me, foe, fears, 0.075)
    assert not balanced_by_others(public_since(world, -365, 0), a, foe, fears, 0.075)
    assert not balanced_by_others(public_since(world, -365, 0), me, foe, {a: 0.4, b: 0.01}, 0.075)
    world.alignments[5].against = foe
    assert balanced_by_others(public_since(world, -365, 0), me, foe, {}, 0.075)

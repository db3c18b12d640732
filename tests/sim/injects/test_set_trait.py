from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.set_trait import SetTrait
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]


def test_a_trait_is_set_and_power_is_recomputed(sim: Simulation, happen: Happen) -> None:
    before = sim.world.actors[ActorId("ARD")].offense
    [incident] = happen(sim, SetTrait("ARD", "offensive_share", 0.95))
    assert incident.audience == ("ARD",)
    assert sim.world.actors[ActorId("ARD")].offensive_share == 0.95
    assert sim.world.actors[ActorId("ARD")].offense > before


def test_a_legitimacy_that_is_set_is_the_new_baseline(sim: Simulation, happen: Happen) -> None:
    happen(sim, SetTrait("ARD", "legitimacy", 0.9))
    state = sim.world.actors[ActorId("ARD")]
    assert state.legitimacy == state.baseline_legitimacy == 0.9


@pytest.mark.parametrize(("trait", "value"), [("lift", 1.5), ("technology", 0.0)])
def test_a_value_outside_the_traits_range_is_rejected(
    sim: Simulation, happen: Happen, trait: Any, value: float
) -> None:
    with pytest.raises(OrderError, match="value"):
        happen(sim, SetTrait("ARD", trait, value))

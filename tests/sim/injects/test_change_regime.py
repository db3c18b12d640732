from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.change_regime import ChangeRegime
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_a_new_regime_has_the_given_family_and_traits(sim: Simulation, happen: Happen) -> None:
    constraint = sim.world.actors[ActorId("ARD")].constraint
    [incident] = happen(sim, ChangeRegime("ARD", "monarchy", legitimacy=0.2, openness=0.1))
    state = sim.world.actors[ActorId("ARD")]
    assert (state.family, state.legitimacy, state.openness, state.constraint) == ("monarchy", 0.2, 0.1, constraint)
    assert incident.kind == "regime_changed"


def test_a_family_of_another_scenario_is_rejected(sim: Simulation, refused: Refuse) -> None:
    refusal = refused(sim, ChangeRegime("ARD", "theocracy"))
    assert (refusal.path, refusal.expected) == ("$.inject.family", "one of republic, monarchy")

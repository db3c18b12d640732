from __future__ import annotations

from typing import Any

from counterpoise.sim.injects.change_regime import ChangeRegime


def test_a_new_regime_has_the_given_family_and_traits(sim: Any, happen: Any) -> None:
    constraint = sim.world.actors["ARD"].constraint
    [incident] = happen(sim, ChangeRegime("ARD", "monarchy", legitimacy=0.2, openness=0.1))
    state = sim.world.actors["ARD"]
    assert (state.family, state.legitimacy, state.openness, state.constraint) == ("monarchy", 0.2, 0.1, constraint)
    assert incident.kind == "regime_changed"


def test_a_family_of_another_scenario_is_rejected(sim: Any, refused: Any) -> None:
    refusal = refused(sim, ChangeRegime("ARD", "theocracy"))
    assert (refusal.path, refusal.expected) == ("$.inject.family", "one of republic, monarchy")

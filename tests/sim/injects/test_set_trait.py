from __future__ import annotations

from typing import Any

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.injects.set_trait import SetTrait


def test_a_trait_is_set_and_power_is_recomputed(sim: Any, happen: Any) -> None:
    before = sim.world.actors["ARD"].offense
    [incident] = happen(sim, SetTrait("ARD", "offensive_share", 0.95))
    assert incident.audience == ("ARD",)
    assert sim.world.actors["ARD"].offensive_share == 0.95
    assert sim.world.actors["ARD"].offense > before


def test_a_legitimacy_that_is_set_is_the_new_baseline(sim: Any, happen: Any) -> None:
    happen(sim, SetTrait("ARD", "legitimacy", 0.9))
    state = sim.world.actors["ARD"]
    assert state.legitimacy == state.baseline_legitimacy == 0.9


@pytest.mark.parametrize(("trait", "value"), [("lift", 1.5), ("technology", 0.0)])
def test_a_value_outside_the_traits_range_is_rejected(sim: Any, happen: Any, trait: Any, value: float) -> None:
    with pytest.raises(OrderError, match="value"):
        happen(sim, SetTrait("ARD", trait, value))

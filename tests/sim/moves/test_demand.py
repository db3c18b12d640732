from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.demand import Demand


def test_a_demand_opens_a_crisis_that_both_sides_must_answer(sim: Any, do: Any) -> None:
    do(sim, "ARD", Demand("BEL", "territory", "Give back the valley."))
    [crisis] = sim.world.crises.values()
    assert (crisis.initiator, crisis.target, crisis.demand) == ("ARD", "BEL", "Give back the valley.")
    assert crisis.level == 2
    assert [call.actor for call in sim.world.calls.values()] == ["ARD", "BEL"]


def test_two_states_have_one_crisis_at_a_time(sim: Any, do: Any, refused: Any) -> None:
    do(sim, "ARD", Demand("BEL", "territory", "Now."))
    for actor, other in (("ARD", "BEL"), ("BEL", "ARD")):
        assert refused(sim, actor, Demand(other, "policy", "And this.")).path == "$.move.of"

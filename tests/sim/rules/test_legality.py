from __future__ import annotations

from typing import Any

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.processes import crisis
from counterpoise.sim.rules import legality
from counterpoise.sim.types import ActorId
from counterpoise.sim.view_builder import build_view

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def test_spending_never_overdraws_a_treasury(sim: Any) -> None:
    legality.spend(sim, A, 20.0)
    assert sim.world.actors[A].treasury == 30.0
    legality.spend(sim, A, 1000.0)
    assert sim.world.actors[A].treasury == 0.0


def test_a_crisis_is_found_from_either_side(sim: Any) -> None:
    assert sim.world.crisis_between(A, B) is None
    opened = crisis.begin(sim, A, B, "territory")
    assert sim.world.crisis_between(B, A) is opened
    assert sim.world.open_call(B, "crisis", opened.id) is not None
    assert sim.world.open_call(D, "crisis", opened.id) is None


def test_the_top_adversary_of_a_seat_is_its_rival_and_friendly_states_are_not_adversaries(sim: Any) -> None:
    assert legality.top_adversaries(build_view(sim.world, sim.scenario, A)) == [B]
    assert legality.top_adversaries(build_view(sim.world, sim.scenario, B)) == [A, D]
    assert legality.top_adversaries(build_view(sim.world, sim.scenario, E)) == []


def test_an_inject_names_states_that_exist(sim: Any) -> None:
    assert legality.existing_pair(sim.world, "ARD", "BEL", "a", "b") == (A, B)
    for pair, path in ((("ARD", "FAR"), "$.inject.b"), (("XYZ", "ARD"), "$.inject.a")):
        with pytest.raises(OrderError) as caught:
            legality.existing_pair(sim.world, *pair, "a", "b")
        assert caught.value.path == path


def test_a_state_is_no_second_state_and_is_named_once_in_a_list() -> None:
    legality.require_two("ARD", "BEL", "b")
    legality.require_each_once(("ARD", "BEL"), "members")
    with pytest.raises(OrderError, match=r"\$\.inject\.b: expected another state, got ARD"):
        legality.require_two("ARD", "ARD", "b")
    with pytest.raises(OrderError, match=r"\$\.inject\.members\[2\]: expected each state once, got ARD"):
        legality.require_each_once(("ARD", "BEL", "ARD"), "members")

from __future__ import annotations

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.rules.events import inject_legality
from counterpoise.sim.types import ActorId

A, B = ActorId("ARD"), ActorId("BEL")


def test_an_inject_must_name_states_that_exist(sim: Simulation) -> None:
    assert inject_legality.require_active_pair(sim.world, "ARD", "BEL", "a", "b") == (A, B)
    for pair, path in ((("ARD", "FAR"), "$.inject.b"), (("XYZ", "ARD"), "$.inject.a")):
        with pytest.raises(OrderError) as caught:
            inject_legality.require_active_pair(sim.world, *pair, "a", "b")
        assert (caught.value.code, caught.value.path) == ("unknown_actor", path)


def test_an_inject_must_name_two_different_states() -> None:
    inject_legality.require_different("ARD", "BEL", "b")
    with pytest.raises(OrderError) as caught:
        inject_legality.require_different("ARD", "ARD", "b")
    assert (caught.value.path, caught.value.expected, caught.value.got) == ("$.inject.b", "another state", "ARD")


def test_an_inject_must_name_each_state_of_a_list_once() -> None:
    inject_legality.require_no_repeats(("ARD", "BEL"), "members")
    with pytest.raises(OrderError) as caught:
        inject_legality.require_no_repeats(("ARD", "BEL", "ARD"), "members")
    refusal = caught.value
    assert (refusal.path, refusal.expected, refusal.got) == ("$.inject.members[2]", "each state once", "ARD")
    assert refusal.reason == "event_state_twice"


def test_a_refusal_has_a_reason_and_terms_from_which_a_page_words_it() -> None:
    refusal = inject_legality.illegal_inject("to", "event_crisis_already", "BEL", by="ARD")
    assert (refusal.code, refusal.path, refusal.got) == ("illegal", "$.inject.to", "BEL")
    assert refusal.expected == "a state that has no crisis or war with ARD"
    assert (refusal.reason, refusal.terms) == ("event_crisis_already", {"by": "ARD"})

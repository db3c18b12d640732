"""An object of one world has at most one counterpart in another world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import pytest

from counterpoise.session.forks.fork_matching import in_other_world
from counterpoise.session.running_session import Session
from counterpoise.sim.relations.conflicts import Crisis, War
from counterpoise.sim.relations.influence import Condition
from counterpoise.sim.relations.pacts import Alignment, Proposal
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

A, B, C, D = map(ActorId, ("ARD", "BEL", "COR", "DUN"))
FIELD = {
    "alignments": "alignment",
    "wars": "war",
    "crises": "crisis",
    "proposals": "proposal",
    "conditions": "condition",
}


def treaty(number: int, since: int, *members: ActorId, ended: bool = False) -> Alignment:
    return Alignment(number, members or (A, B), "defence", since, ended=ended)


def war(number: int, since: int, attackers: tuple[ActorId, ...] = (A,)) -> War:
    return War(number, attackers, (B,), "policy", since)


def crisis(number: int, opened: int) -> Crisis:
    return Crisis(number, A, B, "policy", 2, opened, opened + 30)


def offer(number: int, opened: int) -> Proposal:
    return Proposal(number, A, B, "defence", None, False, opened, opened + 30)


def condition(number: int, opened: int) -> Condition:
    return Condition(number, A, B, "military", "side_with_us", None, opened, opened + 90, {})


@pytest.fixture
def empty(new_session: Callable[..., Session]) -> World:
    world = new_session().simulation.world
    for name in FIELD:
        getattr(world, name).clear()
    return world


def found(empty: World, name: str, here: list[Any], there: list[Any]) -> dict[int, int | None]:
    """Where each thing of one world is in the other."""
    one, other = deepcopy(empty), deepcopy(empty)
    for world, things in ((one, here), (other, there)):
        getattr(world, name).update({thing.id: thing for thing in things})
    return {thing.id: _number({"kind": "x", FIELD[name]: thing.id}, one, other, FIELD[name]) for thing in here}


def _number(act: Mapping[str, Any], here: World, there: World, field: str) -> int | None:
    changed = in_other_world(act, here, there)
    return None if changed is None else int(changed[field])


@pytest.mark.parametrize(
    ("name", "make"),
    [("alignments", treaty), ("wars", war), ("crises", crisis), ("proposals", offer), ("conditions", condition)],
)
def test_objects_that_differ_only_in_date_are_not_confused(
    empty: World, name: str, make: Callable[[int, int], Any]
) -> None:
    here = [make(10, 1), make(20, 5), make(30, 5)]
    assert found(empty, name, here, here) == {10: 10, 20: 20, 30: 30}
    assert found(empty, name, here, [make(31, 5), make(21, 5), make(11, 1)]) == {10: 11, 20: 31, 30: 21}
    assert found(empty, name, here[:2], [make(21, 5)]) == {10: None, 20: 21}, "one is not there"
    assert found(empty, name, here[:1], [make(12, 2)]) == {10: 12}, "it came a day later there"
    assert found(empty, name, here[:1], []) == {10: None}
    assert found(empty, name, [make(10, 1)], [make(10, 5), make(11, 1)]) == {10: 11}, "numbers say less than dates"


def test_an_alignment_that_ended_in_the_other_world_is_not_mistaken_for_another(empty: World) -> None:
    here = [treaty(10, 1), treaty(20, 5)]
    assert found(empty, "alignments", here, [treaty(11, 1, ended=True), treaty(21, 5)]) == {10: 11, 20: 21}


def test_an_alignment_is_known_by_most_of_its_members_and_a_war_by_two_who_fight(empty: World) -> None:
    assert found(empty, "alignments", [treaty(10, 1, A, B, C)], [treaty(11, 1, A, D), treaty(12, 1, A, B)]) == {10: 12}
    assert found(empty, "wars", [war(10, 1, (A, C))], [war(11, 1, (D,)), war(12, 1, (C,))]) == {10: 12}


def test_an_object_that_no_longer_exists_has_no_counterpart(empty: World) -> None:
    for field in FIELD.values():
        assert in_other_world({"kind": "x", field: 10}, empty, empty) is None
    assert in_other_world({"kind": "accommodate", "drop": 10}, empty, empty) is None
    assert in_other_world({"kind": "x", "level": 10, "secret": True}, empty, empty) == {
        "kind": "x",
        "level": 10,
        "secret": True,
    }

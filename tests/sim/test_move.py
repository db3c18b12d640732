"""The worked example in the docstring of ``sim/move.py`` is a move."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from textwrap import dedent
from typing import Annotated, Any, ClassVar, Self

import pytest
from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim import move
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move, MoveGroup, Stage
from counterpoise.sim.processes import war
from counterpoise.sim.rules.legality import refuse_enemy, refuse_unless_other
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.views.view_position import ViewPosition

A, B = ActorId("ARD"), ActorId("BEL")
IMPORTED: dict[str, Any] = {
    "ActorId": ActorId,
    "ActorRef": ActorRef,
    "Annotated": Annotated,
    "ClassVar": ClassVar,
    "Iterator": Iterator,
    "Meta": Meta,
    "Move": Move,
    "MoveGroup": MoveGroup,
    "OrderError": OrderError,
    "Position": Position,
    "Self": Self,
    "Stage": Stage,
    "ViewPosition": ViewPosition,
    "refuse_enemy": refuse_enemy,
    "refuse_unless_other": refuse_unless_other,
}
"""What the file of the example would import."""


@pytest.fixture
def example() -> type[Any]:
    """The class in the docstring."""
    text = inspect.getdoc(move) or ""
    start = text.index("    class ")
    code = dedent(text[start : text.index("\n1. ")])
    names = dict(IMPORTED)
    exec(compile(code, "example", "exec", dont_inherit=True), names)
    found: type[Any] = names["RecallEnvoy"]
    return found


def test_the_example_lists_its_legal_moves(sim: Simulation, example: type[Any]) -> None:
    listed = example.legal(build_view(sim.world, sim.scenario, A))
    assert [recalled.of for recalled in listed] == ["BEL", "COR", "DUN", "EMP"]


def test_the_example_costs_treasury_and_records_an_incident(sim: Simulation, example: type[Any]) -> None:
    treasury = sim.world.actors[A].treasury
    sim.apply(A, example("BEL"))
    assert sim.world.actors[A].treasury == treasury - example.COST
    assert [incident.kind for incident in sim.take_incidents()] == ["envoy_recalled"]


def test_the_example_is_refused_by_its_rule_and_by_an_empty_treasury(sim: Simulation, example: type[Any]) -> None:
    sim.world.actors[A].treasury = 0.0
    with pytest.raises(OrderError) as unpaid:
        example("BEL").check(sim.world, A)
    assert unpaid.value.expected == "a treasury of at least 1"
    war.begin(sim, (A,), (B,), "policy")
    with pytest.raises(OrderError) as enemy:
        example("BEL").check(sim.world, A)
    assert enemy.value.path == "$.move.of"

"""A small invented scenario built from dataclasses, and the shared fixtures of the simulation tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from counterpoise.sim.catalogue import inject_catalogue
from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import (
    ActorSpec,
    AidSpec,
    AlignmentSpec,
    Claim,
    Contiguity,
    IdeologySpec,
    PastDispute,
    RegimeSpec,
    Rivalry,
    Scenario,
    Waypoint,
)
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

RunTo = Callable[[Simulation, int], None]
WireOf = Callable[..., dict[str, Any]]
A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))


def actor(code: ActorId, size: float, latitude: float, longitude: float, **more: Any) -> ActorSpec:
    """A state of a given size, growing by half in ten years."""
    components = (100.0 * size, 10.0 * size, 5.0 * size, 50.0 * size, 1000.0 * size, 200.0 * size)
    spec = ActorSpec(
        id=code,
        name=code.title(),
        role="regional",
        capital=code.title(),
        latitude=latitude,
        longitude=longitude,
        waypoints=(Waypoint(0, components), Waypoint(3652, tuple(1.5 * value for value in components))),
        regimes=(RegimeSpec(0, "republic", 0.6, 0.5, 0.4),),
    )
    return replace(spec, **more)


def make_scenario() -> Scenario:
    """Six states over five years: A and B are rivals, C is A's ally, D claims B's land, E is far and strong, F comes late."""
    return Scenario(
        id="quarrel",
        title="Quarrel",
        summary="Six invented states.",
        start=date(1960, 1, 1),
        end=date(1964, 12, 31),
        actors=(
            actor(A, 2.0, 0.0, 0.0),
            actor(B, 1.5, 0.0, 4.0),
            actor(C, 1.0, 3.0, 2.0, regimes=(RegimeSpec(0, "monarchy", 0.7, 0.4, 0.3),)),
            actor(
                D,
                1.0,
                -3.0,
                5.0,
                regimes=(RegimeSpec(0, "republic", 0.5, 0.5, 0.5), RegimeSpec(500, "monarchy", 0.4, 0.3, 0.2)),
            ),
            actor(E, 9.0, 45.0, 30.0, role="outside", lift=0.9, nuclear_from=700),
            actor(F, 0.5, 2.0, -3.0, enters=400, leaves=1500),
        ),
        ideology=IdeologySpec(
            ("republic", "monarchy"),
            {"republic": {"republic": 1.0, "monarchy": 0.2}, "monarchy": {"republic": 0.2, "monarchy": 1.0}},
            ("republic",),
        ),
        dispute_rate=3.0,
        contiguity=(Contiguity(A, B, 1), Contiguity(A, C, 1), Contiguity(B, D, 1), Contiguity(A, F, 1, start=400)),
        rivalries=(Rivalry(A, B, -2000), Rivalry(C, D, 300, 900)),
        claims=(Claim(D, B, -1000), Claim(A, B, 200, 1200)),
        disputes=(PastDispute(A, B, -300, 4), PastDispute(A, B, -1500, 3), PastDispute(B, A, -900, 5)),
        alignments=(
            AlignmentSpec((A, C), "defence", -700, name="Pact of the North"),
            AlignmentSpec((E, B), "guarantee", -100, end=800, lead=E),
            AlignmentSpec((B, D), "nonaggression", -50, secret=True),
        ),
        aid=(AidSpec(E, B, "military", 0.1), AidSpec(E, C, "economic", 0.05)),
    )


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """The small invented scenario."""
    return make_scenario()


@pytest.fixture(scope="session")
def calm(scenario: Scenario) -> Scenario:
    """The same scenario without random disputes, coups and changes of legitimacy."""
    return replace(scenario, dispute_rate=0.0, unrest_rate=0.0)


@pytest.fixture
def sim(calm: Scenario) -> Simulation:
    """A calm simulation at tick 0."""
    return Simulation(calm, "seed")


@pytest.fixture(scope="session")
def middle_east_scenario(middle_east: str) -> Scenario:
    """The large historical scenario."""
    return parse_scenario(middle_east, "middle-east-1955.toml")


@pytest.fixture(scope="session")
def invariants(invariant_violations: Callable[..., list[str]]) -> Callable[[World], None]:
    """Assert the invariants of a world."""

    def check(world: World) -> None:
        assert invariant_violations(world) == []

    return check


@pytest.fixture(scope="session")
def run_to() -> RunTo:
    """Advance to a tick, however often calls stop the clock."""

    def run(sim: Simulation, tick: int) -> None:
        while sim.now < tick and not sim.ended:
            sim.advance(tick)

    return run


@pytest.fixture(scope="session")
def wire_of() -> WireOf:
    """Draw an inject of a kind in its encoded form, for the states and families of a scenario."""
    return _inject_drawn


def _inject_drawn(
    kind: str,
    dice: Random,
    states: Sequence[str] = (A, B, C, D, E, F),
    families: Sequence[str] = ("republic", "monarchy", "empire"),
) -> dict[str, Any]:
    schema = inject_catalogue()[kind]["schema"]
    required = schema["required"]
    return {
        name: _drawn(form, dice, states, families)
        for name, form in schema["properties"].items()
        if name in required or dice.random() < 0.5
    }


def _drawn(form: dict[str, Any], dice: Random, states: Sequence[str], families: Sequence[str]) -> Any:
    """Draw a value a JSON Schema allows, near enough to the scenario that many can happen in it."""

    def one_of(values: Any) -> Any:
        return list(values)[int(dice.random() * len(values))]

    if "const" in form:
        return form["const"]
    if "enum" in form:
        return one_of(form["enum"])
    if "anyOf" in form:
        return _drawn(one_of(form["anyOf"]), dice, states, families)
    kind = form["type"]
    if kind == "null":
        return None
    if kind == "boolean":
        return dice.random() < 0.5
    if kind == "integer":
        low = form["minimum"]
        return low + int(dice.random() * (form.get("maximum", low + 2000) - low + 1))
    if kind == "number":
        return form["minimum"] + dice.random() * (form["maximum"] - form["minimum"])
    if kind == "array":
        length = form.get("minItems", 0) + int(dice.random() * 2)
        return [_drawn(form["items"], dice, states, families) for _ in range(length)][: form["maxItems"]]
    if form.get("x-choices") == "families":
        return one_of(families)
    return one_of(states) if "pattern" in form else "Something happened."

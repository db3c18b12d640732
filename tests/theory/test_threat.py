from __future__ import annotations

from collections.abc import Callable
from math import exp
from pathlib import Path

import numpy as np
import pytest

from counterpoise.sim.appraisals import form_errors
from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.misperceive import Misperceive
from counterpoise.sim.numbers.decaying_sum import HALF_LIFE_DAYS, DecayingSum
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.world import World
from counterpoise.theory.parameters import WEIGHTS
from counterpoise.theory.portable import Numbers
from counterpoise.theory.threat import (
    Components,
    index,
    intentions,
    perceived,
    threats_from_view,
    true,
)

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def index_of(weights: str, *parts: float) -> Numbers:
    return index(WEIGHTS[weights], Components(*(np.array(part) for part in parts)))


def test_the_index_is_a_logistic_of_the_weighted_components() -> None:
    assert float(index_of("regional", 0.6, 1.0, 0.6, 0.6)) == pytest.approx(1 / (1 + exp(-8 * (0.68 - 0.5))))
    assert float(index_of("power_alone", 0.5, 1.0, 1.0, 1.0)) == pytest.approx(0.5)


def test_every_set_of_weights_sums_to_one() -> None:
    for weights in WEIGHTS.values():
        assert weights.power + weights.proximity + weights.offense + weights.intentions == pytest.approx(1.0)


def test_deeds_add_up_and_cooperation_never_makes_intent_negative() -> None:
    none = {"hostility": 0.0, "rivalry": False, "claim": False, "statements": 0.0, "subversion": 0.0, "promises": 0.0}
    assert intentions(**none, cooperation=3.0) == 0.0  # type: ignore[arg-type]
    burdened = none | {"hostility": 1.0, "rivalry": True, "claim": True}
    assert intentions(**burdened, cooperation=1.0) == pytest.approx(2.0 / 3.0)  # type: ignore[arg-type]


def test_the_observers_role_decides_the_weights(world: World) -> None:
    seen = perceived(world)
    regional, outside, other = "S00", "S07", "S03"
    for observer, name in ((regional, "regional"), (outside, "outside")):
        parts = seen[observer][other]  # type: ignore[index]
        expected = index_of(name, parts.power, parts.proximity, parts.offense, parts.intentions)
        assert parts.threat == pytest.approx(float(expected), abs=1e-6)


def test_hostility_halves_in_five_years(world: World) -> None:
    dyad = world.dyads["S00", "S01"]  # type: ignore[index]
    dyad.rivalry, dyad.claim, dyad.hostility = False, None, DecayingSum(1.0, 0)
    for trace in ("cooperation", "hostile_statements", "subversion", "broken_promises"):
        setattr(dyad, trace, DecayingSum())
    world.tick = int(HALF_LIFE_DAYS)
    found = perceived(world)["S00"]["S01"].intentions  # type: ignore[index]
    assert found == pytest.approx(0.6 / 1.6, abs=1e-3)


def test_misperception_moves_the_perceived_threat_and_not_the_true_one(world: World) -> None:
    before = true(world)["S00"]["S01"]  # type: ignore[index]
    low = perceived(world)["S00"]["S01"].intentions  # type: ignore[index]
    for amount, burden in ((0.2, 0.8 * 0.4), (-0.2, -0.3 * 1.0)):
        world.dyads["S00", "S01"].misperception = amount  # type: ignore[index]
        form_errors(world)
        assert true(world)["S00"]["S01"] == before  # type: ignore[index]
        found = perceived(world)["S00"]["S01"].intentions  # type: ignore[index]
        changed = max(0.0, low / (1 - low) + burden)
        assert found == pytest.approx(changed / (1 + changed), abs=4e-6)


def test_the_threat_does_not_depend_on_alliances(world: World) -> None:
    before = perceived(world)
    world.alignments.clear()
    assert perceived(world) == before


def test_states_that_do_not_exist_neither_threaten_nor_fear(world: World) -> None:
    world.actors["S02"].active = False  # type: ignore[index]
    seen = perceived(world)
    assert "S02" not in seen
    assert all("S02" not in row for row in seen.values())


@pytest.mark.parametrize("amount", [0.0, 0.7, -0.7])
@pytest.mark.parametrize("name", ["middle-east-1955", "checkerboard"])
def test_threats_from_a_seats_view_equal_those_of_the_checker(name: str, amount: float) -> None:
    scenario = parse_scenario((SCENARIOS / f"{name}.toml").read_text(), name)
    simulation = Simulation(scenario, "threat")
    states = [actor.id for actor in simulation.world.active()]
    for what, other in (("intent", states[1]), ("power", states[2]), ("offense", states[3])):
        simulation.inject(Misperceive(states[0], other, amount, what))  # type: ignore[arg-type]
    for to in (1, 200, 400):
        while simulation.now < to:
            simulation.advance(to)
        seen = perceived(simulation.world)
        for actor in simulation.world.active():
            assert threats_from_view(build_view(simulation.world, scenario, actor.id)) == seen[actor.id]


def test_threats_are_quantised_shares(world_of: Callable[..., World]) -> None:
    for row in perceived(world_of(10, 5)).values():
        for threat in row.values():
            for value in threat.components().values():
                assert 0.0 <= value <= 1.0
                assert round(value, 6) == value

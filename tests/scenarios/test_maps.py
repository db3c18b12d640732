"""The map of each historical scenario shows every state of it, is small, and is up to date with what it was made from."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from counterpoise.scenario_files import bundled_scenarios, scenario_map, scenario_text
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario

MAPS = Path(__file__).resolve().parents[2] / "scenarios" / "maps"
DRAWN = sorted(path.stem for path in MAPS.glob("*.json"))
BYTES_MAX = 120_000

Point = tuple[float, float]


@pytest.fixture(params=DRAWN)
def drawn(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MAPS / f"{request.param}.json").read_text())
    return found


def scenario_of(drawn: dict[str, Any]) -> Scenario:
    return parse_scenario(*scenario_text(drawn["scenario"]))


def points_of(drawn: dict[str, Any], arc: int) -> list[Point]:
    values = drawn["arcs"][arc if arc >= 0 else ~arc]
    points = list(zip(accumulate(values[::2]), accumulate(values[1::2]), strict=True))
    return points if arc >= 0 else points[::-1]


def is_inside(point: Point, rings: list[list[Point]]) -> bool:
    x, y = point
    crossed = 0
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossed += (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax)
    return crossed % 2 == 1


def rings_of(drawn: dict[str, Any], piece: dict[str, Any]) -> list[list[Point]]:
    return [[point for arc in ring for point in points_of(drawn, arc)] for ring in piece["rings"]]


def test_the_four_historical_scenarios_have_a_map() -> None:
    assert DRAWN == ["cold-war-1947", "europe-1870", "europe-1933", "middle-east-1955"]
    assert set(DRAWN) <= set(bundled_scenarios())


def test_a_map_is_made_from_the_present_inputs(drawn: dict[str, Any]) -> None:
    inputs = ("territories.csv", "cuts.csv", "frames.toml", "make_maps.py")
    present = sha256(b"".join((MAPS / name).read_bytes() for name in inputs)).hexdigest()
    assert drawn["inputs"] == present, "run make_maps.py again, as scenarios/maps/README.md describes"


def test_a_map_is_small(drawn: dict[str, Any]) -> None:
    assert (MAPS / f"{drawn['scenario']}.json").stat().st_size < BYTES_MAX


def test_every_state_has_a_place_in_its_own_land_or_at_an_edge(drawn: dict[str, Any]) -> None:
    states = [str(actor.id) for actor in scenario_of(drawn).actors]
    assert sorted([*drawn["anchors"], *drawn["badges"]]) == sorted(states)
    for state, (x, y) in drawn["anchors"].items():
        own = [piece for piece in drawn["pieces"] if any(owner["id"] == state for owner in piece["owners"])]
        place = (x / drawn["grid"], y / drawn["grid"])
        assert any(is_inside(place, rings_of(drawn, piece)) for piece in own), state


def test_rings_close_and_stay_near_the_frame(drawn: dict[str, Any]) -> None:
    width, height = drawn["size"]
    for piece in drawn["pieces"]:
        for ring in piece["rings"]:
            for before, after in zip(ring, [*ring[1:], ring[0]], strict=True):
                assert points_of(drawn, before)[-1] == points_of(drawn, after)[0]
            points = [(x * drawn["grid"], y * drawn["grid"]) for arc in ring for x, y in points_of(drawn, arc)]
            assert all(-10 <= x <= width + 10 and -10 <= y <= height + 10 for x, y in points)


def test_each_line_between_pieces_is_stored_once_and_used(drawn: dict[str, Any]) -> None:
    uses = [arc if arc >= 0 else ~arc for piece in drawn["pieces"] for ring in piece["rings"] for arc in ring]
    assert set(uses) == set(range(len(drawn["arcs"])))
    assert max(map(uses.count, set(uses))) == 2


def test_only_states_of_the_scenario_own_or_hold_land(drawn: dict[str, Any]) -> None:
    states = {"", *(str(actor.id) for actor in scenario_of(drawn).actors)}
    for piece in drawn["pieces"]:
        assert {owner["id"] for owner in piece["owners"]} | {piece.get("held", "")} <= states


def test_a_scenario_with_a_state_that_the_map_leaves_out_has_no_map() -> None:
    states = [str(actor.id) for actor in parse_scenario(*scenario_text("middle-east-1955")).actors]
    assert scenario_map("middle-east-1955", states) is not None
    assert scenario_map("middle-east-1955", [*states, "NEW"]) is None
    assert scenario_map("checkerboard", ["ARD"]) is None
    assert scenario_map("../maps/middle-east-1955", states) is None

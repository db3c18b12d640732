from __future__ import annotations

from typing import get_args

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.reading.scenario_schema import Trigger
from counterpoise.sim.rules.events.inject_roles import ROLES, fill_roles, roles_in, roles_of
from counterpoise.sim.types import ActorId

A, B, C = ActorId("ARD"), ActorId("BEL"), ActorId("COR")
NAMES = {A: "Ard", B: "Bel", C: "Cor"}


def test_every_kind_with_roles_is_one_that_an_inject_can_wait_for() -> None:
    assert set(ROLES) <= set(get_args(Trigger))


def test_the_first_states_of_an_incident_are_in_its_roles(sim: Simulation) -> None:
    war.begin(sim, (A, C), (B,), "policy")
    place = [incident.kind for incident in sim.world.incidents].index("war_began")
    assert roles_of(sim.world, place) == {"attacker": A, "target": B}
    assert roles_of(sim.world, None) == {}


def test_a_role_alone_becomes_a_code_and_a_role_in_a_text_a_name() -> None:
    roles = {"attacker": A, "target": B}
    fields = {"by": "{attacker}", "with": ["{target}", "COR"], "text": "{attacker} against {target}", "level": 3}
    assert fill_roles(fields, roles, NAMES) == {
        "by": "ARD",
        "with": ["BEL", "COR"],
        "text": "Ard against Bel",
        "level": 3,
    }


def test_a_role_that_nobody_fills_stays() -> None:
    assert fill_roles({"text": "{joiner} and {attacker}."}, {"attacker": A}, NAMES) == {"text": "{joiner} and Ard."}


def test_the_roles_that_a_value_names_are_found() -> None:
    assert roles_in("{attacker}, {target} and {Other}") == ["attacker", "target"]
    assert roles_in(["{joiner}", "ARD", 3]) == ["joiner"]
    assert roles_in(None) == []

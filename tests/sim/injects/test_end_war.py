from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.end_war import EndWar
from counterpoise.sim.injects.start_war import StartWar
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


@pytest.mark.parametrize(
    ("outcome", "logged", "winners"),
    [
        ("attackers_win", "WIN", ["ARD"]),
        ("defenders_win", "WIN", ["BEL", "DUN"]),
        ("compromise", "COMPROMISE", []),
        ("stalemate", "STALEMATE", []),
    ],
)
def test_a_war_ends_with_the_given_outcome(
    sim: Simulation,
    happen: Happen,
    outcome: Any,
    logged: str,
    winners: list[str],
) -> None:
    happen(sim, StartWar(["ARD"], ["BEL", "DUN"], "territory"))
    happen(sim, EndWar(outcome, between=["DUN", "ARD"]))
    assert not sim.world.wars
    [ended] = [i for i in sim.world.incidents if i.kind == "war_ended"]
    assert (ended.detail["outcome"], ended.detail["winners"]) == (logged, winners)


def test_a_war_is_found_by_its_id_or_by_two_states(
    sim: Simulation,
    happen: Happen,
    refused: Refuse,
) -> None:
    assert refused(sim, EndWar("stalemate")).path == "$.inject"
    assert refused(sim, EndWar("stalemate", 999)).path == "$.inject.war"
    assert refused(sim, EndWar("stalemate", between=["ARD", "BEL"])).path == "$.inject.between"
    happen(sim, StartWar(["ARD"], ["BEL"], "territory"))
    [war] = sim.world.wars
    happen(sim, EndWar("stalemate", war))
    assert not sim.world.wars

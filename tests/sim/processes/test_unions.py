from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import unions, war
from counterpoise.sim.rules import alignments
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId

Run = Callable[[Simulation, int], None]

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def test_members_of_a_union_join_a_war_without_a_call(sim: Simulation) -> None:
    alignments.form(sim, (B, D), "union")
    fought = war.begin(sim, (A,), (B,), "territory")
    assert fought.defenders == (B, D)
    assert not [c for c in sim.world.calls.values() if c.actor == D and c.reason == "ally"]


def test_a_state_that_joins_a_war_brings_its_union(sim: Simulation) -> None:
    alignments.form(sim, (C, E), "union")
    fought = war.begin(sim, (A,), (B,), "territory")
    war.join(sim, fought, C, A)
    assert fought.attackers == (A, C, E)


def test_unions_of_weak_regimes_break_up_more_often(sim: Simulation) -> None:
    union = alignments.form(sim, (B, D), "union")
    hazards = []
    for legitimacy in (0.9, 0.5, 0.1):
        sim.world.actors[D].legitimacy = legitimacy
        hazards.append(unions.break_up_hazard(sim.world, union))
    assert hazards[1] < hazards[2]
    assert hazards[0] <= hazards[1]


def test_most_unions_break_up_within_five_years(calm: Scenario, run_to: Run) -> None:
    over = 0
    for seed in range(30):
        sim = Simulation(calm, f"union {seed}")
        union = alignments.form(sim, (A, B), "union")
        run_to(sim, sim.world.end)
        over += union.ended
    assert over / 30 == pytest.approx(0.6, abs=0.25)

from __future__ import annotations

from typing import Any

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import entry
from counterpoise.sim.rules import movements
from counterpoise.sim.rules.conflict.endings import change_regime
from counterpoise.sim.types import ActorId

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def test_a_claimant_leads_a_movement_without_a_leader_at_once(sim: Simulation) -> None:
    movements.claim_leadership(sim, A)
    assert sim.world.leaders == {"republic": A}


def test_a_claim_to_lead_divides_a_divisive_family_and_unites_others(sim: Simulation) -> None:
    sim.world.actors[E].family = "monarchy"  # C is one, and monarchs owe each other nothing
    words, goodwill = sim.world.dyad(B, A).hostile_statements, sim.world.dyad(C, E).cooperation
    before = words.at(0), goodwill.at(0), sim.world.dyad(C, E).hostile_statements.at(0)
    movements.claim_leadership(sim, A)
    movements.claim_leadership(sim, E)
    assert words.at(0) > before[0]
    assert goodwill.at(0) > before[1]
    assert sim.world.dyad(C, E).hostile_statements.at(0) == before[2]


def test_a_stronger_and_more_legitimate_claimant_replaces_a_leader_more_often(sim: Simulation) -> None:
    base = movements.takeover_probability(sim.world, A, B)
    sim.world.actors[A].legitimacy += 0.2
    assert movements.takeover_probability(sim.world, A, B) > base
    assert movements.takeover_probability(sim.world, E, B) > base
    assert movements.takeover_probability(sim.world, A, B) + movements.takeover_probability(
        sim.world, B, A
    ) == pytest.approx(1)


def test_the_loser_of_a_contest_loses_legitimacy(sim: Simulation, monkeypatch: pytest.MonkeyPatch) -> None:
    movements.claim_leadership(sim, B)
    before = sim.world.actors[A].legitimacy, sim.world.actors[B].legitimacy
    monkeypatch.setattr(movements, "takeover_probability", lambda world, claimant, leader: 1.0)
    movements.claim_leadership(sim, A)
    assert sim.world.leaders["republic"] == A
    assert sim.world.actors[A].legitimacy > before[0]
    assert sim.world.actors[B].legitimacy < before[1]


@pytest.mark.parametrize("end", [lambda sim: change_regime(sim, sim.world.actors[A], "monarchy", 0.5, "test"),
                                 lambda sim: entry.deactivate(sim, A)])  # fmt: skip
def test_a_movement_loses_its_leader_when_it_changes_family_or_leaves(sim: Simulation, end: Any) -> None:
    movements.claim_leadership(sim, A)
    end(sim)
    assert sim.world.leaders == {}

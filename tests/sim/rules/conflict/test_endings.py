from __future__ import annotations

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import crisis, war
from counterpoise.sim.rules.conflict import endings
from counterpoise.sim.types import ActorId

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def test_a_target_that_yields_loses_legitimacy_and_meets_the_claim(sim: Simulation) -> None:
    dispute = crisis.begin(sim, D, B, "territory")
    before = sim.world.actors[B].legitimacy
    endings.end_crisis(sim, dispute, "YIELD", B)
    assert sim.world.actors[B].legitimacy == pytest.approx(before - 0.05)
    assert sim.world.dyad(B, D).claim is None
    assert not sim.world.crises
    assert not sim.world.calls


def test_an_initiator_that_yields_keeps_its_claim(sim: Simulation) -> None:
    endings.end_crisis(sim, crisis.begin(sim, D, B, "territory"), "YIELD", D)
    assert sim.world.dyad(B, D).claim == "territory"


def test_a_settlement_leaves_some_goodwill(sim: Simulation) -> None:
    endings.end_crisis(sim, crisis.begin(sim, A, D, "policy"), "SETTLED")
    assert sim.world.dyad(A, D).cooperation.at(0) == sim.world.dyad(D, A).cooperation.at(0) == 0.5


def test_the_end_of_a_crisis_records_its_outcome_and_yielder(sim: Simulation) -> None:
    dispute = crisis.begin(sim, A, B, "policy")
    sim.take_incidents()
    endings.end_crisis(sim, dispute, "YIELD", A)
    endings.end_crisis(sim, dispute, "YIELD", B)
    (ended,) = sim.take_incidents()
    assert (ended.kind, ended.detail["outcome"], ended.detail["yielder"]) == ("crisis_ended", "YIELD", A)


def test_losers_of_a_war_lose_more_capability_than_winners(sim: Simulation) -> None:
    fought = war.begin(sim, (A,), (B,), "policy")
    fought.losses = {A: 0.3, B: 0.3}
    endings.end_war(sim, fought, "WIN", (A,))
    a, b = sim.world.actors[A], sim.world.actors[B]
    assert b.capability_factor == pytest.approx(1 - 0.6 * 0.3)
    assert a.capability_factor == pytest.approx(1 - 0.25 * 0.3)
    assert (a.legitimacy, b.legitimacy) == pytest.approx((0.65, 0.45))
    assert not sim.world.wars


def test_a_won_war_for_territory_ends_the_claim(sim: Simulation) -> None:
    fought = war.begin(sim, (D,), (B,), "territory")
    endings.end_war(sim, fought, "WIN", (D,))
    assert sim.world.dyad(B, D).claim is None


def test_a_won_war_about_the_regime_changes_it(sim: Simulation) -> None:
    fought = war.begin(sim, (C,), (D,), "regime")
    endings.end_war(sim, fought, "WIN", (C,))
    assert sim.world.actors[D].family == "monarchy"
    assert "regime_changed" in [incident.kind for incident in sim.take_incidents()]


def test_a_claim_stays_when_the_attackers_lose(sim: Simulation) -> None:
    fought = war.begin(sim, (D,), (B,), "territory")
    endings.end_war(sim, fought, "WIN", (B,))
    assert sim.world.dyad(B, D).claim == "territory"

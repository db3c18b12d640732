from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import secrets
from counterpoise.sim.rules import alignments
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view

Run = Callable[[Simulation, int], None]

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def pacts_seen(sim: Simulation, calm: Scenario, actor: ActorId) -> list[int]:
    return [alignment.id for alignment in build_view(sim.world, calm, actor).alignments]


def test_a_revealed_secret_is_public_and_hostile_to_the_state_it_names(sim: Simulation, calm: Scenario) -> None:
    pact = alignments.form(sim, (A, D), "defence", against=B, secret=True)
    assert pact.id not in pacts_seen(sim, calm, B)
    before = sim.world.dyad(B, A).hostile_statements.at(0)
    alignments.reveal(sim, pact)
    assert pact.id in pacts_seen(sim, calm, B)
    assert sim.world.dyad(B, A).hostile_statements.at(0) > before
    [out] = [i for i in sim.world.incidents if i.kind == "secret_revealed"]
    assert out.audience is None
    alignments.reveal(sim, pact)
    assert len([i for i in sim.world.incidents if i.kind == "secret_revealed"]) == 1


def test_secrets_leak_more_often_from_open_societies(sim: Simulation) -> None:
    pact = alignments.form(sim, (A, D), "defence", secret=True)
    hazards = []
    for openness in (0.0, 0.5, 1.0):
        sim.world.actors[A].openness = openness
        hazards.append(secrets.leak_hazard(sim.world, pact))
    assert hazards == sorted(set(hazards))


def test_a_state_with_access_discovers_a_secret_alone(
    sim: Simulation, calm: Scenario, run_to: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "LEAKS_A_YEAR", 0.0)
    pact = alignments.form(sim, (A, D), "defence", against=B, secret=True)
    assert secrets.discovery_hazard(sim.world, pact, E) == 0.0
    sim.world.dyad(A, E).penetration = 1.0
    monkeypatch.setattr(secrets, "DISCOVERIES_A_YEAR", 100.0)
    run_to(sim, 40)
    assert pact.known_to == (E,)
    assert pact.secret
    assert pact.id in pacts_seen(sim, calm, E)
    assert pact.id not in pacts_seen(sim, calm, B)
    [learned] = [i for i in sim.world.incidents if i.kind == "secret_learned"]
    assert learned.audience == (E,)


def test_most_secrets_become_known_in_time(calm: Scenario, run_to: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    out = 0
    for seed in range(30):
        sim = Simulation(calm, f"leak {seed}")
        pact = alignments.form(sim, (A, D), "consultation", secret=True)
        run_to(sim, sim.world.end)
        out += not pact.secret
    assert 4 <= out <= 19  # 1 - exp(-0.08 x 5) is a third

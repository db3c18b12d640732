from __future__ import annotations

from collections.abc import Callable

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import crisis, negotiation, war
from counterpoise.sim.processes.entry import deactivate
from counterpoise.sim.rules import alignments
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))
Run = Callable[[Simulation, int], None]


def test_a_late_state_exists_on_its_date_of_entry(sim: Simulation, run_to: Run) -> None:
    run_to(sim, 399)
    assert not sim.world.actors[F].active
    run_to(sim, 400)
    assert sim.world.actors[F].active
    assert sim.world.actors[F].power > 0
    assert sim.world.dyad(A, F).seen_power > 0 or sim.world.dyad(B, F).seen_power > 0
    assert [i.actors for i in sim.take_incidents() if i.kind == "state_entered"] == [(F,)]


def test_a_state_that_leaves_leaves_everything_it_is_part_of(
    sim: Simulation, run_to: Run, invariants: Callable[[World], None]
) -> None:
    run_to(sim, 1490)
    alignments.form(sim, (F, A), "defence")
    negotiation.propose(sim, F, C, "defence", None, False)
    crisis.begin(sim, B, F, "policy")
    run_to(sim, 1500)
    assert not sim.world.actors[F].active
    assert not list(sim.world.alignments_of(F))
    assert not [p for p in sim.world.proposals.values() if F in (p.proposer, p.to)]
    assert not [c for c in sim.world.crises.values() if F in (c.initiator, c.target)]
    invariants(sim.world)
    run_to(sim, sim.world.end)
    invariants(sim.world)


def test_a_state_that_leaves_stops_mediating(sim: Simulation, invariants: Callable[[World], None]) -> None:
    dispute = crisis.begin(sim, A, B, "policy")
    crisis.mediate(sim, dispute, C)
    crisis.mediate(sim, dispute, E)
    deactivate(sim, C)
    assert dispute.mediators == (E,)
    invariants(sim.world)


def test_a_state_that_leaves_during_a_war_leaves_the_war(sim: Simulation, invariants: Callable[[World], None]) -> None:
    fought = war.begin(sim, (A, C), (B, D), "territory")
    war.offer_peace(sim, fought, A)
    deactivate(sim, A)
    assert fought.attackers == (C,)
    deactivate(sim, C)
    assert not sim.world.wars
    invariants(sim.world)

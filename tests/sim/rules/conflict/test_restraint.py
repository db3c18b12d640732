from __future__ import annotations

from math import exp

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import crisis
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules.conflict import restraint
from counterpoise.sim.types import ActorId

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def _promise(sim: Simulation, ally: ActorId, to: ActorId, *, secret: bool = False) -> Alignment:
    pact = sim.world.alignments[900] = Alignment(900, (ally, to), "defence", 0, secret=secret)
    return pact


def test_the_targets_allies_deter_as_far_as_their_force_reaches(sim: Simulation) -> None:
    assert restraint.deterrence(sim.world, B, D) == 1
    _promise(sim, A, D)
    near = restraint.deterrence(sim.world, B, D)
    assert exp(restraint.ALLIES_DETER) < near < 1
    sim.world.dyad(D, A).contiguity, sim.world.dyad(D, A).km = 0, 15_000.0
    assert near < restraint.deterrence(sim.world, B, D) < 1, "a distant ally deters less"


def test_a_secret_pact_deters_only_an_initiator_that_knows_of_it(sim: Simulation) -> None:
    pact = _promise(sim, A, D, secret=True)
    assert restraint.deterrence(sim.world, B, D) == 1
    pact.known_to = (B,)
    assert restraint.deterrence(sim.world, B, D) < 1


def test_a_war_of_the_strong_costs_more_than_a_war_of_the_weak(sim: Simulation) -> None:
    dispute = crisis.begin(sim, A, B, "policy")
    before = restraint.cost_factor(sim.world, dispute)
    sim.world.actors[A].power *= 2
    sim.world.actors[B].power *= 2
    assert restraint.cost_factor(sim.world, dispute) < before < 1


def test_powers_bound_to_neither_side_hold_both_back(sim: Simulation) -> None:
    dispute = crisis.begin(sim, A, B, "policy")
    free = restraint.concert_factor(sim.world, dispute)
    assert free < 1
    sim.world.alignments[900] = Alignment(900, (B, D), "defence", 0)
    assert restraint.concert_factor(sim.world, dispute) == 1, "all bystanders are bound to one side or the other"
    sim.world.alignments[900].secret = True
    assert restraint.concert_factor(sim.world, dispute) == free, "nobody knows that it has taken sides"
    dispute.supporters[D] = A
    assert restraint.concert_factor(sim.world, dispute) == 1


def test_an_initiator_without_hope_seldom_comes_to_war_and_then_its_target_strikes(sim: Simulation) -> None:
    dispute = crisis.begin(sim, A, B, "territory")
    assert restraint.side_that_strikes(sim.world, dispute) == A
    odds = restraint.restraint(sim.world, dispute)
    cost = restraint.cost_factor(sim.world, dispute)
    sim.world.actors[A].technology = 0.01
    assert restraint.initiators_chance(sim.world, dispute) < restraint.HOPELESS_CHANCE
    assert restraint.restraint(sim.world, dispute) < odds
    assert restraint.restraint(sim.world, dispute) <= restraint.HOPELESS_ODDS * cost
    assert restraint.side_that_strikes(sim.world, dispute) == B
    dispute.supporters[E] = A
    sim.world.actors[E].power = 1.0
    assert restraint.side_that_strikes(sim.world, dispute) == A, "with a strong supporter there is hope"


def test_strong_mediators_restrain_more_than_weak_ones(sim: Simulation) -> None:
    dispute = crisis.begin(sim, A, B, "policy")
    assert restraint.mediation_factor(sim.world, dispute) == 1
    sim.world.actors[D].power = 0.01
    dispute.mediators = (D,)
    assert restraint.mediation_factor(sim.world, dispute) == restraint.MEDIATED_ODDS
    dispute.mediators = (D, E)
    sim.world.actors[E].power = 0.5
    assert restraint.mediation_factor(sim.world, dispute) == restraint.CONCERT_ODDS


def test_a_prospective_war_begins_nothing(sim: Simulation) -> None:
    chance = restraint.prospective_chance(sim.world, (A,), (B,))
    assert 0 < chance < 1
    assert restraint.prospective_chance(sim.world, (A, E), (B,)) == pytest.approx(chance, abs=0.6)
    assert not sim.world.wars

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.rules import alignments
from counterpoise.sim.rules.conflict import ally_calls
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId, Commitment

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def _called(sim: Simulation) -> list[tuple[ActorId, ActorId | None]]:
    return [(call.actor, call.asker) for call in sim.take_calls() if call.reason == "ally"]


def test_allies_of_the_defender_are_called(sim: Simulation) -> None:
    war.begin(sim, (B,), (A,), "territory")
    assert _called(sim) == [(C, A)]


def test_a_defence_pact_does_not_oblige_to_help_an_attacker(sim: Simulation) -> None:
    war.begin(sim, (A,), (D,), "territory")
    assert _called(sim) == []


@pytest.mark.parametrize(
    ("commitment", "called"), [("offence", True), ("joint_operation", True), ("consultation", False)]
)
def test_offensive_pacts_oblige_to_help_an_attacker(sim: Simulation, commitment: Commitment, called: bool) -> None:
    alignments.form(sim, (A, E), commitment)
    war.begin(sim, (A,), (D,), "territory")
    assert _called(sim) == ([(E, A)] if called else [])


def test_a_guarantee_obliges_the_guarantor_only(sim: Simulation) -> None:
    war.begin(sim, (A,), (B,), "territory")
    assert _called(sim) == [(E, B)]
    war.begin(sim, (D,), (E,), "territory")
    assert _called(sim) == []


def test_a_pact_against_another_state_does_not_oblige(sim: Simulation) -> None:
    alignments.form(sim, (A, D), "defence", against=E)
    war.begin(sim, (B,), (A,), "territory")
    assert (D, A) not in _called(sim)


def test_an_ally_with_several_pacts_is_called_once(sim: Simulation) -> None:
    alignments.form(sim, (A, C), "offence")
    war.begin(sim, (B,), (A,), "territory")
    assert _called(sim) == [(C, A)]


def test_allies_that_kept_promises_keep_them_more_often(sim: Simulation) -> None:
    fought = war.begin(sim, (B,), (A,), "territory")
    before = ally_calls.join_probability(sim.world, fought, C, A)
    sim.world.actors[C].reneged = 5
    assert ally_calls.join_probability(sim.world, fought, C, A) < before


def test_few_allies_join_a_hopeless_war(sim: Simulation) -> None:
    fought = war.begin(sim, (B,), (A,), "territory")
    before = ally_calls.join_probability(sim.world, fought, C, A)
    sim.world.actors[B].technology = 1000.0
    after = ally_calls.join_probability(sim.world, fought, C, A)
    assert after < before


def test_nuclear_arms_of_the_enemy_keep_allies_out_and_most_of_all_nuclear_allies(sim: Simulation) -> None:
    fought = war.begin(sim, (B,), (A,), "territory")
    chances = [ally_calls.join_probability(sim.world, fought, C, A)]
    for state in (B, C):
        sim.world.actors[state].nuclear = True
        chances.append(ally_calls.join_probability(sim.world, fought, C, A))
    assert chances[0] > 1.5 * chances[1] > 10 * chances[2]


def _plausible_calls(sim: Simulation) -> Iterator[float]:
    """Yield the chance that each defence pact holds, for every rival or old enemy that might attack its members."""
    world = sim.world
    for pact in (a for a in world.alignments.values() if a.commitment == "defence"):
        for asker in pact.members:
            for enemy in (a.id for a in world.active() if a.id not in pact.members):
                dyad = world.dyad(asker, enemy)
                if dyad.rivalry or (0 < dyad.contiguity <= 3 and dyad.hostility.at(0) > 0):
                    fought = War(1, (enemy,), (asker,), "policy", 0, {enemy: 0.0, asker: 0.0})
                    for ally in pact.members:
                        if ally != asker:
                            yield ally_calls.join_probability(world, fought, ally, asker)


def test_silent_allies_honour_pacts_at_the_rate_after_1945(middle_east_scenario: Scenario) -> None:
    chances = list(_plausible_calls(Simulation(middle_east_scenario, "1955")))
    assert len(chances) > 10
    # Berkemeier & Fuhrmann (2018): 22 % of all commitments 1945-2003, 41 % of defence pacts since 1816.
    assert 0.22 <= mean(chances) <= 0.41


def test_every_member_of_a_pact_of_many_is_called(sim: Simulation) -> None:
    pact = alignments.form(sim, (A, D), "defence", against=B)
    alignments.join(sim, pact, E)
    war.begin(sim, (B,), (A,), "territory")
    assert _called(sim) == [(C, A), (D, A), (E, A)]

from __future__ import annotations

from typing import Any

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import entry, war
from counterpoise.sim.rules import power
from counterpoise.sim.rules.conflict import occupation
from counterpoise.sim.rules.conflict.endings import end_war
from counterpoise.sim.types import ActorId

A, B = ActorId("ARD"), ActorId("BEL")


def winning(sim: Simulation, chance: float = 0.9) -> Any:
    fought = war.begin(sim, (A,), (B,), "territory")
    fought.win_chance = chance
    return fought


def test_a_side_takes_land_faster_the_better_its_chances(sim: Simulation) -> None:
    fought, taken = winning(sim), []
    for chance in (0.55, 0.7, 0.95):
        sim.world.actors[B].occupied, sim.world.actors[B].occupier, fought.win_chance = 0.0, None, chance
        occupation.move_front(sim, fought)
        taken.append(sim.world.actors[B].occupied)
    assert taken[0] == 0.0
    assert taken == sorted(set(taken))


def test_occupied_land_lowers_its_owners_power_only(sim: Simulation) -> None:
    fought = winning(sim)
    before = {code: sim.world.actors[code].power for code in (A, B)}
    mine, theirs = sim.world.actors[A].components, sim.world.actors[B].components
    occupation.move_front(sim, fought)
    assert sim.world.actors[B].power < before[B]
    assert (sim.world.actors[A].components, sim.world.actors[B].components) == (mine, theirs)
    assert sum(state.power for state in sim.world.active()) == pytest.approx(1)


def test_a_side_frees_its_own_land_before_it_takes_the_enemys(sim: Simulation) -> None:
    fought = winning(sim)
    for _ in range(3):
        occupation.move_front(sim, fought)
    held = sim.world.actors[B].occupied
    fought.win_chance = 0.1
    occupation.move_front(sim, fought)
    assert sim.world.actors[B].occupied == pytest.approx(held - 0.08)
    for _ in range(6):
        occupation.move_front(sim, fought)
    assert sim.world.actors[B].occupied == 0.0
    assert sim.world.actors[A].occupier == B


def test_a_land_with_nuclear_arms_is_taken_at_its_border_only(sim: Simulation) -> None:
    fought = winning(sim, 1.0)
    sim.world.actors[B].nuclear = True
    for _ in range(20):
        occupation.move_front(sim, fought)
    assert sim.world.actors[B].occupied == occupation.NUCLEAR_OCCUPIED_MAX


def test_at_most_half_of_a_country_is_occupied_during_a_war(sim: Simulation) -> None:
    fought = winning(sim, 1.0)
    for _ in range(20):
        occupation.move_front(sim, fought)
    assert sim.world.actors[B].occupied == occupation.OCCUPIED_MAX


@pytest.mark.parametrize(
    ("outcome", "winners", "kept"),
    [("WIN", (A,), True), ("STALEMATE", (), True), ("COMPROMISE", (), False), ("WIN", (B,), False)],
)
def test_the_end_of_a_war_decides_whether_occupied_land_is_kept(
    sim: Simulation, outcome: Any, winners: Any, kept: bool
) -> None:
    fought = winning(sim)
    occupation.move_front(sim, fought)
    end_war(sim, fought, outcome, winners)
    assert (sim.world.actors[B].occupier == A) == kept
    assert (sim.world.dyad(A, B).claim == "territory") == kept


def test_returning_land_earns_goodwill_and_ends_the_claim(sim: Simulation) -> None:
    fought = winning(sim)
    occupation.move_front(sim, fought)
    end_war(sim, fought, "WIN", (A,))
    before = sim.world.dyad(B, A).cooperation.at(sim.now)
    occupation.evacuate(sim, A, B)
    assert sim.world.actors[B].occupied == 0.0
    assert sim.world.dyad(A, B).claim is None
    assert sim.world.dyad(B, A).cooperation.at(sim.now) > before


def test_an_occupation_ends_when_the_occupier_leaves(sim: Simulation) -> None:
    fought = winning(sim)
    occupation.move_front(sim, fought)
    entry.deactivate(sim, A)
    assert sim.world.actors[B].occupied == 0.0
    assert power.usable_components(sim.world.actors[B]) == sim.world.actors[B].components

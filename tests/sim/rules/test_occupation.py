from __future__ import annotations

from typing import Any

import pytest

from counterpoise.sim.processes import entry, war
from counterpoise.sim.rules import occupation, power
from counterpoise.sim.rules.endings import end_war
from counterpoise.sim.types import ActorId

A, B = ActorId("ARD"), ActorId("BEL")


def winning(sim: Any, chance: float = 0.9) -> Any:
    fought = war.begin(sim, (A,), (B,), "territory")
    fought.win_chance = chance
    return fought


def test_the_side_with_the_edge_takes_land_the_faster_the_clearer_it_is(sim: Any) -> None:
    fought, taken = winning(sim), []
    for chance in (0.55, 0.7, 0.95):
        sim.world.actors[B].occupied, sim.world.actors[B].occupier, fought.win_chance = 0.0, None, chance
        occupation.move_front(sim, fought)
        taken.append(sim.world.actors[B].occupied)
    assert taken[0] == 0.0
    assert taken == sorted(set(taken))


def test_occupied_land_is_lost_to_its_owners_power_and_no_gain_to_the_occupier(sim: Any) -> None:
    fought = winning(sim)
    before = {code: sim.world.actors[code].power for code in (A, B)}
    mine, theirs = sim.world.actors[A].components, sim.world.actors[B].components
    occupation.move_front(sim, fought)
    assert sim.world.actors[B].power < before[B]
    assert (sim.world.actors[A].components, sim.world.actors[B].components) == (mine, theirs)
    assert sum(state.power for state in sim.world.active()) == pytest.approx(1)


def test_a_side_frees_its_own_land_before_it_takes_the_enemys(sim: Any) -> None:
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


def test_no_country_is_swallowed_whole(sim: Any) -> None:
    fought = winning(sim, 1.0)
    for _ in range(20):
        occupation.move_front(sim, fought)
    assert sim.world.actors[B].occupied == occupation.OCCUPIED_MAX


@pytest.mark.parametrize(
    ("outcome", "winners", "kept"),
    [("WIN", (A,), True), ("STALEMATE", (), True), ("COMPROMISE", (), False), ("WIN", (B,), False)],
)
def test_what_becomes_of_the_land_depends_on_how_the_war_ends(sim: Any, outcome: Any, winners: Any, kept: bool) -> None:
    fought = winning(sim)
    occupation.move_front(sim, fought)
    end_war(sim, fought, outcome, winners)
    assert (sim.world.actors[B].occupier == A) == kept
    assert (sim.world.dyad(A, B).claim == "territory") == kept


def test_giving_land_back_earns_goodwill_and_ends_the_claim(sim: Any) -> None:
    fought = winning(sim)
    occupation.move_front(sim, fought)
    end_war(sim, fought, "WIN", (A,))
    before = sim.world.dyad(B, A).cooperation.at(sim.now)
    occupation.evacuate(sim, A, B)
    assert sim.world.actors[B].occupied == 0.0
    assert sim.world.dyad(A, B).claim is None
    assert sim.world.dyad(B, A).cooperation.at(sim.now) > before


def test_a_country_is_free_when_its_occupier_is_gone(sim: Any) -> None:
    fought = winning(sim)
    occupation.move_front(sim, fought)
    entry.deactivate(sim, A)
    assert sim.world.actors[B].occupied == 0.0
    assert power.usable_components(sim.world.actors[B]) == sim.world.actors[B].components

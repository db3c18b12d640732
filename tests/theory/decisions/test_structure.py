from __future__ import annotations

import msgspec

from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.decisions.structure import decode, encode, snapshot


def sign_of(world: World, a: str, b: str) -> int:
    taken = snapshot(world)
    places = sorted((taken.actors.index(ActorId(a)), taken.actors.index(ActorId(b))))
    return next((sign for i, j, sign in taken.signs if [i, j] == places), 0)


def test_allies_are_positive_enemies_negative_and_pairs_that_are_both_are_left_out(world: World) -> None:
    for dyad in world.dyads.values():
        dyad.rivalry = False
    world.alignments.clear()
    a, b = ActorId("S00"), ActorId("S01")
    assert sign_of(world, a, b) == 0
    world.alignments[1] = Alignment(1, (a, b), "defence", 0)
    assert sign_of(world, a, b) == 1
    world.wars[2] = War(2, (a,), (b,), "policy", 0)
    assert sign_of(world, a, b) == 0
    world.alignments[1].ended = True
    assert sign_of(world, b, a) == -1
    world.wars.clear()
    world.alignments[3] = Alignment(3, (a, b), "nonaggression", 0)
    assert sign_of(world, a, b) == 0


def test_hegemons_hold_fifteen_per_cent_and_their_reach_falls_with_distance(world: World) -> None:
    taken = snapshot(world)
    for place, power in enumerate(taken.power):
        assert (place in taken.hegemons) == (power >= 0.15)
    for place in range(len(taken.actors)):
        assert all(reach <= taken.power[h] for reach, h in zip(taken.reach[place], taken.hegemons, strict=True))


def test_a_snapshot_survives_the_journal(world: World) -> None:
    taken = snapshot(world)
    assert decode(msgspec.json.decode(msgspec.json.encode(encode(taken)))) == taken

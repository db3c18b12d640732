from __future__ import annotations

from itertools import pairwise

from counterpoise.sim.engine import Simulation
from counterpoise.sim.id_allocator import STEP
from counterpoise.sim.types import ActorId

A, B, C = (ActorId(code) for code in ("ARD", "BEL", "COR"))


def test_hidden_things_do_not_change_public_ids(sim: Simulation) -> None:
    first = sim.next_id()
    for _ in range(50):
        sim.next_id((B, C))
    assert sim.next_id() == first + STEP


def test_hidden_things_do_not_change_the_hidden_ids_of_other_states(sim: Simulation) -> None:
    other = Simulation(sim.scenario, "seed")
    other.next_id((B, C))
    for audience in ((A,), (A, B), (B, A), None, (A,)):
        assert other.next_id(audience) == sim.next_id(audience)


def test_ids_are_unique_and_public_ids_grow(sim: Simulation) -> None:
    public, hidden = [sim.next_id()], []
    for _ in range(30):
        hidden += [sim.next_id((A,)), sim.next_id((B,)), sim.next_id(())]
        public.append(sim.next_id())
        assert public[-2] < min(hidden[-3:])
        assert max(hidden[-3:]) < public[-1]
    assert {b - a for a, b in pairwise(public)} == {STEP}
    assert len(set(hidden)) == len(hidden)

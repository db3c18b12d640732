from __future__ import annotations

from collections.abc import Callable

from counterpoise.sim.engine import Simulation
from counterpoise.sim.types import ActorId

A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))


def test_dated_ties_are_in_force_from_their_start_to_their_end(
    sim: Simulation, run_to: Callable[[Simulation, int], None]
) -> None:
    dyad = sim.world.dyad
    found: dict[int, tuple[bool, object, int]] = {}
    for tick in (199, 200, 299, 300, 399, 400, 899, 900, 1199, 1200):
        run_to(sim, tick)
        found[tick] = (dyad(D, C).rivalry, dyad(B, A).claim, dyad(F, A).contiguity)
    assert found == {
        199: (False, None, 0),
        200: (False, "territory", 0),
        299: (False, "territory", 0),
        300: (True, "territory", 0),
        399: (True, "territory", 0),
        400: (True, "territory", 1),
        899: (True, "territory", 1),
        900: (False, "territory", 1),
        1199: (False, "territory", 1),
        1200: (False, None, 1),
    }


def test_an_alignment_ends_with_its_term(sim: Simulation, run_to: Callable[[Simulation, int], None]) -> None:
    run_to(sim, 799)
    assert len(list(sim.world.alignments_between(B, E))) == 1
    run_to(sim, 800)
    assert not list(sim.world.alignments_between(B, E))

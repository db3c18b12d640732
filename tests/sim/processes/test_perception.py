from __future__ import annotations

from collections.abc import Callable

from counterpoise.sim.engine import Simulation
from counterpoise.sim.types import ActorId

A, B, E = ActorId("ARD"), ActorId("BEL"), ActorId("EMP")
Run = Callable[[Simulation, int], None]


def test_estimates_change_with_every_window(sim: Simulation, run_to: Run) -> None:
    seen: list[float] = []
    for tick in (0, 90, 91, 100, 182):
        run_to(sim, tick) if tick else None
        seen.append(sim.world.dyad(A, E).seen_power)
    assert seen[0] == seen[1]
    assert seen[1] != seen[2]
    assert seen[2] == seen[3]
    assert seen[3] != seen[4]


def test_offensive_capability_is_known_a_year_later(sim: Simulation, run_to: Run) -> None:
    observers = [code for code in sim.world.actors if code not in (B, "FAR")]

    def seen() -> float:
        return sum(sim.world.dyad(code, B).seen_offense for code in observers) / len(observers)

    run_to(sim, 95)
    sim.world.actors[B].offensive_share = 1.0
    sim.world.actors[B].posture = "offensive"
    sim.world.actors[B].offense = 1.0
    run_to(sim, 300)
    assert seen() < 0.7
    sim.world.actors[B].offense = 1.0
    sim.world.actors[B].lift = 1.0
    run_to(sim, 900)
    assert seen() > 0.5

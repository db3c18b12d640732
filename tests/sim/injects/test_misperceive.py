from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.misperceive import Misperceive
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.world import Incident

Run = Callable[[Simulation, int], None]
Happen = Callable[[Simulation, Inject], list[Incident]]


def test_a_misperception_changes_one_view_and_is_hidden(sim: Simulation, happen: Happen) -> None:
    [incident] = happen(sim, Misperceive("ARD", "DUN", 0.4))
    assert incident.audience == ()
    [seen] = [o for o in build_view(sim.world, sim.scenario, ActorId("ARD")).others if o.id == "DUN"]
    assert seen.misperception == 0.4
    [true] = [
        o for o in build_view(sim.world, sim.scenario, ActorId("ARD"), misperceiving=False).others if o.id == "DUN"
    ]
    assert true.misperception == 0.0


def test_a_misperception_of_power_lasts(sim: Simulation, run_to: Run) -> None:
    dyad = sim.world.dyad(ActorId("ARD"), ActorId("BEL"))
    true, seen = sim.world.actors[ActorId("BEL")].power, dyad.seen_power
    sim.inject(Misperceive("ARD", "BEL", 1.0, "power"))
    assert dyad.seen_power == pytest.approx(2 * seen, abs=1e-5)
    run_to(sim, 100)
    assert dyad.seen_power == pytest.approx(2 * true, rel=0.5)
    sim.inject(Misperceive("ARD", "BEL", 0.0, "power"))
    assert dyad.seen_power == pytest.approx(true, rel=0.5)


def test_offensive_capability_can_be_seen_as_zero(sim: Simulation) -> None:
    dyad = sim.world.dyad(ActorId("ARD"), ActorId("BEL"))
    sim.inject(Misperceive("ARD", "BEL", -1.0, "offense"))
    assert dyad.seen_offense == 0.0
    assert dyad.misperception == 0.0

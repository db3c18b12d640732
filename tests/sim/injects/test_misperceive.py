from __future__ import annotations

from typing import Any

import pytest

from counterpoise.sim.injects.misperceive import Misperceive
from counterpoise.sim.types import ActorId
from counterpoise.sim.view_builder import build_view


def test_a_misperception_changes_one_view_and_is_hidden(sim: Any, happen: Any) -> None:
    [incident] = happen(sim, Misperceive("ARD", "DUN", 0.4))
    assert incident.audience == ()
    [seen] = [o for o in build_view(sim.world, sim.scenario, ActorId("ARD")).others if o.id == "DUN"]
    assert seen.misperception == 0.4
    [true] = [
        o for o in build_view(sim.world, sim.scenario, ActorId("ARD"), misperceiving=False).others if o.id == "DUN"
    ]
    assert true.misperception == 0.0


def test_a_misperception_of_power_lasts(sim: Any, run_to: Any) -> None:
    dyad = sim.world.dyad("ARD", "BEL")
    true, seen = sim.world.actors["BEL"].power, dyad.seen_power
    sim.inject(Misperceive("ARD", "BEL", 1.0, "power"))
    assert dyad.seen_power == pytest.approx(2 * seen, abs=1e-5)
    run_to(sim, 100)
    assert dyad.seen_power == pytest.approx(2 * true, rel=0.5)
    sim.inject(Misperceive("ARD", "BEL", 0.0, "power"))
    assert dyad.seen_power == pytest.approx(true, rel=0.5)


def test_offensive_capability_can_be_seen_as_zero(sim: Any) -> None:
    dyad = sim.world.dyad("ARD", "BEL")
    sim.inject(Misperceive("ARD", "BEL", -1.0, "offense"))
    assert dyad.seen_offense == 0.0
    assert dyad.misperception == 0.0

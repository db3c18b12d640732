"""Cancelling what the scenario has in store."""

from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.digest import digest
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.cancel_event import CancelEvent
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.rules.events.coming_events import coming_events
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def dated(text: str) -> str:
    """The scenario with two events: one on a date, one that waits for a war."""
    return text + (
        '\n[[injects]]\non = 1901-03-01\nkind = "announce"\ntext = "A comet is seen."\n'
        '\n[[injects]]\nwhen = { incident = "war_began" }\nkind = "announce"\ntext = "The banks close."\n'
    )


def test_a_cancelled_event_does_not_happen_and_the_world_goes_on_alike_after_a_restart(
    checkerboard: str, happen: Happen, refused: Refuse
) -> None:
    scenario = parse_scenario(dated(checkerboard), "mine.toml")
    first = len(scenario.injects) - 2
    sim = Simulation(scenario, "1")
    sim.advance(2)
    assert set(coming_events(sim.world)) >= {first, first + 1}
    [incident] = happen(sim, CancelEvent(first))
    assert (incident.kind, incident.audience) == ("event_cancelled", ())
    assert first not in coming_events(sim.world)
    happen(sim, CancelEvent(first + 1))
    assert refused(sim, CancelEvent(first)).path == "$.inject.event"
    restored = Simulation.restore(scenario, sim.snapshot())
    for one in (sim, restored):
        while one.now < 200:
            one.advance(200)
    assert digest(sim.world) == digest(restored.world)
    assert not any(one.detail.get("text") == "A comet is seen." for one in sim.world.incidents)


def test_an_event_that_does_not_exist_cannot_be_cancelled(sim: Simulation, refused: Refuse) -> None:
    assert refused(sim, CancelEvent(9999)).path == "$.inject.event"

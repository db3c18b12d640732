"""Conditional injects: what the scenario makes happen once something else has."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.catalogue import decode_inject
from counterpoise.sim.inject import Inject, apply_if_possible
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.scenario import Condition, InjectSpec, Scenario
from counterpoise.sim.timing import at_tick
from counterpoise.sim.world import Incident, World


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield a process for every inject of the scenario that waits for something."""
    for spec in scenario.injects:
        if spec.when is not None:
            yield _watch(stage, spec, spec.when, decode_inject(spec.plain()))


def _watch(stage: Stage, spec: InjectSpec, when: Condition, inject: Inject) -> Process:
    """Look every day whether it has come about, and let the inject happen once."""
    yield at_tick(stage, when.since)
    seen, came = len(stage.world.incidents), when.incident is None
    while stage.world.tick <= when.until:
        came = came or any(_matches_incident(when, incident) for incident in stage.world.incidents[seen:])
        seen = len(stage.world.incidents)
        if came and _is_state_met(stage.world, when):
            yield stage.env.timeout(when.after_days)
            apply_if_possible(stage, spec, inject)
            return
        yield stage.env.timeout(1)


def _matches_incident(when: Condition, incident: Incident) -> bool:
    return incident.kind == when.incident and all(actor in incident.actors for actor in when.actors)


def _is_state_met(world: World, when: Condition) -> bool:
    if when.at_war is not None and not world.at_war(*when.at_war):
        return False
    return when.allied is None or any(world.alignments_between(*when.allied))

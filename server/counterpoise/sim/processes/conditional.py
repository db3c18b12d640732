"""Conditional injects: the scenario's injects that wait for an incident, a war or an alliance."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.move import Process, Stage
from counterpoise.sim.scenario import Condition, InjectSpec, Scenario
from counterpoise.sim.timing import at_tick
from counterpoise.sim.world import Incident, World


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield a process for every inject of the scenario that waits for a condition."""
    for spec in scenario.injects:
        if spec.when is not None:
            yield _apply_once_met(stage, spec, spec.when)


def _apply_once_met(stage: Stage, spec: InjectSpec, when: Condition) -> Process:
    """Check the condition every day; once it is met, wait ``after_days`` and apply the inject once."""
    yield at_tick(stage, when.since)
    checked, has_occurred = len(stage.world.incidents), when.incident is None
    while stage.world.tick <= when.until:
        has_occurred = has_occurred or any(
            _matches_incident(when, incident) for incident in stage.world.incidents[checked:]
        )
        checked = len(stage.world.incidents)
        if has_occurred and _is_state_met(stage.world, when):
            yield stage.env.timeout(when.after_days)
            stage.apply_scenario_inject(spec)
            return
        yield stage.env.timeout(1)


def _matches_incident(when: Condition, incident: Incident) -> bool:
    return incident.kind == when.incident and all(actor in incident.actors for actor in when.actors)


def _is_state_met(world: World, when: Condition) -> bool:
    if when.at_war is not None and not world.at_war(*when.at_war):
        return False
    return when.allied is None or any(world.alignments_between(*when.allied))

"""Conditional injects: the scenario's injects that wait for an incident, a war or an alliance."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps, Watches
from counterpoise.sim.move import Stage
from counterpoise.sim.scenario import InjectCondition
from counterpoise.sim.world import Incident, World


def start(stage: Stage) -> None:
    """Start a process for every inject of the scenario that waits for a condition."""
    for index, spec in enumerate(stage.scenario.injects):
        if spec.when is not None:
            stage.start_at(spec.when.since, "conditional.begin", index)


def _begin(stage: Stage, index: int) -> None:
    """Start checking the condition; earlier incidents do not count."""
    when = stage.scenario.injects[index].when
    assert when is not None
    _check(stage, index, len(stage.world.incidents), when.incident is None)


def _check(stage: Stage, index: int, checked: int, has_happened: bool) -> None:
    """Check the condition every day, and schedule the inject once it is met.

    Args:
        stage: the simulation.
        index: the inject's index in the scenario.
        checked: the number of the world's incidents that have been checked.
        has_happened: whether the incident that the inject waits for has happened.
    """
    when, world = stage.scenario.injects[index].when, stage.world
    assert when is not None
    if world.tick > when.until:
        return
    count = len(world.incidents)
    happened = has_happened
    if not happened and count > checked:
        happened = any(_matches_incident(when, incident) for incident in world.incidents[checked:])
    if happened and _is_state_met(world, when):
        stage.schedule(world.tick + when.after_days, "conditional.apply", index)
    else:
        stage.schedule(world.tick + 1, "conditional.check", index, count, happened)


def _wake_tick(stage: Stage, index: int, checked: int, has_happened: bool) -> int:
    """Return the tick after the last day on which the condition can be met."""
    when = stage.scenario.injects[index].when
    assert when is not None
    return when.until + 1


def _apply(stage: Stage, index: int) -> None:
    stage.apply_scenario_inject(index)


def _matches_incident(when: InjectCondition, incident: Incident) -> bool:
    return incident.kind == when.incident and all(actor in incident.actors for actor in when.actors)


def _is_state_met(world: World, when: InjectCondition) -> bool:
    if when.at_war is not None and not world.at_war(*when.at_war):
        return False
    return when.allied is None or any(world.alignments_between(*when.allied))


STEPS: Steps = {"begin": _begin, "check": _check, "apply": _apply}
WATCHES: Watches = {"check": _wake_tick}

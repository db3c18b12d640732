"""Conditional injects: the scenario's injects that wait for an incident, an alliance, another inject and the like.

An inject that waits happens once. Its ``if`` and ``unless`` are tested on the day on which it would happen. If they do not hold,
it waits for the next incident, or tests again on the next day if it waits for no incident.
"""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps, Watches
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.events.inject_conditions import first_unmet, incident_position, is_state_met
from counterpoise.sim.rules.events.inject_roles import roles_of
from counterpoise.sim.scenario import InjectWait


def start(stage: Stage) -> None:
    """Start a process for every inject of the scenario that waits for a condition."""
    for index, spec in enumerate(stage.scenario.injects):
        if spec.when is not None:
            stage.start_at(spec.when.since, "conditional.begin", index)


def _begin(stage: Stage, index: int) -> None:
    """Start checking the condition; incidents before its first tick do not count."""
    _check(stage, index, 0, None)


def _check(stage: Stage, index: int, checked: int, position: int | None) -> None:
    """Check the condition every day, and schedule the inject once it is met.

    Args:
        stage: the simulation.
        index: the inject's index in the scenario.
        checked: the number of the world's incidents that have been checked.
        position: the position of the incident that the inject waits for, if that has happened.
    """
    spec, world = stage.scenario.injects[index], stage.world
    when = _wait_of(stage, index)
    if world.tick > when.until:
        return
    if when.incident is not None and position is None:
        position = incident_position(world, when, {}, checked)
    if (when.incident is None or position is not None) and is_state_met(world, when, {}):
        tick = max(world.tick + when.after_days, spec.tick or 0)
        stage.schedule(tick, "conditional.apply", index, _role_position(stage, when, position))
    else:
        stage.schedule(world.tick + 1, "conditional.check", index, len(world.incidents), position)


def _wake_tick(stage: Stage, index: int, checked: int, position: int | None) -> int:
    """Return the tick after the last day on which the condition can be met."""
    return _wait_of(stage, index).until + 1


def _apply(stage: Stage, index: int, position: int | None) -> None:
    """Apply the inject, or wait on if its ``if`` or ``unless`` forbids it."""
    spec, world = stage.scenario.injects[index], stage.world
    if first_unmet(world, spec, roles_of(world, position)) is None:
        stage.apply_scenario_inject(index, position)
    else:
        waits_for_incident = _wait_of(stage, index).incident is not None
        checked = position + 1 if waits_for_incident and position is not None else len(world.incidents)
        stage.schedule(world.tick + 1, "conditional.check", index, checked, None)


def _role_position(stage: Stage, when: InjectWait, position: int | None) -> int | None:
    """Return the position of the incident whose states fill the roles: the awaited one, or that of the awaited inject."""
    if position is not None or when.inject is None:
        return position
    return stage.world.injected[when.inject].position


def _wait_of(stage: Stage, index: int) -> InjectWait:
    when = stage.scenario.injects[index].when
    assert when is not None
    return when


STEPS: Steps = {"begin": _begin, "check": _check, "apply": _apply}
WATCHES: Watches = {"check": _wake_tick}

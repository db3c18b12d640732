"""Scheduled injects: the scenario's injects that happen on a date."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.move import Process, Stage
from counterpoise.sim.scenario import InjectSpec, Scenario
from counterpoise.sim.timing import at_tick


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield a process for every inject of the scenario that has a date."""
    for spec in scenario.injects:
        if spec.tick is not None:
            yield _apply_on_date(stage, spec, spec.tick)


def _apply_on_date(stage: Stage, spec: InjectSpec, tick: int) -> Process:
    yield at_tick(stage, tick)
    stage.apply_scenario_inject(spec)

"""Scheduled injects: what the scenario makes happen on a date."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.catalogue import inject_from
from counterpoise.sim.inject import Inject, attempt
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.scenario import InjectSpec, Scenario
from counterpoise.sim.timing import until


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield a process for every inject of the scenario that has a date."""
    for spec in scenario.injects:
        if spec.tick is not None:
            yield _happen(stage, spec, spec.tick, inject_from(spec.plain()))


def _happen(stage: Stage, spec: InjectSpec, tick: int, inject: Inject) -> Process:
    yield until(stage, tick)
    attempt(stage, spec, inject)

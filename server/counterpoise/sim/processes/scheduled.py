"""Scheduled injects: what the scenario makes happen on a date."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.catalogue import decode_inject
from counterpoise.sim.inject import Inject, apply_if_possible
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.scenario import InjectSpec, Scenario
from counterpoise.sim.timing import at_tick


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield a process for every inject of the scenario that has a date."""
    for spec in scenario.injects:
        if spec.tick is not None:
            yield _apply_on_date(stage, spec, spec.tick, decode_inject(spec.plain()))


def _apply_on_date(stage: Stage, spec: InjectSpec, tick: int, inject: Inject) -> Process:
    yield at_tick(stage, tick)
    apply_if_possible(stage, spec, inject)

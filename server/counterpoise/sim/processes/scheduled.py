"""Scheduled injects: what the scenario makes happen on a date."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import INJECTS
from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.scenario import InjectSpec, Scenario
from counterpoise.sim.timing import until


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield a process for every inject of the scenario."""
    for spec in scenario.injects:
        yield _happen(stage, spec.tick, build(spec))


def build(spec: InjectSpec) -> Inject:
    """Return the inject a scenario describes; ``msgspec.ValidationError`` or ``KeyError`` says why there is none."""
    return msgspec.convert(spec.fields, INJECTS[spec.kind])


def _happen(stage: Stage, tick: int, inject: Inject) -> Process:
    """Let it happen if it still can: play may have taken its ground away."""
    yield until(stage, tick)
    try:
        inject.check(stage.world)
    except OrderError as objection:
        stage.record("inject_void", audience=(), inject=inject.kind, expected=objection.expected, got=objection.got)
    else:
        inject.apply(stage)

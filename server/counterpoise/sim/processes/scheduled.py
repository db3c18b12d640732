"""Scheduled injects: the scenario's injects that happen on a date, if their conditions hold on that date."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.events.inject_conditions import first_unmet


def start(stage: Stage) -> None:
    """Start a process for every inject of the scenario that has a date and waits for nothing else."""
    for index, spec in enumerate(stage.scenario.injects):
        if spec.tick is not None and spec.when is None:
            stage.start_at(spec.tick, "scheduled.apply", index)


def _apply(stage: Stage, index: int) -> None:
    spec = stage.scenario.injects[index]
    unmet = first_unmet(stage.world, spec, {})
    if unmet is None:
        stage.apply_scenario_inject(index)
    else:
        stage.record("inject_skipped", audience=(), index=index, inject=spec.kind, condition=unmet)


STEPS: Steps = {"apply": _apply}

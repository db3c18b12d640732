"""Scheduled injects: the scenario's injects that happen on a date."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage


def start(stage: Stage) -> None:
    """Start a process for every inject of the scenario that has a date."""
    for index, spec in enumerate(stage.scenario.injects):
        if spec.tick is not None:
            stage.start_at(spec.tick, "scheduled.apply", index)


def _apply(stage: Stage, index: int) -> None:
    stage.apply_scenario_inject(index)


STEPS: Steps = {"apply": _apply}

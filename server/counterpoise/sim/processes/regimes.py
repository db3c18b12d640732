"""Regimes: the scenario's dated changes of government and of nuclear status."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.move import Process, Stage
from counterpoise.sim.rules.endings import change_regime, set_baseline_legitimacy
from counterpoise.sim.scenario import RegimeSpec, Scenario
from counterpoise.sim.timing import at_eve_of
from counterpoise.sim.types import ActorId


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield a process for every later regime, and for every state that will acquire nuclear arms."""
    for spec in scenario.actors:
        before = None
        for regime in sorted(spec.regimes, key=lambda change: change.tick):
            if regime.tick > 0:
                yield _change(stage, spec.id, before, regime)
            before = regime
        if spec.nuclear_from is not None and spec.nuclear_from > 0:
            yield _arm(stage, spec.id, spec.nuclear_from)


def _change(stage: Stage, actor_id: ActorId, before: RegimeSpec | None, regime: RegimeSpec) -> Process:
    """Change the regime on the day before its date, unless play has put another family in power than the scenario's."""
    yield at_eve_of(stage, regime.tick)
    actor = stage.world.actors[actor_id]
    if actor.active and before is not None and actor.family not in (before.family, regime.family):
        return
    actor.openness, actor.constraint = regime.openness, regime.constraint
    if actor.active and actor.family != regime.family:
        change_regime(stage, actor, regime.family, regime.legitimacy, "as the scenario has it")
    else:
        for family in [f for f, leader in stage.world.leaders.items() if leader == actor_id and f != regime.family]:
            del stage.world.leaders[family]
        actor.family = regime.family
        set_baseline_legitimacy(actor, regime.legitimacy)


def _arm(stage: Stage, actor_id: ActorId, tick: int) -> Process:
    yield at_eve_of(stage, tick)
    stage.world.actors[actor_id].nuclear = True

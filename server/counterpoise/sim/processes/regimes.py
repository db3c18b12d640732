"""Regimes: the scenario's dated changes of government and of nuclear status."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.conflict.endings import change_regime, set_baseline_legitimacy
from counterpoise.sim.scenario import ActorSpec, RegimeSpec, usual_centres
from counterpoise.sim.timing import start_on_eve_of


def start(stage: Stage) -> None:
    """Start a process for every later regime, and for every state that will acquire nuclear arms."""
    for index, spec in enumerate(stage.scenario.actors):
        for place, regime in enumerate(_in_order(spec)):
            if regime.tick > 0:
                start_on_eve_of(stage, regime.tick, "regimes.change", index, place)
        if spec.nuclear_from is not None and spec.nuclear_from > 0:
            start_on_eve_of(stage, spec.nuclear_from, "regimes.arm", index)


def _in_order(spec: ActorSpec) -> list[RegimeSpec]:
    return sorted(spec.regimes, key=lambda regime: regime.tick)


def _change(stage: Stage, index: int, place: int) -> None:
    """Change the regime on the day before its date, unless play has put another family in power than the scenario's."""
    spec = stage.scenario.actors[index]
    regimes = _in_order(spec)
    before, regime = regimes[place - 1] if place > 0 else None, regimes[place]
    actor_id = spec.id
    actor = stage.world.actors[actor_id]
    if actor.active and before is not None and actor.family not in (before.family, regime.family):
        return
    actor.openness, actor.constraint = regime.openness, regime.constraint
    actor.centres = regime.centres or usual_centres(regime.constraint)
    if actor.active and actor.family != regime.family:
        change_regime(stage, actor, regime.family, regime.legitimacy, "as the scenario has it")
    else:
        for family in [f for f, leader in stage.world.leaders.items() if leader == actor_id and f != regime.family]:
            del stage.world.leaders[family]
        actor.family = regime.family
        set_baseline_legitimacy(actor, regime.legitimacy)
    actor.in_power_since = regime.tick


def _arm(stage: Stage, index: int) -> None:
    stage.world.actors[stage.scenario.actors[index].id].nuclear = True


STEPS: Steps = {"change": _change, "arm": _arm}

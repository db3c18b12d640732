"""Regimes: the dated changes of government, and of what goes with it, that the scenario knows of."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.move import Process, Stage
from counterpoise.sim.rules.endings import change_regime, set_baseline_legitimacy
from counterpoise.sim.scenario import RegimeSpec, Scenario
from counterpoise.sim.timing import at_eve_of
from counterpoise.sim.types import ActorId


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield a process for every regime still to come, and for every state that is to have nuclear arms."""
    for spec in scenario.actors:
        before = None
        for spell in sorted(spec.regimes, key=lambda regime: regime.tick):
            if spell.tick > 0:
                yield _change(stage, spec.id, before, spell)
            before = spell
        if spec.nuclear_from is not None and spec.nuclear_from > 0:
            yield _arm(stage, spec.id, spec.nuclear_from)


def _change(stage: Stage, actor_id: ActorId, before: RegimeSpec | None, spell: RegimeSpec) -> Process:
    """Let history take its course, unless play has brought another regime to power than the one whose fate this was."""
    yield at_eve_of(stage, spell.tick)
    actor = stage.world.actors[actor_id]
    if actor.active and before is not None and actor.family not in (before.family, spell.family):
        return
    actor.openness, actor.constraint = spell.openness, spell.constraint
    if actor.active and actor.family != spell.family:
        change_regime(stage, actor, spell.family, spell.legitimacy, "as the scenario has it")
    else:
        for family in [f for f, leader in stage.world.leaders.items() if leader == actor_id and f != spell.family]:
            del stage.world.leaders[family]
        actor.family = spell.family
        set_baseline_legitimacy(actor, spell.legitimacy)


def _arm(stage: Stage, actor_id: ActorId, tick: int) -> Process:
    yield at_eve_of(stage, tick)
    stage.world.actors[actor_id].nuclear = True

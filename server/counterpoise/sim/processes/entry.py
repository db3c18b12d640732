"""Entry and exit: states that begin or cease to exist on a date."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.processes import compliance, founding, negotiation, sanctioning, war
from counterpoise.sim.processes.growth import set_components
from counterpoise.sim.rules import alignments, membership_votes, power, power_estimates
from counterpoise.sim.rules.conflict.endings import end_crisis
from counterpoise.sim.timing import start_on_eve_of
from counterpoise.sim.types import ActorId


def start(stage: Stage) -> None:
    """Start a process for every state with a date of entry or exit within the game."""
    for index, spec in enumerate(stage.scenario.actors):
        if spec.enters > 0:
            start_on_eve_of(stage, spec.enters, "entry.enter", index)
        if spec.leaves is not None and spec.leaves > 0:
            start_on_eve_of(stage, spec.leaves, "entry.leave", index)


def _enter(stage: Stage, index: int) -> None:
    spec = stage.scenario.actors[index]
    world, actor = stage.world, stage.world.actors[spec.id]
    actor.active = True
    set_components(actor, spec, spec.enters)
    power.refresh(world)
    pairs = [dyad for dyad in world.dyads.values() if spec.id in (dyad.observer, dyad.other)]
    stream, offense = stage.stream(f"perception/{spec.id}"), power_estimates.current_offense(world)
    power_estimates.update_estimates(world, stream, offense, pairs, errs=not stage.recorded)
    stage.record("state_entered", spec.id, name=spec.name)


def _leave(stage: Stage, index: int) -> None:
    spec = stage.scenario.actors[index]
    deactivate(stage, spec.id)
    stage.record("state_left", spec.id, name=spec.name)


def deactivate(stage: Stage, actor: ActorId) -> None:
    """Remove a state from the world: end or leave everything it is part of, and mark it inactive."""
    world = stage.world
    for treaty in [treaty for treaty in world.treaties.values() if treaty.founder == actor]:
        founding.fail(stage, treaty)
    for proposal in [p for p in world.proposals.values() if actor in (p.proposer, p.to)]:
        negotiation.withdraw(stage, proposal, reason="a side is gone")
    membership_votes.void_about(stage, actor)
    for crisis in list(world.crises.values()):
        crisis.supporters.pop(actor, None)
        crisis.mediators = tuple(mediator for mediator in crisis.mediators if mediator != actor)
        if actor in (crisis.initiator, crisis.target):
            end_crisis(stage, crisis, "VOID")
    for fought in list(world.wars_of(actor)):
        war.leave(stage, fought, actor, "gone")
    for alignment in list(world.alignments_of(actor)):
        alignments.remove_member(stage, alignment, actor)
    for key in [key for key in world.aid if actor in key[:2]]:
        del world.aid[key]
    for condition in [c for c in world.conditions.values() if actor in (c.donor, c.recipient, c.about)]:
        compliance.withdraw(stage, condition, "a state is gone")
    for pair in [pair for pair in world.campaigns if actor in pair]:
        del world.campaigns[pair]
    sanctioning.drop_all_of(world, actor)
    for call in [c for c in world.calls.values() if actor == c.actor]:
        stage.close_call(actor, call.reason, call.subject)
    for state in world.actors.values():
        if actor in (state.id, state.occupier):
            state.occupied, state.occupier = 0.0, None
    for family in [family for family, leader in world.leaders.items() if leader == actor]:
        del world.leaders[family]
    world.actors[actor].active = False
    power.refresh(world)


STEPS: Steps = {"enter": _enter, "leave": _leave}

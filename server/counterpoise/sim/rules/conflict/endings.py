"""The ends of crises and wars and their effects: goodwill, claims, legitimacy, capability, regimes."""

from __future__ import annotations

from typing import Literal

from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.conflicts import Crisis, War
from counterpoise.sim.rules import expired_calls, memory, power
from counterpoise.sim.rules.conflict import occupation, spoils_sharing
from counterpoise.sim.rules.relevant_pairs import set_claim
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor

CrisisOutcome = Literal["SETTLED", "STALEMATE", "YIELD", "WAR", "VOID"]
WarOutcome = Literal["WIN", "COMPROMISE", "STALEMATE", "VOID"]

SETTLEMENT_GOODWILL = 0.5
"""Cooperation that a settlement adds on both sides; an alliance adds 1."""
YIELD_LEGITIMACY, DEFEAT_LEGITIMACY, VICTORY_LEGITIMACY = -0.05, -0.15, 0.05
LOSER_CAPABILITY_LOSS, WINNER_CAPABILITY_LOSS = 0.6, 0.25
"""Share of the force lost in a war by which the state's capability falls afterwards."""
IMPOSED_LEGITIMACY = 0.35
"""Legitimacy of a regime that the victors of a war put in power."""


def end_crisis(stage: Stage, crisis: Crisis, outcome: CrisisOutcome, yielder: ActorId | None = None) -> None:
    """Close a crisis and record how it ended.

    Args:
        stage: the simulation.
        crisis: a crisis under way; one that is already over is left alone.
        outcome: how it ends.
        yielder: the side that yields. It loses legitimacy. If it is the target, the initiator's claim is met and ends.
    """
    world = stage.world
    if world.crises.pop(crisis.id, None) is None:
        return
    a, b = crisis.initiator, crisis.target
    if outcome == "SETTLED":
        memory.add_goodwill(stage, a, b, SETTLEMENT_GOODWILL)
        memory.add_goodwill(stage, b, a, SETTLEMENT_GOODWILL)
    if yielder is not None:
        change_legitimacy(world.actors[yielder], YIELD_LEGITIMACY)
        if yielder == b and world.dyad(b, a).claim == crisis.aim:
            set_claim(world, a, b, None)
    stage.record(
        "crisis_ended",
        a,
        b,
        crisis=crisis.id,
        outcome=outcome,
        yielder=yielder,
        level=crisis.level,
        aim=crisis.aim,
        days=world.tick - crisis.opened,
    )
    expired_calls.close_calls_about(stage, crisis.id, ("crisis", "demand"))


def end_war(
    stage: Stage,
    war: War,
    outcome: WarOutcome,
    winners: tuple[ActorId, ...] = (),
    *,
    yielder: ActorId | None = None,
) -> None:
    """Close a war: losses lower capability, victors carry out their aim and share the spoils, losers lose legitimacy.

    Args:
        stage: the simulation.
        war: a war under way; one that is already over is left alone.
        outcome: how it ends.
        winners: the side that won; empty if none did.
        yielder: the principal that made peace by giving up what the war was about.
    """
    world = stage.world
    if world.wars.pop(war.id, None) is None:
        return
    for actor in war.parties:
        _settle_participant(war, world.actors[actor], winners)
    if (winners and winners == war.attackers) or yielder == war.defenders[0]:
        _impose_war_aim(stage, war)
    elif yielder is not None:
        set_claim(world, yielder, war.defenders[0], None)
    if yielder is not None:
        change_legitimacy(world.actors[yielder], DEFEAT_LEGITIMACY)
    if outcome == "COMPROMISE":
        for attacker in war.attackers[:1]:
            for defender in war.defenders[:1]:
                memory.add_goodwill(stage, attacker, defender, SETTLEMENT_GOODWILL)
                memory.add_goodwill(stage, defender, attacker, SETTLEMENT_GOODWILL)
    occupation.settle_occupations(stage, war, outcome, winners)
    spoils_sharing.share_spoils(stage, war, winners if yielder is None else war.enemies_of(yielder))
    power.refresh(world)
    stage.record(
        "war_ended",
        *war.parties,
        war=war.id,
        outcome=outcome,
        winners=list(winners),
        yielder=yielder,
        attackers=list(war.attackers),
        defenders=list(war.defenders),
        aim=war.aim,
        days=world.tick - war.since,
    )
    expired_calls.close_calls_about(stage, war.id, ("ally", "peace"))


def convert_losses(war: War, actor: Actor, share: float) -> None:
    """Lower a state's capability by a share of its losses in a war; the caller must run ``power.refresh`` afterwards."""
    power.multiply_capability(actor, 1.0 - share * war.losses.get(actor.id, 0.0))


def change_legitimacy(actor: Actor, by: float) -> None:
    """Change a regime's legitimacy by an amount; the result stays within [0, 1]."""
    actor.legitimacy = quantised(power.clip(actor.legitimacy + by))


def set_baseline_legitimacy(actor: Actor, at: float) -> None:
    """Set a regime's legitimacy and the baseline to which it returns."""
    actor.legitimacy = actor.baseline_legitimacy = quantised(power.clip(at))


def change_regime(stage: Stage, actor: Actor, family: str, legitimacy: float, cause: str) -> None:
    """Put another regime in power; a change of family costs the state the lead of its former movement."""
    previous, actor.family = actor.family, family
    actor.in_power_since = stage.world.tick
    set_baseline_legitimacy(actor, legitimacy)
    actor.repressed_until = 0
    if family != previous and stage.world.leaders.get(previous) == actor.id:
        del stage.world.leaders[previous]
    stage.record("regime_changed", actor.id, family=family, previous=previous, cause=cause)


def _settle_participant(war: War, actor: Actor, winners: tuple[ActorId, ...]) -> None:
    won = actor.id in winners
    convert_losses(war, actor, LOSER_CAPABILITY_LOSS if winners and not won else WINNER_CAPABILITY_LOSS)
    if winners:
        change_legitimacy(actor, VICTORY_LEGITIMACY if won else DEFEAT_LEGITIMACY)


def _impose_war_aim(stage: Stage, war: War) -> None:
    """Carry out the aim of victorious attackers: end the claim they won, or put a regime of their family in power."""
    world, victor, beaten = stage.world, war.attackers[0], war.defenders[0]
    if war.aim == "territory":
        set_claim(world, victor, beaten, None)
    elif war.aim == "regime":
        change_regime(stage, world.actors[beaten], world.actors[victor].family, IMPOSED_LEGITIMACY, "defeat in war")

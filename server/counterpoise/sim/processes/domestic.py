"""Domestic politics: legitimacy varies and returns to its baseline, and regimes with little of it are overthrown.

``rules/coups.py`` says how often and by whom. New leaders with another coalition behind them break alliances of their
predecessors, most often where leaders are not elected (Leeds, Mattes & Vogel 2009). The rest is chosen.
"""

from __future__ import annotations

from math import expm1, fsum

from counterpoise.sim import kinship
from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import happens, happens_with_bound, normal, pick, uniform
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import alignments, coups, memory
from counterpoise.sim.rules.conflict.endings import change_legitimacy, change_regime
from counterpoise.sim.timing import repeat_monthly, start_monthly
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, World

RETURN_MONTHS = 24.0
"""Time constant in months with which legitimacy returns to its baseline (12-48)."""
LEGITIMACY_NOISE = 0.012
"""Standard deviation of a month's random change (0.005-0.02); in the long run legitimacy varies by 0.04."""
AID_LEGITIMACY = 0.01
"""Change of legitimacy by a month of economic aid, times the aid's share of the budget (0-0.02)."""
WAR_LEGITIMACY, WAR_WEARINESS_DAYS = -0.004, 365
"""Change of legitimacy by a month of war after its first year (0 to -0.01)."""
LEADER_LEGITIMACY = 0.002
"""Change of legitimacy by a month as leader of a movement (0-0.005)."""
NEW_LEGITIMACY_RANGE = (0.3, 0.55)
"""Range of a new regime's legitimacy."""
REPUDIATION = 0.6
"""Probability that a new regime leaves an alignment, times the similarity to its partners that was lost (0.3-0.9)."""
SPONSOR_GOODWILL = 1.0
"""Goodwill of a new regime towards a sponsor of its own family: the same as for a new alliance."""


def start(stage: Stage) -> None:
    """Start the process."""
    start_monthly(stage, "domestic.run_month")


def overthrow(stage: Stage, actor: Actor) -> None:
    """Overthrow a regime from within. The new one feels goodwill towards its sponsors and may leave alignments."""
    world, stream = stage.world, stage.stream(f"coup/{actor.id}")
    spec = next(spec for spec in stage.scenario.actors if spec.id == actor.id)
    sponsors = list(coups.sponsors_of(world, actor.id))
    listed = coups.successors_of(spec, actor, world.tick)
    family = pick(stream, coups.successor_probabilities(world, actor, listed))
    similarity = {other.id: world.similarity(actor.id, other.id) for other in world.active() if other.id != actor.id}
    change_regime(stage, actor, family, quantised(uniform(stream, *NEW_LEGITIMACY_RANGE)), "coup")
    actor.coups.add(1.0, world.tick)
    for sponsor, access in sponsors:
        if world.actors[sponsor].family == family:
            memory.add_goodwill(stage, sponsor, actor.id, SPONSOR_GOODWILL * access)
    _repudiate(stage, actor.id, similarity)


def _run_month(stage: Stage) -> None:
    """Run a month of domestic politics in every state."""
    world = stage.world
    rate = 0.0 if stage.recorded else stage.scenario.unrest_rate  # the record holds all coups
    aid_effects: dict[ActorId, float] = {}
    for aid in world.aid.values():
        if aid.kind == "economic":
            aid_effects[aid.recipient] = aid_effects.get(aid.recipient, 0.0) + AID_LEGITIMACY * aid.amount
    poverty = coups.poverty_factors(world)
    for spec in stage.scenario.actors:
        actor = world.actors[spec.id]
        if actor.active:
            unrest = coups.unrest_of(spec, actor, world.tick) * poverty[actor.id]
            _run_month_in(stage, actor, rate, unrest, aid_effects.get(actor.id, 0.0))
    repeat_monthly(stage, "domestic.run_month")


def _run_month_in(stage: Stage, actor: Actor, rate: float, unrest: float, aid_effect: float) -> None:
    """Run a month of domestic politics in a state.

    Args:
        stage: the simulation.
        actor: the state.
        rate: the scenario's factor on unrest.
        unrest: the state's own factor on the hazard of a coup.
        aid_effect: the change of legitimacy by aid.
    """
    world, stream = stage.world, stage.stream(f"domestic/{actor.id}")
    change = (actor.baseline_legitimacy - actor.legitimacy) / RETURN_MONTHS + aid_effect
    # One number is drawn at every rate, so that the rate does not shift the later draws of the stream.
    change += LEGITIMACY_NOISE * min(rate, 1.0) * normal(stream)
    if world.leaders.get(actor.family) == actor.id:
        change += LEADER_LEGITIMACY
    change += kinship.monthly_change(world, actor)
    if world.wars and any(world.tick - war.since > WAR_WEARINESS_DAYS for war in world.wars_of(actor.id)):
        change += WAR_LEGITIMACY
    change_legitimacy(actor, change)
    bound = _within_month(coups.highest_coup_hazard(actor, unrest=unrest) * rate)
    if happens_with_bound(stream, bound, _coup_probability, world, actor, unrest, rate):
        overthrow(stage, actor)


def _coup_probability(world: World, actor: Actor, unrest: float, rate: float) -> float:
    """Return the probability that a regime is overthrown within a month."""
    return _within_month(coups.coup_hazard(world, actor, unrest=unrest) * rate)


def _within_month(hazard: float) -> float:
    return -expm1(-hazard / 12)


def _repudiate(stage: Stage, actor: ActorId, similarity: dict[ActorId, float]) -> None:
    """Draw which alignments a new regime leaves: those with states to which its predecessor was more similar.

    While a much stronger state has forces in the country, the regime does not leave its alignments with that state.

    Args:
        stage: the simulation.
        actor: the state with the new regime.
        similarity: its predecessor's similarity to each other state.
    """
    world = stage.world
    garrisons = coups.garrisons_in(world, world.actors[actor])
    for alignment in list(world.alignments_of(actor)):
        if any(holder in alignment.members for holder in garrisons):
            continue
        # Each alignment has its own stream, so that a secret one does not change the draws of public ones.
        stream = stage.stream(f"repudiation/{actor}/" + "-".join(alignment.members))
        losses = [similarity[m] - world.similarity(actor, m) for m in alignment.members if m in similarity]
        lost = max(0.0, fsum(losses) / len(losses)) if losses else 0.0
        if happens(stream, REPUDIATION * lost):
            alignments.repudiate(stage, alignment, actor)


STEPS: Steps = {"run_month": _run_month}

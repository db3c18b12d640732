"""Domestic politics: legitimacy varies and returns to its baseline, and regimes with little of it are overthrown.

Sources and ranges of the numbers: 227 of 457 attempted coups 1950-2010 succeeded, about one a year for every forty states (Powell
& Thyne 2011). Coups are more common in poor states that have had coups before, and in the Middle East of 1955-79: 3-6 % a year
(theory 4.7). New leaders with another coalition behind them break alliances of their predecessors, most often where leaders are
not elected (Leeds, Mattes & Vogel 2009). One in three covert attempts to change a regime had some success (O'Rourke 2018). The
rest is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, expm1, fsum

from counterpoise.sim.chance import happens, happens_with_bound, normal, pick, uniform
from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules import alignments, memory
from counterpoise.sim.rules.endings import change_legitimacy, change_regime
from counterpoise.sim.rules.power import clip
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
COUPS_A_YEAR = 0.045
"""Yearly hazard of a coup for a closed regime with a legitimacy of 0.5 (0.03-0.06)."""
LEGITIMACY_EFFECT = -4.0
"""Effect on the log hazard of legitimacy, measured from 0.5 (-2 to -6)."""
ELECTED_OPENNESS = 0.5
"""Openness above which elections replace coups: the hazard is full up to it, and 0 at an openness of 1."""
REPRESSION_FACTOR = 0.4
"""Factor of repression on the hazard (0.2-0.7)."""
INTRUSIVE_ACCESS_EFFECT = 2.0
"""Effect on the hazard of a sponsor's intrusive access (0.5-4)."""
HIGHEST_COUP_HAZARD = COUPS_A_YEAR * exp(LEGITIMACY_EFFECT * -0.5) * (1.0 + INTRUSIVE_ACCESS_EFFECT)
"""The yearly hazard of a closed regime without legitimacy or repression, and with a sponsor of full access."""
SAME_FAMILY_WEIGHT, ANY_FAMILY_WEIGHT, SPONSOR_WEIGHT = 1.5, 0.3, 5.0
"""Weights of the next regime's family: the last regime's, each of the scenario's, and a sponsor's, times its access."""
NEIGHBOUR_WEIGHT = 1.0
"""Weight of each regional state's family: revolutions spread."""
NEW_LEGITIMACY_RANGE = (0.3, 0.55)
"""Range of a new regime's legitimacy."""
REPUDIATION = 0.6
"""Probability that a new regime leaves an alignment, times the similarity to its partners that was lost (0.3-0.9)."""
SPONSOR_GOODWILL = 1.0
"""Goodwill of a new regime towards a sponsor of its own family: the same as for a new alliance."""


def start(stage: Stage) -> None:
    """Start the process."""
    start_monthly(stage, "domestic.run_month")


def coup_hazard(world: World, actor: Actor) -> float:
    """Return the yearly hazard that a regime is overthrown."""
    closed = clip((1.0 - actor.openness) / (1.0 - ELECTED_OPENNESS))
    repression = REPRESSION_FACTOR if actor.repressed_until > world.tick else 1.0
    access = max((access for _, access in _sponsors(world, actor.id)), default=0.0)
    unpopularity = exp(LEGITIMACY_EFFECT * (actor.legitimacy - 0.5))
    return COUPS_A_YEAR * unpopularity * closed * repression * (1.0 + INTRUSIVE_ACCESS_EFFECT * access)


def successor_probabilities(world: World, actor: Actor) -> tuple[tuple[str, float], ...]:
    """Return the possible families of the next regime with their probabilities."""
    weights = dict.fromkeys(world.ideology.families, ANY_FAMILY_WEIGHT)
    weights[actor.family] = weights.get(actor.family, 0.0) + SAME_FAMILY_WEIGHT
    for other in world.active():
        if other.id != actor.id and other.role == "regional":
            weights[other.family] += NEIGHBOUR_WEIGHT / len(world.actors) * len(weights)
    for sponsor, access in _sponsors(world, actor.id):
        weights[world.actors[sponsor].family] += SPONSOR_WEIGHT * access * len(weights)
    total = fsum(weights.values())
    return tuple((family, weight / total) for family, weight in weights.items())


def overthrow(stage: Stage, actor: Actor) -> None:
    """Overthrow a regime from within. The new one feels goodwill towards its sponsors and may leave alignments."""
    world, stream = stage.world, stage.stream(f"coup/{actor.id}")
    sponsors = list(_sponsors(world, actor.id))
    family = pick(stream, successor_probabilities(world, actor))
    similarity = {other.id: world.similarity(actor.id, other.id) for other in world.active() if other.id != actor.id}
    change_regime(stage, actor, family, round(uniform(stream, *NEW_LEGITIMACY_RANGE), 6), "coup")
    for sponsor, access in sponsors:
        if world.actors[sponsor].family == family:
            memory.add_goodwill(stage, sponsor, actor.id, SPONSOR_GOODWILL * access)
    _repudiate(stage, actor.id, similarity)


def _run_month(stage: Stage) -> None:
    """Run a month of domestic politics in every state."""
    world = stage.world
    unrest = 0.0 if stage.recorded else stage.scenario.unrest_rate  # the record holds all coups
    aid_effects: dict[ActorId, float] = {}
    for aid in world.aid.values():
        if aid.kind == "economic":
            aid_effects[aid.recipient] = aid_effects.get(aid.recipient, 0.0) + AID_LEGITIMACY * aid.amount
    coup_bound = _within_month(HIGHEST_COUP_HAZARD * unrest)
    for actor in list(world.active()):
        _month(stage, actor, unrest, aid_effects.get(actor.id, 0.0), coup_bound)
    repeat_monthly(stage, "domestic.run_month")


def _month(stage: Stage, actor: Actor, unrest: float, aid_effect: float, coup_bound: float) -> None:
    """Run a month in one state.

    Args:
        stage: the simulation.
        actor: the state.
        unrest: the factor of the scenario on the hazard of coups.
        aid_effect: the change of legitimacy by economic aid.
        coup_bound: an upper bound of the probability of a coup this month.
    """
    world, stream = stage.world, stage.stream(f"domestic/{actor.id}")
    change = (actor.baseline_legitimacy - actor.legitimacy) / RETURN_MONTHS + aid_effect
    # One number is drawn at every rate, so that the rate does not shift the later draws of the stream.
    change += LEGITIMACY_NOISE * min(unrest, 1.0) * normal(stream)
    if world.leaders.get(actor.family) == actor.id:
        change += LEADER_LEGITIMACY
    if world.wars and any(world.tick - war.since > WAR_WEARINESS_DAYS for war in world.wars_of(actor.id)):
        change += WAR_LEGITIMACY
    change_legitimacy(actor, change)
    if happens_with_bound(stream, coup_bound, _coup_probability, world, actor, unrest):
        overthrow(stage, actor)


def _coup_probability(world: World, actor: Actor, unrest: float) -> float:
    """Return the probability that a regime is overthrown within a month."""
    return _within_month(coup_hazard(world, actor) * unrest)


def _within_month(hazard: float) -> float:
    return -expm1(-hazard / 12)


def _sponsors(world: World, actor: ActorId) -> Iterable[tuple[ActorId, float]]:
    """Yield the states with an intrusive campaign in an actor's politics, and their access."""
    for campaign in world.campaigns.values():
        if campaign.target == actor and campaign.aim == "intrusive":
            yield campaign.actor, world.dyad(actor, campaign.actor).penetration


def _repudiate(stage: Stage, actor: ActorId, similarity: dict[ActorId, float]) -> None:
    """Draw which alignments a new regime leaves: those with states to which its predecessor was more similar.

    Args:
        stage: the simulation.
        actor: the state with the new regime.
        similarity: its predecessor's similarity to each other state.
    """
    world = stage.world
    for alignment in list(world.alignments_of(actor)):
        # Each alignment has its own stream, so that a secret one does not change the draws of public ones.
        stream = stage.stream(f"repudiation/{actor}/" + "-".join(alignment.members))
        losses = [similarity[m] - world.similarity(actor, m) for m in alignment.members if m in similarity]
        lost = max(0.0, fsum(losses) / len(losses)) if losses else 0.0
        if happens(stream, REPUDIATION * lost):
            alignments.repudiate(stage, alignment, actor)


STEPS: Steps = {"run_month": _run_month}

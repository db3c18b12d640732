"""Domestic politics: legitimacy sways and returns to what the regime stands for, and regimes without it are overthrown.

Sources and ranges of the numbers: 227 of 457 attempted coups 1950-2010 succeeded, about one a year for every forty states (Powell
& Thyne 2011), more in poor states that have had coups before and in the Middle East of 1955-79, 3-6 % a year (theory 4.7). New
leaders with another coalition behind them break alliances that the old ones made, most of all where nobody elects them (Leeds,
Mattes & Vogel 2009). One in three covert attempts to change a regime had some success (O'Rourke 2018). The rest is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, expm1, fsum

from counterpoise.sim.chance import happens, normal, pick, uniform
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.rules import alignments, memory
from counterpoise.sim.rules.endings import change_legitimacy, change_regime
from counterpoise.sim.rules.power import clip
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.timing import at_tick, month_starts
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, World

RETURN_MONTHS = 24.0
"""Months in which most of a lost or gained standing comes back (12-48)."""
LEGITIMACY_NOISE = 0.012
"""Standard deviation of a month's swing (0.005-0.02): 0.04 in the long run."""
AID_LEGITIMACY = 0.01
"""Legitimacy that a month of economic aid adds, times its share of the budget (0-0.02)."""
WAR_LEGITIMACY, WAR_WEARINESS_DAYS = -0.004, 365
"""Legitimacy that a month of war costs after its first year (0 to -0.01)."""
LEADER_LEGITIMACY = 0.002
"""Legitimacy that a month at the head of a movement adds (0-0.005)."""
COUPS_A_YEAR = 0.045
"""Hazard of a closed regime of middling legitimacy (0.03-0.06)."""
LEGITIMACY_EFFECT = -4.0
"""Effect of legitimacy, around 0.5, on the log hazard (-2 to -6)."""
ELECTED_OPENNESS = 0.5
"""Openness from which governments fall by elections instead of coups; at 1 there are none."""
REPRESSION_FACTOR = 0.4
"""What it multiplies to hold the opposition down (0.2-0.7)."""
INTRUSIVE_ACCESS_EFFECT = 2.0
"""What intrusive access adds, times itself, to the hazard (0.5-4)."""
SAME_FAMILY_WEIGHT, ANY_FAMILY_WEIGHT, SPONSOR_WEIGHT = 1.5, 0.3, 5.0
"""Weights of the next regime's family: like the last, each of the scenario's, and a sponsor's, times its access."""
NEIGHBOUR_WEIGHT = 1.0
"""Weight of each regional state that has a family: revolutions are catching."""
NEW_LEGITIMACY_RANGE = (0.3, 0.55)
REPUDIATION = 0.6
"""Chance that a new regime drops an alignment, times the likeness to its partners that has gone (0.3-0.9)."""
SPONSOR_GOODWILL = 1.0
"""Goodwill of a new regime towards a state whose friends helped it to power: that of an alliance made."""


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield the process."""
    yield _run_months(stage, scenario.unrest_rate)


def coup_hazard(world: World, actor: Actor) -> float:
    """Return the yearly hazard that a regime is overthrown."""
    closed = clip((1.0 - actor.openness) / (1.0 - ELECTED_OPENNESS))
    held_down = REPRESSION_FACTOR if actor.repressed_until > world.tick else 1.0
    inside = max((hold for _, hold in _sponsors(world, actor.id)), default=0.0)
    drift = exp(LEGITIMACY_EFFECT * (actor.legitimacy - 0.5))
    return COUPS_A_YEAR * drift * closed * held_down * (1.0 + INTRUSIVE_ACCESS_EFFECT * inside)


def successor_probabilities(world: World, actor: Actor) -> tuple[tuple[str, float], ...]:
    """Return the families the next regime may be of, with their chances."""
    weights = dict.fromkeys(world.ideology.families, ANY_FAMILY_WEIGHT)
    weights[actor.family] = weights.get(actor.family, 0.0) + SAME_FAMILY_WEIGHT
    for other in world.active():
        if other.id != actor.id and other.role == "regional":
            weights[other.family] += NEIGHBOUR_WEIGHT / len(world.actors) * len(weights)
    for sponsor, hold in _sponsors(world, actor.id):
        weights[world.actors[sponsor].family] += SPONSOR_WEIGHT * hold * len(weights)
    total = fsum(weights.values())
    return tuple((family, weight / total) for family, weight in weights.items())


def overthrow(stage: Stage, actor: Actor) -> None:
    """Bring another regime to power from within, grateful to its sponsors and free of its predecessor's friends."""
    world, stream = stage.world, stage.stream(f"coup/{actor.id}")
    sponsors = list(_sponsors(world, actor.id))
    family = pick(stream, successor_probabilities(world, actor))
    likeness = {other.id: world.similarity(actor.id, other.id) for other in world.active() if other.id != actor.id}
    change_regime(stage, actor, family, round(uniform(stream, *NEW_LEGITIMACY_RANGE), 6), "coup")
    for sponsor, hold in sponsors:
        if world.actors[sponsor].family == family:
            memory.add_goodwill(stage, sponsor, actor.id, SPONSOR_GOODWILL * hold)
    _repudiate(stage, actor.id, likeness)


def _run_months(stage: Stage, rate: float) -> Process:
    world = stage.world
    for tick in month_starts(world.calendar, world.end):
        yield at_tick(stage, tick)
        unrest = 0.0 if stage.recorded else rate  # a record holds all the coups there were
        comfort: dict[ActorId, float] = {}
        for aid in world.aid.values():
            if aid.kind == "economic":
                comfort[aid.recipient] = comfort.get(aid.recipient, 0.0) + AID_LEGITIMACY * aid.amount
        for actor in list(world.active()):
            _month(stage, actor, unrest, comfort.get(actor.id, 0.0))


def _month(stage: Stage, actor: Actor, unrest: float, comfort: float) -> None:
    world, stream = stage.world, stage.stream(f"domestic/{actor.id}")
    change = (actor.baseline_legitimacy - actor.legitimacy) / RETURN_MONTHS + comfort
    # One number is drawn whatever the rate, so that the rate moves nothing but what it says.
    change += LEGITIMACY_NOISE * min(unrest, 1.0) * normal(stream)
    if world.leaders.get(actor.family) == actor.id:
        change += LEADER_LEGITIMACY
    if any(world.tick - war.since > WAR_WEARINESS_DAYS for war in world.wars_of(actor.id)):
        change += WAR_LEGITIMACY
    change_legitimacy(actor, change)
    if happens(stream, -expm1(-coup_hazard(world, actor) * unrest / 12)):
        overthrow(stage, actor)


def _sponsors(world: World, actor: ActorId) -> Iterable[tuple[ActorId, float]]:
    """Yield the states that mean to decide who governs here, with their access."""
    for campaign in world.campaigns.values():
        if campaign.target == actor and campaign.aim == "intrusive":
            yield campaign.actor, world.dyad(actor, campaign.actor).penetration


def _repudiate(stage: Stage, actor: ActorId, likeness: dict[ActorId, float]) -> None:
    """Let a new regime drop the alignments with states that its predecessor was more like."""
    world = stage.world
    for alignment in list(world.alignments_of(actor)):
        # Streams of their own: a secret pact must not move the chances of what everyone sees.
        stream = stage.stream(f"repudiation/{actor}/" + "-".join(alignment.members))
        gone = [likeness[m] - world.similarity(actor, m) for m in alignment.members if m in likeness]
        lost = max(0.0, fsum(gone) / len(gone)) if gone else 0.0
        if happens(stream, REPUDIATION * lost):
            alignments.repudiate(stage, alignment, actor)

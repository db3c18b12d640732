"""How likely a regime is to be overthrown from within, and what comes after it.

Sources and ranges of the numbers: 227 of 457 attempted coups 1950-2010 succeeded, about one a year for every forty states (Powell
& Thyne 2011). The Middle East of 1955-79 had 3-6 % a year (theory 4.7). Coups fall with income and rise after an earlier coup
(Londregan & Poole 1990). No democracy with an income above that of Argentina in 1975 has fallen (Przeworski, Alvarez, Cheibub &
Limongi 2000, p. 98). Regimes between autocracy and democracy are the least stable (Goldstone et al. 2010). Autocrats bound by
institutions last longer (Gandhi & Przeworski 2007). Clients whose army a patron builds and guards have few coups (Casey 2020).
Regimes resemble their neighbours' (Gleditsch & Ward 2006). One in three covert attempts to change a regime had some success
(O'Rourke 2018). What an author knows better, the scenario says: ``unrest`` and ``successors``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import exp, fsum, log
from statistics import median

from counterpoise.sim.rules.power import clip
from counterpoise.sim.scenario import COMPONENTS, ActorSpec, RegimeSpec
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, World

COUPS_A_YEAR = 0.03
"""Yearly hazard of a coup in a state of median income whose regime has a legitimacy and an openness of 0.5 (0.02-0.05).

Fitted: without the coups and the factors that the scenarios tell of, a state of ``middle-east-1955`` has 3.6 coups in a hundred
years, and one of ``cold-war-1947`` 2.6, which is Powell and Thyne's rate."""
LEGITIMACY_EFFECT = -4.0
"""Effect on the log hazard of legitimacy, measured from 0.5 (-2 to -6)."""
OPENNESS_FACTORS = ((0.0, 0.6), (0.25, 1.0), (0.5, 1.0), (0.8, 0.15), (0.95, 0.0))
"""Factor on the hazard by openness, linear between these points: closed regimes are safer than half open ones, and in open
ones elections replace coups. The turning points are chosen."""
CONSTRAINT_EFFECT, CONSTRAINT_MIDDLE = -0.7, 0.3
"""Effect on the log hazard of domestic constraint, measured from a constraint of 0.3 (-0.3 to -1.5)."""
INCOME_EFFECT, INCOME_FACTORS = -0.4, (0.4, 2.0)
"""Effect on the log hazard of log income relative to the median, and the bounds of the factor (-0.2 to -0.8).

Income is measured by energy consumption per head, as Fearon & Laitin (2003) fill gaps in the data on income."""
COUP_TRAP = 1.0
"""Effect on the hazard of recent coups (``Actor.coups``): right after a coup the hazard is twice the usual one (0.5-3)."""
REPRESSION_FACTOR = 0.4
"""Factor of repression on the hazard (0.2-0.7)."""
INTRUSIVE_ACCESS_EFFECT = 2.0
"""Effect on the hazard of a sponsor's intrusive access (0.5-4)."""
HIGHEST_HAZARD = (
    COUPS_A_YEAR
    * exp(LEGITIMACY_EFFECT * -0.5 + CONSTRAINT_EFFECT * -CONSTRAINT_MIDDLE)
    * max(factor for _, factor in OPENNESS_FACTORS)
    * (1.0 + INTRUSIVE_ACCESS_EFFECT)
)
"""Yearly hazard of the regime most at risk before any coup: without legitimacy, constraint, repression or a garrison, as open as
the least stable, and with a sponsor of full access."""
GARRISON_FACTOR = 0.3
"""Factor on the hazard where a much stronger state has forces in the country (0.1-0.6)."""
GARRISON_LEAD = 3.0
"""How many times as much power that state must have (2-5, chosen)."""
GARRISON_OCCUPIED_MIN = 0.1
"""Share of the country from which an occupation counts as a garrison (chosen)."""
NEIGHBOUR_WEIGHT = 1.0
"""Effect on the weight of a family of the share of neighbours that it rules (0-3)."""
SPONSOR_WEIGHT = 3.0
"""Weight of a sponsor's family, times its access; all other families together have 1 (1-5)."""


def poverty_factors(world: World) -> dict[ActorId, float]:
    """Return the factor of each existing state's income on its hazard."""
    energy, people = COMPONENTS.index("pec"), COMPONENTS.index("tpop")
    incomes = {
        actor.id: actor.components[energy] / actor.components[people] if actor.components[people] > 0 else 0.0
        for actor in world.active()
    }
    known = [income for income in incomes.values() if income > 0]
    if not known:
        return dict.fromkeys(incomes, 1.0)
    middle, (low, high) = median(known), INCOME_FACTORS
    return {
        actor: clip(exp(INCOME_EFFECT * log(income / middle)), low, high) if income > 0 else high
        for actor, income in incomes.items()
    }


def coup_hazard(world: World, actor: Actor, *, unrest: float = 1.0, poverty: float = 1.0) -> float:
    """Return the yearly hazard that a regime is overthrown.

    Args:
        world: the world.
        actor: the state.
        unrest: the author's factor for the regime (``unrest_of``).
        poverty: the factor of its income (``poverty_factors``).
    """
    effects = LEGITIMACY_EFFECT * (actor.legitimacy - 0.5) + CONSTRAINT_EFFECT * (actor.constraint - CONSTRAINT_MIDDLE)
    access = max((access for _, access in sponsors_of(world, actor.id)), default=0.0)
    return (
        COUPS_A_YEAR
        * exp(effects)
        * openness_factor(actor.openness)
        * (1.0 + COUP_TRAP * actor.coups.at(world.tick))
        * (REPRESSION_FACTOR if actor.repressed_until > world.tick else 1.0)
        * (1.0 + INTRUSIVE_ACCESS_EFFECT * access)
        * (GARRISON_FACTOR if garrisons_in(world, actor) else 1.0)
        * unrest
        * poverty
    )


def highest_coup_hazard(actor: Actor, *, unrest: float = 1.0) -> float:
    """Return an upper bound of a state's ``coup_hazard``, which takes less time: of earlier coups it forgets none.

    Args:
        actor: the state.
        unrest: the author's factor for the regime, times the factor of its income.
    """
    return HIGHEST_HAZARD * (1.0 + COUP_TRAP * actor.coups.value) * unrest


def openness_factor(openness: float) -> float:
    """Return the factor of a regime's openness on the hazard of a coup."""
    below, factor = OPENNESS_FACTORS[0]
    for above, next_factor in OPENNESS_FACTORS[1:]:
        if openness <= above:
            return factor + (next_factor - factor) * (openness - below) / (above - below)
        below, factor = above, next_factor
    return factor


def sponsors_of(world: World, actor: ActorId) -> Iterator[tuple[ActorId, float]]:
    """Yield the states with an intrusive campaign in an actor's politics, and their access."""
    for campaign in world.campaigns.values():
        if campaign.target == actor and campaign.aim == "intrusive":
            yield campaign.actor, world.dyad(actor, campaign.actor).penetration


def garrisons_in(world: World, actor: Actor) -> list[ActorId]:
    """Return the much stronger states that have forces in a country: an occupier, a power with bases, a partner in a union.

    Only what everyone can see counts, so that a secret base does not show in the chance of a coup.
    """
    holders = [actor.occupier] if actor.occupier is not None and actor.occupied >= GARRISON_OCCUPIED_MIN else []
    for alignment in world.alignments_of(actor.id):
        if alignment.secret:
            continue
        if alignment.commitment == "basing" and alignment.lead not in (None, actor.id):
            holders.append(alignment.lead)
        elif alignment.commitment == "union":
            holders += [member for member in alignment.members if member != actor.id]
    strong = (holder for holder in holders if holder is not None)
    return [holder for holder in dict.fromkeys(strong) if world.actors[holder].power >= GARRISON_LEAD * actor.power]


def successor_probabilities(
    world: World, actor: Actor, listed: Mapping[str, float] | None = None
) -> tuple[tuple[str, float], ...]:
    """Return the possible families of the next regime with their probabilities.

    Families like the present one come next, more often those that rule neighbours. Garrisons admit families like their own.
    A sponsor puts its own in power. The state's treaties do not matter: a regime chooses its friends, not the other way round.

    Args:
        world: the world.
        actor: the state whose regime is overthrown.
        listed: the author's weights of the likely successors, by family; empty or ``None`` if there are none.
    """
    families = world.ideology.families
    like, neighbours = world.ideology.similarity, _neighbours(world, actor)
    weights = {
        family: listed.get(family, 0.0)
        if listed
        else like[actor.family][family] ** 2
        * (1.0 + NEIGHBOUR_WEIGHT * neighbours.count(family) / max(1, len(neighbours)))
        for family in families
    }
    for holder in garrisons_in(world, actor):
        admitted = {
            family: weight * like[world.actors[holder].family][family] ** 2 for family, weight in weights.items()
        }
        weights = admitted if fsum(admitted.values()) > 0 else weights
    weights = (
        _normalised(weights) if fsum(weights.values()) > 0 else {**dict.fromkeys(families, 0.0), actor.family: 1.0}
    )
    for sponsor, access in sponsors_of(world, actor.id):
        weights[world.actors[sponsor].family] += SPONSOR_WEIGHT * access
    return tuple(_normalised(weights).items())


def unrest_of(spec: ActorSpec, actor: Actor, tick: int) -> float:
    """Return the author's factor on the hazard of a coup: that of the regime in power, or else that of the state."""
    regime = _listed_regime(spec, actor, tick)
    return spec.unrest if regime is None or regime.unrest is None else regime.unrest


def successors_of(spec: ActorSpec, actor: Actor, tick: int) -> dict[str, float]:
    """Return the author's weights of the next regime's family: those of the regime in power, or else those of the state."""
    regime = _listed_regime(spec, actor, tick)
    return dict(spec.successors if regime is None or regime.successors is None else regime.successors)


def _listed_regime(spec: ActorSpec, actor: Actor, tick: int) -> RegimeSpec | None:
    """Return the scenario's regime of the date, unless play has put another family in power."""
    # Regimes are listed by date, and a regime comes to power on the eve of its date.
    latest = next((regime for regime in reversed(spec.regimes) if regime.tick <= tick + 1), None)
    return latest if latest is not None and latest.family == actor.family else None


def _neighbours(world: World, actor: Actor) -> list[str]:
    """Return the families that rule the existing states with a common border by land, one entry for each state."""
    return [
        other.family
        for other in world.active()
        if other.id != actor.id and world.dyad(actor.id, other.id).contiguity == 1
    ]


def _normalised(weights: Mapping[str, float]) -> dict[str, float]:
    total = fsum(weights.values())
    return {name: weight / total for name, weight in weights.items()}

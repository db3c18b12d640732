"""Who would win a war: forces brought to bear, and the ratio form of the contest success function.

Hirshleifer (2000) gives the form a^m / (a^m + b^m). Wars since 1816 fit m = 0.44; m = 1 is used here so that players see
that force matters (theory 4.5).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, fsum

from counterpoise.sim.chance import multiply_odds
from counterpoise.sim.geography import proximity
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import War, World

DECISIVENESS = 1.0
"""m of the contest success function."""
INITIATOR_LOG_ODDS = 0.59
"""Added to the log-odds of whoever begins a war (s.e. 0.26, with capabilities held constant): it picks the time and the place.

Initiators win two in three of the wars that anybody wins (CoW; theory 4.5)."""
DEFENDERS_ADVANTAGE = 1.2
OFFENCE_BONUS = 0.5
"""An attacker's force counts (1 + 0.5 O) fold."""
MOBILISATION_BONUS = 1.5
"""A mobilised state fields half as much again."""
FORCE_MIN = 1e-9


def force_at(world: World, actor: ActorId, theatre: ActorId, *, attacking: bool, lost: float = 0.0) -> float:
    """Return the force a state can bring to bear somewhere, in shares of the system's power.

    Args:
        world: the model.
        actor: whose force.
        theatre: on whose ground; distance wears force down (Boulding 1962, in the exponential form), except at home.
        attacking: whether it attacks.
        lost: share of its committed force already lost, in [0, 1].
    """
    state = world.actors[actor]
    stance = 1.0 + OFFENCE_BONUS * state.offense if attacking else DEFENDERS_ADVANTAGE
    call_up = MOBILISATION_BONUS if state.mobilized_until > world.tick else 1.0
    return state.power * state.technology * reach(world, actor, theatre) * stance * call_up * (1.0 - lost)


def reach(world: World, actor: ActorId, theatre: ActorId) -> float:
    """Return the share of a state's force that distance leaves it on another's ground, in (0, 1]."""
    if actor == theatre:
        return 1.0
    dyad = world.dyad(theatre, actor)
    outside = world.actors[actor].role == "outside"
    return proximity(dyad.km, dyad.contiguity, world.distance_scale_km, outside=outside)


def contest_probability(ours: float, theirs: float) -> float:
    """Return the chance that the first of two forces wins."""
    a, b = max(ours, FORCE_MIN), max(theirs, FORCE_MIN)
    return 1.0 / (1.0 + float((b / a) ** DECISIVENESS))


def side_force(world: World, war: War, side: Iterable[ActorId]) -> float:
    """Return what a side fields on the ground of the state attacked; allies add up (theory 4.5)."""
    theatre = war.defenders[0]
    return fsum(
        force_at(world, actor, theatre, attacking=actor in war.attackers, lost=war.losses[actor]) for actor in side
    )


def attackers_win_chance(world: World, war: War) -> float:
    """Return the public probability that the attackers, who began it, win."""
    ours, theirs = side_force(world, war, war.attackers), side_force(world, war, war.defenders)
    return round(multiply_odds(contest_probability(ours, theirs), exp(INITIATOR_LOG_ODDS)), 6)

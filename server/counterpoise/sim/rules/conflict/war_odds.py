"""The chance of winning a war: the forces of both sides and the ratio form of the contest success function.

Hirshleifer (2000) gives the form a^m / (a^m + b^m). Wars since 1816 fit m = 0.44; the simulation uses m = 1 so that players see
that force matters (theory 4.5).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, fsum

from counterpoise.sim.numbers import geography
from counterpoise.sim.numbers.chance import multiply_odds
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

DECISIVENESS = 1.0
"""m of the contest success function."""
INITIATOR_LOG_ODDS = 0.59
"""Added to the log-odds of the initiator, which picks the time and the place (s.e. 0.26, with capabilities held constant).

Initiators win two in three of the wars that have a winner (CoW; theory 4.5)."""
DEFENDERS_ADVANTAGE = 1.2
OFFENCE_BONUS = 0.5
"""An attacker's force is multiplied by 1 + 0.5 O, where O is its offensive capability."""
MOBILISATION_BONUS = 1.5
"""Factor on the force of a mobilised state."""
FORCE_MIN = 1e-9


def force_at(world: World, actor: ActorId, theatre: ActorId, *, attacking: bool, lost: float = 0.0) -> float:
    """Return the force that a state can use on a state's ground, in shares of the system's power.

    Args:
        world: the model.
        actor: the state whose force it is.
        theatre: the state on whose ground it fights. Distance weakens the force (Boulding 1962, in the exponential form), except
            at home.
        attacking: whether it attacks.
        lost: the share of its committed force that is already lost, in [0, 1].
    """
    state = world.actors[actor]
    stance = 1.0 + OFFENCE_BONUS * state.offense if attacking else DEFENDERS_ADVANTAGE
    call_up = MOBILISATION_BONUS if state.mobilized_until > world.tick else 1.0
    return state.power * state.technology * reach(world, actor, theatre) * stance * call_up * (1.0 - lost)


def reach(world: World, actor: ActorId, theatre: ActorId) -> float:
    """Return the share of a state's force that is left after the distance to another's ground, in (0, 1]."""
    if actor == theatre:
        return 1.0
    dyad = world.dyad(theatre, actor)
    outside = world.actors[actor].role == "outside"
    return geography.reach(dyad.km, dyad.contiguity, world.distance_scale_km, outside=outside)


def contest_probability(ours: float, theirs: float) -> float:
    """Return the probability that the first of two forces wins."""
    a, b = max(ours, FORCE_MIN), max(theirs, FORCE_MIN)
    return 1.0 / (1.0 + float((b / a) ** DECISIVENESS))


def side_force(world: World, war: War, side: Iterable[ActorId]) -> float:
    """Return the force of a side on the ground of the state attacked: the sum over its members (theory 4.5)."""
    theatre = war.defenders[0]
    return fsum(
        force_at(world, actor, theatre, attacking=actor in war.attackers, lost=war.losses[actor]) for actor in side
    )


def attackers_win_chance(world: World, war: War) -> float:
    """Return the public probability that the attackers, who began the war, win."""
    ours, theirs = side_force(world, war, war.attackers), side_force(world, war, war.defenders)
    return quantised(multiply_odds(contest_probability(ours, theirs), exp(INITIATOR_LOG_ODDS)))

"""What a state has made of its time: survival, security, influence. Never conformity with any theory.

A year counts

    100 x (0.40 survival + 0.35 security + 0.25 influence)

where, all in [0, 1],

- survival is the share of the scenario's own path that the state's capability has kept, times its regime's legitimacy from a
  half (none) to one (full); nothing for a state that does not exist;
- security halves with every 2.5 full wars' worth of remembered hostile deeds suffered, and again for every war it is in;
- influence is the mean of its power relative to the strongest state of its role, and the share of the other states' power
  that is aligned with it; whom it guarantees is not, for that needs nobody's consent.

The score is the mean over the years of the state's existence, so that a late entrant can be compared with the rest.
"""

from __future__ import annotations

from math import fsum

from counterpoise.sim.rules.power import clip
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, World

SURVIVAL, SECURITY, INFLUENCE = 0.40, 0.35, 0.25
HALVING_HOSTILITY = 2.5


def yearly_score(world: World, actor: Actor) -> float:
    """Return what the present year is worth to a state, from 0 to 100."""
    if not actor.active:
        return 0.0
    parts = SURVIVAL * survival(actor), SECURITY * security(world, actor.id), INFLUENCE * influence(world, actor)
    return round(100 * fsum(parts), 6)


def survival(actor: Actor) -> float:
    """Return how whole a state is."""
    return clip(actor.capability_factor) * (0.5 + 0.5 * actor.legitimacy)


def security(world: World, actor: ActorId) -> float:
    """Return how little others have done to a state of late."""
    suffered = fsum(world.dyad(actor, other).hostility.at(world.tick) for other in world.actors if other != actor)
    wars = len(list(world.wars_of(actor)))
    return float(0.5 ** (suffered / HALVING_HOSTILITY + wars))


def influence(world: World, actor: Actor) -> float:
    """Return how much a state weighs among its like, and how much of the rest stands with it."""
    peers = max((other.power for other in world.active() if other.role == actor.role), default=0.0)
    weight = actor.power / peers if peers > 0 else 0.0
    others = [other for other in world.active() if other.id != actor.id]
    partners = {
        member: True
        for alignment in world.alignments_of(actor.id)
        if alignment.commitment != "guarantee" or alignment.lead != actor.id
        for member in alignment.members
    }
    total = fsum(other.power for other in others)
    aligned = fsum(other.power for other in others if other.id in partners)
    return (weight + (aligned / total if total > 0 else 0.0)) / 2

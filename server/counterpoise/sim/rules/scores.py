"""Scores reward survival, security and influence, never conformity with a theory.

The score of a year is

    100 x (0.40 survival + 0.35 security + 0.25 influence)

with all three in [0, 1]:

- survival is the state's capability factor, at most 1, times a factor of its regime's legitimacy, from a half (no legitimacy) to
  one (full legitimacy);
- security halves with every 2.5 full wars' worth of remembered hostile acts against the state, and again for every war it
  fights;
- influence is the mean of two shares: its power relative to the strongest state of its role, and the share of the other states'
  power that is aligned with it. States that it guarantees do not count, because a guarantee needs no consent.

A seat is told its score by the power that its state believes others to have: a score by their true power would tell it of a
planted error. What counts at the end is the true score.

A state that does not exist scores nothing. The total score is the mean over the years of the state's existence, so that a late
entrant can be compared with the rest.
"""

from __future__ import annotations

from math import fsum

from counterpoise.sim.rules.power import clip
from counterpoise.sim.rules.power_estimates import believed_power
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, World

SURVIVAL, SECURITY, INFLUENCE = 0.40, 0.35, 0.25
HALVING_HOSTILITY = 2.5


def yearly_score(world: World, actor: Actor, *, believed: bool = False) -> float:
    """Return a state's score of the present year, from 0 to 100; ``believed`` reckons with its errors about others' power."""
    if not actor.active:
        return 0.0
    parts = (
        SURVIVAL * survival(actor),
        SECURITY * security(world, actor.id),
        INFLUENCE * influence(world, actor, believed=believed),
    )
    return round(100 * fsum(parts), 6)


def survival(actor: Actor) -> float:
    """Return the survival part of a score, in [0, 1]."""
    return clip(actor.capability_factor) * (0.5 + 0.5 * actor.legitimacy)


def security(world: World, actor: ActorId) -> float:
    """Return the security part of a score, in [0, 1]."""
    suffered = fsum(world.dyad(actor, other).hostility.at(world.tick) for other in world.actors if other != actor)
    wars = len(list(world.wars_of(actor)))
    return float(0.5 ** (suffered / HALVING_HOSTILITY + wars))


def influence(world: World, actor: Actor, *, believed: bool = False) -> float:
    """Return the influence part of a score, in [0, 1]; ``believed`` reckons with the state's errors about others' power."""
    powers = {
        other.id: believed_power(world, actor.id, other.id) if believed else other.power for other in world.active()
    }
    peers = max((powers[other.id] for other in world.active() if other.role == actor.role), default=0.0)
    weight = actor.power / peers if peers > 0 else 0.0
    others = [other for other in world.active() if other.id != actor.id]
    partners = {
        member: True
        for alignment in world.alignments_of(actor.id)
        if alignment.commitment != "guarantee" or alignment.lead != actor.id
        for member in alignment.members
    }
    total = fsum(powers[other.id] for other in others)
    aligned = fsum(powers[other.id] for other in others if other.id in partners)
    return (weight + (aligned / total if total > 0 else 0.0)) / 2

"""Foreign trade: how much of a state's trade is with another."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from counterpoise.sim.geography import proximity
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World


def trade_share(world: World, of: ActorId, partner: ActorId) -> float:
    """Return the share of a state's foreign trade that is with a partner, in [0, 1].

    Trade grows with the partner's size and falls with distance (Tinbergen 1962; Anderson & van Wincoop 2003). Power stands for
    size. A target with other markets near it therefore loses little, which is why sanctions of many states bite.
    """
    weights = {
        other.id: other.power * _proximity(world, of, other.id)
        for other in world.active()
        if other.id != of and not world.at_war(of, other.id)
    }
    total = fsum(weights.values())
    return weights.get(partner, 0.0) / total if total > 0.0 else 0.0


def share_cut(world: World, of: ActorId, partners: Iterable[ActorId]) -> float:
    """Return the share of a state's trade that is with any of several partners, in [0, 1]."""
    return min(1.0, fsum(trade_share(world, of, partner) for partner in dict.fromkeys(partners)))


def _proximity(world: World, observer: ActorId, other: ActorId) -> float:
    dyad = world.dyad(observer, other)
    return proximity(dyad.km, dyad.contiguity, world.distance_scale_km, outside=world.actors[other].role == "outside")

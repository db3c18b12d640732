"""Foreign trade: how much of a state's trade is with another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum

from counterpoise.sim.numbers.geography import reach
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World


def trade_shares(world: World, of: ActorId) -> dict[ActorId, float]:
    """Return the share of a state's foreign trade that is with each partner, in [0, 1]; states it fights are absent.

    Trade grows with the partner's size and falls with distance (Tinbergen 1962; Anderson & van Wincoop 2003). Power stands for
    size. A target with other markets near it therefore loses little, which is why sanctions of many states bite.
    """
    weights = {
        other.id: other.power * _reach(world, of, other.id)
        for other in world.active()
        if other.id != of and not world.at_war(of, other.id)
    }
    total = fsum(weights.values())
    return {partner: weight / total if total > 0.0 else 0.0 for partner, weight in weights.items()}


def share_cut(shares: Mapping[ActorId, float], partners: Iterable[ActorId]) -> float:
    """Return the share of a state's trade that is with any of several partners, in [0, 1].

    Args:
        shares: the state's trade (``trade_shares``).
        partners: the partners; one that is named twice counts once.
    """
    return min(1.0, fsum([shares.get(partner, 0.0) for partner in dict.fromkeys(partners)]))


def _reach(world: World, observer: ActorId, other: ActorId) -> float:
    dyad = world.dyad(observer, other)
    return reach(dyad.km, dyad.contiguity, world.distance_scale_km, outside=world.actors[other].role == "outside")

"""Who seems to fear whom most, as anyone can tell from public signals alone.

A map that everyone looks at must show no state's own estimates, and must change with nothing that is secret. So these fears
rest on how near states are to each other and on what all have seen one do to another: disputes, hostile statements, claims and
rivalry. Power and offensive power count as if both states were equals. Subversion, favours and broken promises do not count: each
can be secret.
"""

from __future__ import annotations

from typing import NamedTuple

from counterpoise.sim.numbers.geography import proximity
from counterpoise.sim.types import ActorId, Share
from counterpoise.sim.world import Dyad, World
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, Parameters
from counterpoise.theory.portable import exp_of
from counterpoise.theory.threat import intentions

EQUAL = 0.5
"""Power, and offensive power, of a state that is the observer's equal."""
LEAST = 0.7
"""The index from which a fear is told (chosen)."""
MOST = 8
"""How many fears are told at most: a picture with more arrows cannot be read."""


class Fear(NamedTuple):
    """One state seems to fear another more than any other."""

    of: ActorId
    """The state that is feared."""
    by: ActorId
    """The state that fears it."""
    threat: Share
    """The index from public signals alone, in hundredths."""


def public_fears(world: World, parameters: Parameters = DEFAULT) -> list[Fear]:
    """Return the greatest fear of each state that is grave enough, the gravest first, those of neighbours before others.

    What outside powers fear of each other is no matter of the region.
    """
    active = list(world.active())
    found = []
    for observer in active:
        others = [other for other in active if other is not observer and "regional" in (observer.role, other.role)]
        row = [world.dyads[observer.id, other.id] for other in others]
        told = [(_threat(dyad, world, observer.role, parameters), dyad) for dyad in row]
        gravest = max(told, key=lambda pair: pair[0], default=None)
        if gravest is not None and gravest[0] >= LEAST:
            found.append(gravest)
    found.sort(key=lambda pair: (pair[1].contiguity == 0, -pair[0], pair[1].observer))
    return [Fear(dyad.other, dyad.observer, threat) for threat, dyad in found[:MOST]]


def _threat(dyad: Dyad, world: World, role: str, parameters: Parameters) -> float:
    """Return the index of ``dyad.other`` for ``dyad.observer`` from public signals, in hundredths."""
    weights, tick = BY_ROLE[role], world.tick
    intent = intentions(
        hostility=dyad.hostility.at(tick),
        rivalry=dyad.rivalry,
        claim=dyad.claim is not None,
        statements=dyad.hostile_statements.at(tick),
        subversion=0.0,
        promises=0.0,
        cooperation=0.0,
        parameters=parameters,
    )
    weighed = (
        (weights.power + weights.offense) * EQUAL
        + weights.proximity * proximity(dyad.km, dyad.contiguity, world.distance_scale_km)
        + weights.intentions * intent
    )
    return round(1.0 / (1.0 + exp_of(-parameters.steepness * (weighed - parameters.centre))), 2)

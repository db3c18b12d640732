"""The threat index of each state for each other, as perceived or as it truly is (theory 5.1).

Walt (1987, pp. 21-26) names four sources of threat: aggregate power, proximity, offensive power and aggressive intentions.
Each is a number in [0, 1]; the index is a logistic of their weighted sum. Alliances are no part of it, so that it can
explain alliances. Inputs and results are quantised to 1e-6, so that every machine computes the same bytes.

Power threatens in relation to the observer's own, and it loses strength with distance (Boulding 1962). Deeds weigh less the
more there are, but no number of them makes a further one count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, sqrt
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec.structs import astuple

from counterpoise.sim.appraisals import seen_cooperation, seen_subversion
from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.numbers.geography import proximity, reach
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.types import ActorId, Share
from counterpoise.sim.views.view import OtherState, View
from counterpoise.sim.world import Actor, Dyad, World
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, Parameters, Weights
from counterpoise.theory.portable import Mask, Numbers, exp_of, logistic
from counterpoise.theory.quantising import DIGITS, quantised_array

POWER_MIN = 1e-6
"""The least power that the index tells from none, so that a ratio of two powers always has a value."""


class Threat(msgspec.Struct, frozen=True, gc=False):
    """The index and its four components, all in [0, 1]; ``power`` is relative to the observer's own."""

    threat: Share
    """The index."""
    power: Share
    """Power of the state observed in relation to the observer's, see ``relative_power``."""
    proximity: Share
    """1 next door, falling with distance."""
    offense: Share
    """Offensive power."""
    intentions: Share
    """How aggressive the state looks."""

    def components(self) -> dict[str, float]:
        """Return the five numbers by name."""
        return {
            "threat": self.threat,
            "power": self.power,
            "proximity": self.proximity,
            "offense": self.offense,
            "intentions": self.intentions,
        }


Matrix = dict[ActorId, dict[ActorId, Threat]]


class WeightColumns(NamedTuple):
    """The weights of many observers, as arrays that fit those of the components; see ``Weights``."""

    power: Numbers
    proximity: Numbers
    offense: Numbers
    intentions: Numbers


class Components(NamedTuple):
    """The four components of the index of many states, as arrays of one shape; in [0, 1]."""

    power: Numbers
    proximity: Numbers
    offense: Numbers
    intentions: Numbers


def weight_columns(weights: Sequence[Weights]) -> WeightColumns:
    """Return the weights of some observers as columns, observers by 1."""
    return WeightColumns(*np.array([astuple(one) for one in weights]).reshape(-1, 4).T[:, :, None])


def index(weights: Weights | WeightColumns, parts: Components, parameters: Parameters = DEFAULT) -> Numbers:
    """Return T of states with these components; not quantised."""
    weighed = (
        weights.power * parts.power
        + weights.proximity * parts.proximity
        + weights.offense * parts.offense
        + weights.intentions * parts.intentions
    )
    return logistic(parameters.steepness * (weighed - parameters.centre))


def intentions(
    *,
    hostility: float,
    rivalry: bool,
    claim: bool,
    statements: float,
    subversion: float,
    promises: float,
    cooperation: float,
    parameters: Parameters = DEFAULT,
) -> float:
    """Return the perceived intent of a state, in [0, 1), from remembered deeds (each a decayed count).

    It is b / (1 + b), where b is the burden of all deeds: rising ever more slowly, like memory, and never full.
    """
    burden = (
        parameters.intent_hostility * hostility
        + (parameters.intent_rivalry if rivalry else 0.0)
        + (parameters.intent_claim if claim else 0.0)
        + parameters.intent_statement * statements
        + parameters.intent_subversion * subversion
        + parameters.intent_promise * promises
        - parameters.intent_cooperation * cooperation
    )
    return burden / (1.0 + burden) if burden > 0.0 else 0.0


def power_root(power: Numbers) -> Numbers:
    """Return the square roots of powers, which are what ``relative_power`` compares."""
    found: Numbers = np.sqrt(np.maximum(power, POWER_MIN))
    return found


def relative_power(other: Numbers, own: Numbers) -> Numbers:
    """Return how much states' power weighs against the observer's, in [0, 1]; one half if they are equal.

    This is the contest success function of Hirshleifer (2000) with the exponent one half, so close to the chance of winning a
    war on the observer's ground: inter-state wars since 1816 fit 0.44, s.e. 0.14 (theory 4.5). Johnson (2017), *International
    Studies Quarterly* 61, pp. 736-745, measures threat by that chance.

    Args:
        other: the roots of the states' powers, times the roots of what distance leaves of them.
        own: the roots of the observers' powers; above 0.
    """
    return other / (other + own)


def threat_floor(gravest: Iterable[float], parameters: Parameters = DEFAULT) -> float:
    """Return theta: the threat from which a state counts as threatened, for one world at one time.

    It is the ``floor_quantile`` of the states' gravest threats (the least value that at least this share of them does not
    exceed). So each world has some states in safety to compare with, whatever its size. It is no lower than
    ``shared_floor``, so that nobody is threatened in a world without fear.

    Args:
        gravest: the gravest threat of each state, in [0, 1]; at least one.
        parameters: of the index.
    """
    ranked = sorted(gravest)
    quantile = ranked[ceil(round(parameters.floor_quantile * len(ranked), DIGITS)) - 1]
    return max(quantile, parameters.shared_floor)


def _decayed(trace: DecayingSum, tick: int) -> float:
    """Return the decayed value of a trace, quantised."""
    return round(trace.at(tick), DIGITS) if trace.value else 0.0


def _components(
    power: Numbers, left: Numbers, own: Numbers, near: Numbers, offense: Numbers, intent: Numbers
) -> Components:
    """Return the components of the index, quantised, observers by observed.

    Args:
        power: quantised powers of the observed.
        left: the share of their force that is left on the observer's ground.
        own: the observers' own powers, observers by 1.
        near: proximity.
        offense: offensive capability, which errors may have moved out of [0, 1].
        intent: how aggressive they look.
    """
    relative = relative_power(power_root(power) * np.sqrt(left), power_root(quantised_array(own)))
    cut = np.minimum(np.maximum(offense, 0.0), 1.0)
    return Components(*quantised_array(np.stack((relative, near, cut, intent))))


def threats_from_view(view: View, parameters: Parameters = DEFAULT) -> dict[ActorId, Threat]:
    """Return the threat of each other state to a seat, from the seat's own view alone.

    One seat sees few states, for which plain arithmetic is faster than arrays and gives the same bits.
    """
    weights, steepness, centre = BY_ROLE[view.own.role], parameters.steepness, parameters.centre
    own = sqrt(max(quantised(view.own.power), POWER_MIN))
    found = {}
    for k in view.others:
        reaching = sqrt(max(quantised(k.power), POWER_MIN)) * sqrt(k.reach)
        power, offense = quantised(reaching / (reaching + own)), quantised(min(max(k.offense, 0.0), 1.0))
        near, intent = quantised(k.proximity), quantised(_apparent(k, parameters))
        weighed = (
            weights.power * power + weights.proximity * near + weights.offense * offense + weights.intentions * intent
        )
        threat = 1.0 / (1.0 + exp_of(-(steepness * (weighed - centre))))
        found[k.id] = Threat(quantised(threat), power, near, offense, intent)
    return found


def _records(threats: Numbers, parts: Components) -> list[Threat]:
    """Return the threats of one observer as records, in the order of the arrays."""
    return list(map(Threat, *np.stack((threats, *parts)).tolist()))


def _apparent(other: OtherState, parameters: Parameters) -> float:
    """Return the intent of another state as the seat's view shows it."""
    if not (
        other.hostility
        or other.rivalry
        or other.claim is not None
        or other.hostile_statements
        or other.subversion
        or other.broken_promises
    ):
        return 0.0
    return intentions(
        hostility=quantised(other.hostility),
        rivalry=other.rivalry,
        claim=other.claim is not None,
        statements=quantised(other.hostile_statements),
        subversion=quantised(other.subversion),
        promises=quantised(other.broken_promises),
        cooperation=quantised(other.cooperation),
        parameters=parameters,
    )


def remembered(
    dyad: Dyad, tick: int, parameters: Parameters = DEFAULT, *, public: bool = False, erring: bool = False
) -> float:
    """Return the intent of ``dyad.other`` from its deeds towards ``dyad.observer``.

    Args:
        dyad: the pair.
        tick: the day.
        parameters: of the index.
        public: whether only deeds that third states know count; subversion is known to the two alone.
        erring: whether the observer's planted errors count too, as the observer perceives the other.
    """
    if not (
        dyad.hostility.value
        or dyad.rivalry
        or dyad.claim is not None
        or dyad.hostile_statements.value
        or dyad.subversion.value
        or dyad.broken_promises.value
        or (erring and dyad.suspicion.value)
    ):
        return 0.0  # true of most pairs; cooperation alone cannot lower intent below 0
    return intentions(
        hostility=_decayed(dyad.hostility, tick),
        rivalry=dyad.rivalry,
        claim=dyad.claim is not None,
        statements=_decayed(dyad.hostile_statements, tick),
        subversion=0.0 if public else seen_subversion(dyad, tick) if erring else _decayed(dyad.subversion, tick),
        promises=_decayed(dyad.broken_promises, tick),
        cooperation=seen_cooperation(dyad, tick) if erring else _decayed(dyad.cooperation, tick),
        parameters=parameters,
    )


@dataclass(frozen=True, slots=True)
class Sights:
    """What each active state perceives of the others, as arrays: A x A, observers by observed, zero on the diagonal."""

    active: Sequence[Actor]
    """The states, in the order of the arrays."""
    dyads: Sequence[Sequence[Dyad]]
    """For each observer the pairs with the others, in their order."""
    power: Numbers
    """Shares of all capabilities, as the observers estimate them."""
    reach: Numbers
    """The shares of the observed states' forces that are left on the observers' ground, in [0, 1]."""
    parts: Components
    threats: Numbers
    weights: WeightColumns
    known: Numbers
    """The part of the threats' weighted sum that every state can compute: proximity and publicly known deeds."""


def off_diagonal(size: int) -> Mask:
    """Return the mask of the pairs of different states, size x size."""
    found: Mask = ~np.eye(size, dtype=np.bool_)
    return found


def matrix(values: Iterable[float], size: int) -> Numbers:
    """Return a matrix with values for each pair of different states, row after row, and zeros on the diagonal."""
    found = np.zeros((size, size))
    found[off_diagonal(size)] = np.fromiter(values, dtype=np.float64, count=size * (size - 1))
    return found


def sights(world: World, parameters: Parameters = DEFAULT) -> Sights:
    """Return the perceptions of all active states: estimated power and offence, remembered intent, and planted errors."""
    active, dyads = _pairs(world)
    size, tick = len(active), world.tick
    pairs = [dyad for row in dyads for dyad in row]
    near, left = _distances(world, active, dyads)
    intents = [remembered(dyad, tick, parameters, erring=True) for dyad in pairs]
    # Third states know every deed except subversion, and nothing of the observer's errors.
    public = [
        remembered(dyad, tick, parameters, public=True)
        if dyad.subversion.value or dyad.suspicion.value or dyad.trust.value
        else intent
        for dyad, intent in zip(pairs, intents, strict=True)
    ]
    power = quantised_array(matrix([dyad.seen_power for dyad in pairs], size))
    own = np.array([[actor.power] for actor in active]).reshape(-1, 1)
    offense, intent = matrix([dyad.seen_offense for dyad in pairs], size), matrix(intents, size)
    parts = _components(power, left, own, near, offense, intent)
    weights = weight_columns([BY_ROLE[actor.role] for actor in active])
    return Sights(
        active, dyads, power, left, parts, _threats(weights, parts, parameters), weights,
        known=weights.proximity * near + weights.intentions * matrix(public, size),
    )  # fmt: skip


def _pairs(world: World) -> tuple[list[Actor], list[list[Dyad]]]:
    active = list(world.active())
    dyads = [[world.dyads[one.id, other.id] for other in active if other is not one] for one in active]
    return active, dyads


def _threats(weights: WeightColumns, parts: Components, parameters: Parameters) -> Numbers:
    """Return the index of each state for each other, quantised, zero on the diagonal."""
    found = quantised_array(index(weights, parts, parameters))
    return np.where(off_diagonal(len(found)), found, 0.0)


def _distances(world: World, active: Sequence[Actor], dyads: Sequence[Sequence[Dyad]]) -> tuple[Numbers, Numbers]:
    """Return the proximity of the observed to the observers, and what is left of their forces there, the latter quantised."""
    scale_km, size = world.distance_scale_km, len(active)
    far = [actor.role == "outside" for actor in active]
    shares = [
        _shares_left(dyad.km, dyad.contiguity, scale_km, outside)
        for place, row in enumerate(dyads)
        for dyad, outside in zip(row, (*far[:place], *far[place + 1 :]), strict=True)
    ]
    return matrix([near for near, _ in shares], size), matrix([left for _, left in shares], size)


@lru_cache(maxsize=100_000)
def _shares_left(km: float, contiguity: int, scale_km: float, outside: bool) -> tuple[float, float]:
    """Return the proximity of a pair and its quantised reach; cached, because every window asks it of the same pairs."""
    return proximity(km, contiguity, scale_km), quantised(reach(km, contiguity, scale_km, outside=outside))


def perceived(world: World, parameters: Parameters = DEFAULT) -> Matrix:
    """Return the threats as each active state perceives them."""
    seen = sights(world, parameters)
    return _matrix_of(seen.active, seen.threats, seen.parts)


def true(world: World, parameters: Parameters = DEFAULT) -> Matrix:
    """Return the threats to an omniscient observer: true power and offence, intent without planted errors."""
    active, dyads = _pairs(world)
    size = len(active)
    near, left = _distances(world, active, dyads)
    power, offense = np.array([[actor.power, actor.offense] for actor in active]).reshape(-1, 2).T
    intent = matrix([remembered(dyad, world.tick, parameters) for row in dyads for dyad in row], size)
    everyone = np.ones((size, 1))
    parts = _components(quantised_array(power) * everyone, left, power[:, None], near, offense * everyone, intent)
    weights = weight_columns([BY_ROLE[actor.role] for actor in active])
    return _matrix_of(active, _threats(weights, parts, parameters), parts)


def _matrix_of(active: Sequence[Actor], threats: Numbers, parts: Components) -> Matrix:
    """Return threats as records, by observer and observed."""
    found: Matrix = {}
    for place, observer in enumerate(active):
        row = _records(threats[place], Components(*(part[place] for part in parts)))
        found[observer.id] = {other.id: one for other, one in zip(active, row, strict=True) if other is not observer}
    return found

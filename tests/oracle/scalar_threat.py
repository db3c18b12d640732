"""The threat index of one state for another by plain arithmetic: what the arrays of the server must agree with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, sqrt

from counterpoise.sim.numbers.geography import proximity, reach
from counterpoise.sim.world import Actor, Dyad, World
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, Parameters, Weights
from counterpoise.theory.quantising import DIGITS
from counterpoise.theory.threat import POWER_MIN, Threat, remembered


def quantised_all(values: Iterable[float]) -> list[float]:
    """Return numbers rounded to 1e-6."""
    return [round(value, DIGITS) for value in values]


def index(weights: Weights, parts: Sequence[float], parameters: Parameters = DEFAULT) -> float:
    """Return T for ``(power, proximity, offense, intentions)``, each in [0, 1]; not quantised."""
    return indices(weights, [(parts[0], parts[1], parts[2], parts[3])], parameters)[0]


def indices(
    weights: Weights, parts: Iterable[tuple[float, float, float, float]], parameters: Parameters = DEFAULT
) -> list[float]:
    """Return T of many states at once, see ``index``; a threat matrix is large."""
    steepness, centre = parameters.steepness, parameters.centre
    by_power, by_proximity, by_offense, by_intentions = (
        weights.power, weights.proximity, weights.offense, weights.intentions
    )  # fmt: skip
    return [
        1.0
        / (
            1.0
            + exp(
                -steepness
                * (by_power * power + by_proximity * near + by_offense * offense + by_intentions * intent - centre)
            )
        )
        for power, near, offense, intent in parts
    ]


def power_root(power: float) -> float:
    """Return the square root of a power or of a reach, which is what ``relative_power`` compares."""
    return sqrt(power if power > POWER_MIN else POWER_MIN)


def relative_power(other: float, own: float) -> float:
    """Return the power component of the index from two roots."""
    return other / (other + own)


def _shares(values: Iterable[float]) -> list[float]:
    """Return values cut to [0, 1] and quantised."""
    return quantised_all([0.0 if value < 0.0 else 1.0 if value > 1.0 else value for value in values])


def _threats(
    weights: Weights, power: Iterable[float], near: Iterable[float], offense: Iterable[float],
    intent: Iterable[float], parameters: Parameters,
) -> list[Threat]:  # fmt: skip
    """Return the threats of many states at once, from one list for each component, since a threat matrix is large."""
    power, near, offense, intent = _shares(power), quantised_all(near), _shares(offense), _shares(intent)
    threats = indices(weights, zip(power, near, offense, intent, strict=True), parameters)
    return list(map(Threat, quantised_all(threats), power, near, offense, intent))


def _relative(powers: Iterable[float], reaches: Iterable[float], own: float) -> list[float]:
    """Return the power component of other states, from their quantised powers and the share that reaches the observer."""
    root = power_root(round(own, DIGITS))
    return [relative_power(power_root(power) * sqrt(left), root) for power, left in zip(powers, reaches, strict=True)]


@dataclass(frozen=True, slots=True)
class Sight:
    """One state's perceptions of the other active states, in their order."""

    dyads: list[Dyad]
    powers: list[float]
    """Their shares of all capabilities, as the state estimates them."""
    reaches: list[float]
    """The shares of their forces that are left on the state's ground, in (0, 1]."""
    threats: list[Threat]
    known: list[float]
    """The part of the threats' weighted sum that every state can compute: proximity and publicly known deeds."""


def sights(world: World, parameters: Parameters = DEFAULT) -> list[Sight]:
    """Return the perceptions of each active state: estimated power and offence, remembered intent, and planted errors."""
    active = list(world.active())
    return [_sight(world, observer, active, parameters) for observer in active]


def _sight(world: World, observer: Actor, active: Sequence[Actor], parameters: Parameters) -> Sight:
    me, tick, weights = observer.id, world.tick, BY_ROLE[observer.role]
    others = [other for other in active if other is not observer]
    dyads = [world.dyads[me, other.id] for other in others]
    powers = quantised_all([dyad.seen_power for dyad in dyads])
    reaches = reaches_of(world, dyads, others)
    nears = [proximity(dyad.km, dyad.contiguity, world.distance_scale_km) for dyad in dyads]
    intents = [remembered(dyad, tick, parameters, erring=True) for dyad in dyads]
    # Third states know every deed except subversion, and nothing of the observer's errors.
    public = [
        remembered(dyad, tick, parameters, public=True)
        if dyad.subversion.value or dyad.suspicion.value or dyad.trust.value
        else intent
        for dyad, intent in zip(dyads, intents, strict=True)
    ]
    return Sight(
        dyads=dyads,
        powers=powers,
        reaches=reaches,
        threats=_threats(
            weights,
            _relative(powers, reaches, observer.power),
            nears,
            [dyad.seen_offense for dyad in dyads],
            intents,
            parameters,
        ),
        known=[weights.proximity * g + weights.intentions * intent for g, intent in zip(nears, public, strict=True)],
    )


def reaches_of(world: World, dyads: Iterable[Dyad], others: Iterable[Actor]) -> list[float]:
    """Return the share of each other state's force that is left on the ground of the dyads' observer, quantised."""
    scale_km = world.distance_scale_km
    return quantised_all(
        [
            reach(dyad.km, dyad.contiguity, scale_km, outside=other.role == "outside")
            for dyad, other in zip(dyads, others, strict=True)
        ]
    )

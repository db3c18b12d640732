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
from math import ceil, exp, sqrt

import msgspec

from counterpoise.sim.appraisals import seen_cooperation, seen_subversion
from counterpoise.sim.geography import proximity, reach
from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.types import ActorId, Share
from counterpoise.sim.views.view import OtherState, View
from counterpoise.sim.world import Actor, Dyad, World
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, Parameters, Weights
from counterpoise.theory.quantising import DIGITS, quantised, quantised_all

POWER_MIN = 10.0**-DIGITS
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


def power_root(power: float) -> float:
    """Return the square root of a power or of a reach, which is what ``relative_power`` compares."""
    return sqrt(power if power > POWER_MIN else POWER_MIN)


def relative_power(other: float, own: float) -> float:
    """Return how much a state's power weighs against the observer's, in [0, 1]; one half if they are equal.

    This is the contest success function of Hirshleifer (2000) with the exponent one half, so close to the chance of winning a
    war on the observer's ground: inter-state wars since 1816 fit 0.44, s.e. 0.14 (theory 4.5). Johnson (2017), *International
    Studies Quarterly* 61, pp. 736-745, measures threat by that chance.

    Args:
        other: the root of the state's power, times the root of what distance leaves of it.
        own: the root of the observer's power; above 0.
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


def threats_from_view(view: View, parameters: Parameters = DEFAULT) -> dict[ActorId, Threat]:
    """Return the threat of each other state to a seat, from the seat's own view alone."""
    others = view.others
    threats = _threats(
        BY_ROLE[view.own.role],
        _relative(quantised_all([other.power for other in others]), [other.reach for other in others], view.own.power),
        [other.proximity for other in others],
        [other.offense for other in others],
        [_apparent(other, parameters) for other in others],
        parameters,
    )
    return dict(zip([other.id for other in others], threats, strict=True))


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


def perceived(world: World, parameters: Parameters = DEFAULT) -> Matrix:
    """Return the threats as each active state perceives them."""
    return {
        observer.id: {dyad.other: threat for dyad, threat in zip(seen.dyads, seen.threats, strict=True)}
        for observer, seen in zip(world.active(), sights(world, parameters), strict=True)
    }


def true(world: World, parameters: Parameters = DEFAULT) -> Matrix:
    """Return the threats to an omniscient observer: true power and offence, intent without planted errors."""
    active = list(world.active())
    matrix: Matrix = {}
    for observer in active:
        others = [other for other in active if other is not observer]
        dyads = [world.dyads[observer.id, other.id] for other in others]
        threats = _threats(
            BY_ROLE[observer.role],
            _relative(
                quantised_all([other.power for other in others]), reaches_of(world, dyads, others), observer.power
            ),
            [proximity(dyad.km, dyad.contiguity, world.distance_scale_km) for dyad in dyads],
            [other.offense for other in others],
            [remembered(dyad, world.tick, parameters) for dyad in dyads],
            parameters,
        )
        matrix[observer.id] = dict(zip([other.id for other in others], threats, strict=True))
    return matrix


def reaches_of(world: World, dyads: Iterable[Dyad], others: Iterable[Actor]) -> list[float]:
    """Return the share of each other state's force that is left on the ground of the dyads' observer, quantised."""
    scale_km = world.distance_scale_km
    return quantised_all(
        [
            reach(dyad.km, dyad.contiguity, scale_km, outside=other.role == "outside")
            for dyad, other in zip(dyads, others, strict=True)
        ]
    )

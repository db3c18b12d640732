"""The threat index of each state for each other, as perceived or as it truly is (theory 5.1).

Walt (1987, pp. 21-26) names four sources of threat: aggregate power, proximity, offensive power and aggressive intentions.
Each is a number in [0, 1]; the index is a logistic of their weighted sum. Alliances are no part of it, so that it can
explain alliances. Inputs and results are quantised to 1e-6, so that every machine computes the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

import msgspec

from counterpoise.sim.appraisals import seen_cooperation, seen_subversion
from counterpoise.sim.geography import proximity as proximity_of
from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.types import ActorId, Share
from counterpoise.sim.views.view import OtherState, View
from counterpoise.sim.world import Actor, Dyad, World
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, Parameters, Weights
from counterpoise.theory.quantising import DIGITS, quantised, quantised_all


class Threat(msgspec.Struct, frozen=True, gc=False):
    """The index and its four components, all in [0, 1]; ``power`` is relative to the strongest state's."""

    threat: Share
    """The index."""
    power: Share
    """Power of the state observed over the strongest state's."""
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
    """Return the perceived intent of a state, in [0, 1), from remembered deeds (each a decayed count)."""
    burden = (
        parameters.intent_hostility * hostility
        + (parameters.intent_rivalry if rivalry else 0.0)
        + (parameters.intent_claim if claim else 0.0)
        + parameters.intent_statement * statements
        + parameters.intent_subversion * subversion
        + parameters.intent_promise * promises
        - parameters.intent_cooperation * cooperation
    )
    return 1.0 - exp(-burden) if burden > 0.0 else 0.0


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


def _relative(powers: Sequence[float], own: float) -> list[float]:
    """Return quantised powers over the strongest state's, the observer included."""
    strongest = max([round(own, DIGITS), *powers])
    return [power / strongest if strongest > 0.0 else 0.0 for power in powers]


def threats_from_view(view: View, parameters: Parameters = DEFAULT) -> dict[ActorId, Threat]:
    """Return the threat of each other state to a seat, from the seat's own view alone."""
    others = view.others
    threats = _threats(
        BY_ROLE[view.own.role],
        _relative(quantised_all([other.power for other in others]), view.own.power),
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
    nears = [near(world, dyad, other) for dyad, other in zip(dyads, others, strict=True)]
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
        threats=_threats(
            weights,
            _relative(powers, observer.power),
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
    strongest = max((round(actor.power, DIGITS) for actor in active), default=0.0)
    matrix: Matrix = {}
    for observer in active:
        others = [other for other in active if other is not observer]
        dyads = [world.dyads[observer.id, other.id] for other in others]
        powers = quantised_all([other.power for other in others])
        threats = _threats(
            BY_ROLE[observer.role],
            [power / strongest if strongest > 0.0 else 0.0 for power in powers],
            [near(world, dyad, other) for dyad, other in zip(dyads, others, strict=True)],
            [other.offense for other in others],
            [remembered(dyad, world.tick, parameters) for dyad in dyads],
            parameters,
        )
        matrix[observer.id] = dict(zip([other.id for other in others], threats, strict=True))
    return matrix


def near(world: World, dyad: Dyad, other: Actor) -> float:
    """Return g: the proximity of ``other`` to the observer of the dyad, in (0, 1]."""
    return proximity_of(dyad.km, dyad.contiguity, world.distance_scale_km, outside=other.role == "outside")

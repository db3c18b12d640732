"""The threat index: how much each state has to fear from each other, seen by it or in truth.

Walt (1987, pp. 21-26) names four sources of threat: aggregate power, proximity, offensive power and aggressive intentions.
Each is a number in [0, 1]; the index is a logistic of their weighted sum. Alliance is no part of it, so that it can be
used to explain alliance. Inputs and results are quantised to 1e-6: the same bytes come out on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum

import msgspec

from counterpoise.sim.geography import proximity as proximity_of
from counterpoise.sim.trace import Trace
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise.sim.world import Actor, Dyad, World
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, Parameters, Weights

DIGITS = 6


class Threat(msgspec.Struct, frozen=True, gc=False):
    """The index and its four components, all in [0, 1]; ``power`` is relative to the strongest state's."""

    threat: float
    power: float
    proximity: float
    offense: float
    intentions: float

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
    weighted = (
        weights.power * parts[0]
        + weights.proximity * parts[1]
        + weights.offense * parts[2]
        + weights.intentions * parts[3]
    )
    return 1.0 / (1.0 + exp(-parameters.steepness * (weighted - parameters.centre)))


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
    """Return how aggressive a state looks, in [0, 1), from remembered deeds (each a decayed count)."""
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


def quantised(value: float) -> float:
    """Return a value with the digits that count. Most of what states hold against each other is nothing, and stays so."""
    return round(value, DIGITS) if value else value


def _left(trace: Trace, tick: int) -> float:
    """Return what is left of a trace, quantised."""
    return round(trace.at(tick), DIGITS) if trace.value else 0.0


def _clipped(value: float) -> float:
    return 0.0 if value < 0.0 else 1.0 if value > 1.0 else value


def _threat(
    weights: Weights, power: float, near: float, offense: float, intent: float, parameters: Parameters
) -> Threat:
    parts = (
        round(_clipped(power), DIGITS),
        round(near, DIGITS),
        round(_clipped(offense), DIGITS),
        round(_clipped(intent), DIGITS),
    )
    return Threat(round(index(weights, parts, parameters), DIGITS), *parts)


def threats_from_view(view: View, parameters: Parameters = DEFAULT) -> dict[ActorId, Threat]:
    """Return what a seat has to fear from each other state, from nothing but its own view."""
    strongest = max([round(view.own.power, DIGITS), *(round(other.power, DIGITS) for other in view.others)])
    weights = BY_ROLE[view.own.role]
    threats = {}
    for other in view.others:
        intent = intentions(
            hostility=quantised(other.hostility),
            rivalry=other.rivalry,
            claim=other.claim is not None,
            statements=quantised(other.hostile_statements),
            subversion=quantised(other.subversion),
            promises=quantised(other.broken_promises),
            cooperation=quantised(other.cooperation),
            parameters=parameters,
        )
        share = round(other.power, DIGITS) / strongest if strongest > 0.0 else 0.0
        threats[other.id] = _threat(
            weights, share, other.proximity, other.offense, intent + other.misperception, parameters
        )
    return threats


def remembered(dyad: Dyad, tick: int, parameters: Parameters = DEFAULT, *, public: bool = False) -> float:
    """Return how aggressive ``dyad.other`` looks to ``dyad.observer``, before misperception.

    With ``public`` only what third states can know counts: subversion is between the two.
    """
    return intentions(
        hostility=_left(dyad.hostility, tick),
        rivalry=dyad.rivalry,
        claim=dyad.claim is not None,
        statements=_left(dyad.hostile_statements, tick),
        subversion=0.0 if public else _left(dyad.subversion, tick),
        promises=_left(dyad.broken_promises, tick),
        cooperation=_left(dyad.cooperation, tick),
        parameters=parameters,
    )


def perceived(world: World, parameters: Parameters = DEFAULT) -> Matrix:
    """Return the threats as each active state sees them: estimated power and offence, remembered and misread intent."""
    active = list(world.active())
    tick = world.tick
    matrix: Matrix = {}
    for observer in active:
        me = observer.id
        dyads = [(other, world.dyads[me, other.id]) for other in active if other is not observer]
        strongest = max([round(observer.power, DIGITS), *(round(dyad.seen_power, DIGITS) for _, dyad in dyads)])
        weights = BY_ROLE[observer.role]
        row = matrix[me] = {}
        for other, dyad in dyads:
            share = round(dyad.seen_power, DIGITS) / strongest if strongest > 0.0 else 0.0
            intent = remembered(dyad, tick, parameters) + dyad.misperception
            row[other.id] = _threat(weights, share, near(world, dyad, other), dyad.seen_offense, intent, parameters)
    return matrix


def true(world: World, parameters: Parameters = DEFAULT) -> Matrix:
    """Return the threats of the omniscient observer: true power and offence, intent without misperception."""
    active = list(world.active())
    strongest = max((round(actor.power, DIGITS) for actor in active), default=0.0)
    matrix: Matrix = {}
    for observer in active:
        weights = BY_ROLE[observer.role]
        row = matrix[observer.id] = {}
        for other in active:
            if other is observer:
                continue
            dyad = world.dyads[observer.id, other.id]
            share = round(other.power, DIGITS) / strongest if strongest > 0.0 else 0.0
            intent = remembered(dyad, world.tick, parameters)
            row[other.id] = _threat(weights, share, near(world, dyad, other), other.offense, intent, parameters)
    return matrix


def near(world: World, dyad: Dyad, other: Actor) -> float:
    """Return g: how near ``other`` is to the observer of the dyad, in (0, 1]."""
    return proximity_of(dyad.km, dyad.contiguity, world.distance_scale_km, outside=other.role == "outside")


def coalition(threats: Sequence[float], *, pact: bool) -> float:
    """Return the threat a bloc poses: the chance that any member attacks if a mutual pact binds it, else the largest.

    Args:
        threats: T of each member.
        pact: whether a mutual offence or defence pact binds the bloc.
    """
    if not pact:
        return max(threats, default=0.0)
    spared = 1.0
    for threat in threats:
        spared *= 1.0 - threat
    return 1.0 - spared


def misperception_gap(seen: Matrix, real: Matrix) -> float:
    """Return the mean of perceived less true threat over all ordered pairs."""
    gaps = [seen[i][j].threat - real[i][j].threat for i in seen for j in seen[i] if j in real.get(i, {})]
    return fsum(gaps) / len(gaps) if gaps else 0.0

"""The hazard that one state starts a dispute with another: a published directed logit, without the theory under test.

The coefficients are those of theory 4.2: politically relevant directed pairs 1946-85 (GML-MID, NMC, CoW contiguity, Thompson's
rivalries, ATOP), out-of-sample AUC 0.906.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import exp, log, log1p

from counterpoise.sim.chance import sigmoid
from counterpoise.sim.rules import power, restraint
from counterpoise.sim.types import FORMAL, ActorId, Issue
from counterpoise.sim.world import Actor, Dyad, World

CONSTANT, POWER, NEARNESS, BORDER = -4.73, 0.135, 0.075, 0.826
MILITARISATION, CAPITAL_INTENSITY, HISTORY, RIVALRY, ALLIED = 0.090, -0.082, 2.52, 1.56, -0.26
PROTECTED = log(0.82)
"""Odds ratio of a target with a defence pact (Leeds 2003; theory 4.2), where its allies can bring help.

The effect falls in proportion where the help that reaches the target is less than the initiator's force: a pact deters by the
capability that stands behind it (Johnson, Leeds & Wu 2015)."""
POSTURE = 0.4
"""Effect on the log hazard of the initiator's offensive capability, measured from 0.5."""
CALIBRATION = -0.29
"""Added to the constant, so that the Middle East of 1955-79 has about 2.8 disputes a year among its ten core states.

With the default bots in its seats it has 3.0 (200 games). In the simulation a dispute raises the hazard of others at once; in
the fit it does so only from the next year on.
"""
HISTORY_MAX = 2.2
"""Upper limit of remembered hostility H in the logit: the 99th percentile of the fit's data.

Without a limit, disputes would raise their own hazard without end.
"""
DISTANCE_MIN_KM = 50.0


def is_politically_relevant(world: World, dyad: Dyad) -> bool:
    """Tell whether a pair is politically relevant: neighbours, a pair with an outside power, rivals, or a claim."""
    if dyad.contiguity > 0 or dyad.rivalry or dyad.claim is not None:
        return True
    return "outside" in (world.actors[dyad.observer].role, world.actors[dyad.other].role)


class DisputeHazards:
    """The yearly hazards of disputes in one state of the world; later changes of the world do not update it."""

    def __init__(self, world: World) -> None:
        totals = power.component_totals(world)
        self._world = world
        self._scores = {actor.id: _initiator_score(actor, totals) for actor in world.active()}
        self._postures = {actor.id: exp(POSTURE * (actor.offense - 0.5)) for actor in world.active()}
        self._allied = _allied_pairs(world)

    def dyads(self) -> Iterator[Dyad]:
        """Yield each dyad of two existing states in which ``other`` may start a dispute with ``observer``."""
        scores, world = self._scores, self._world
        for (observer, other), dyad in world.dyads.items():
            if (
                observer in scores
                and other in scores
                and (dyad.contiguity > 0 or dyad.hostility.value > 0 or is_politically_relevant(world, dyad))
            ):
                yield dyad

    def annual_hazard(self, dyad: Dyad) -> float:
        """Return the yearly hazard that ``other`` starts a dispute with ``observer``."""
        history = dyad.hostility.at(self._world.tick)
        help_share = restraint.help_share(self._world, dyad.other, dyad.observer)
        score = self._scores[dyad.other] + _distance_score(dyad.km)
        score += HISTORY * log1p(min(history, HISTORY_MAX)) + BORDER * (0 < dyad.contiguity <= 3)
        score += RIVALRY * dyad.rivalry + ALLIED * ((dyad.observer, dyad.other) in self._allied)
        score += PROTECTED * min(1.0, 2.0 * help_share)
        return self._rate(dyad.other, score)

    def annual_hazard_bound(self, initiator: ActorId) -> float:
        """Return an upper bound of the yearly hazards that a state starts a dispute: that of its worst enemy next door."""
        worst = _distance_score(0.0) + HISTORY * log1p(HISTORY_MAX) + BORDER + RIVALRY
        return self._rate(initiator, self._scores[initiator] + worst)

    def _rate(self, initiator: ActorId, score: float) -> float:
        # -ln(1 - p) turns the logit's yearly probability p into a rate.
        return self._postures[initiator] * -log(1.0 - sigmoid(score))


@lru_cache(maxsize=100_000)
def _distance_score(km: float) -> float:
    """Return a distance's part of the logit score; cached, because every month asks it of every pair."""
    return NEARNESS * -log(max(km, DISTANCE_MIN_KM) / 1000)


def _initiator_score(actor: Actor, totals: list[float]) -> float:
    """Return the initiator's part of the logit score."""
    return (
        CONSTANT
        + CALIBRATION
        + POWER * log(max(actor.power, power.SMALLEST_SHARE))
        + MILITARISATION * log(power.militarisation(actor, totals))
        + CAPITAL_INTENSITY * log(power.capital_intensity(actor, totals))
    )


def _allied_pairs(world: World) -> dict[tuple[ActorId, ActorId], bool]:
    """Return the pairs with a formal alignment."""
    return {
        (a, b): True
        for alignment in world.alignments.values()
        if not alignment.ended and alignment.commitment in FORMAL
        for a in alignment.members
        for b in alignment.members
    }


def issue_probabilities(dyad: Dyad) -> tuple[tuple[Issue, float], ...]:
    """Return the probabilities of the issues of a dispute that ``other`` starts with ``observer`` (chosen).

    Most disputes of a pair with a claim are about the claim. Without a claim most are about policy; territory is an issue only
    between neighbours.
    """
    if dyad.claim is not None:
        return ((dyad.claim, 0.6), ("policy", 0.4))
    if dyad.contiguity == 0:
        return (("policy", 0.94), ("regime", 0.06))
    return (("policy", 0.88), ("regime", 0.06), ("territory", 0.06))

"""The hazard that one state starts a dispute with another: a published directed logit, without the theory under test.

The coefficients are those of theory 4.2: politically relevant directed pairs 1946-85 (GML-MID, NMC, CoW contiguity, Thompson's
rivalries, ATOP), out-of-sample AUC 0.906.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, log, log1p
from operator import attrgetter

from counterpoise.sim.kept import Kept
from counterpoise.sim.numbers.chance import sigmoid
from counterpoise.sim.rules import power
from counterpoise.sim.rules.conflict import restraint
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
_initiator_from = attrgetter("active", "components", "power", "offense")


class DisputeHazards:
    """The yearly hazards of disputes at one tick; make new ones after a change of the world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._initiators = _initiators(world)

    def annual_hazard(self, dyad: Dyad) -> float:
        """Return the yearly hazard that ``other`` starts a dispute with ``observer``."""
        history = dyad.hostility.at(self._world.tick)
        score, posture, _ = self._initiators[dyad.other]
        score += _distance_score(dyad.km)
        score += HISTORY * log1p(min(history, HISTORY_MAX)) + BORDER * (0 < dyad.contiguity <= 3)
        score += RIVALRY * dyad.rivalry + ALLIED * self._are_allied(dyad)
        score += PROTECTED * min(1.0, 2.0 * restraint.help_share(self._world, dyad.other, dyad.observer))
        return _rate(score, posture)

    def annual_hazard_bound(self, initiator: ActorId) -> float:
        """Return an upper bound of the yearly hazards that a state starts a dispute: that of its worst enemy next door."""
        return self._initiators[initiator][2]

    def _are_allied(self, dyad: Dyad) -> bool:
        """Tell whether the two have a formal alignment."""
        return any(
            alignment.commitment in FORMAL for alignment in self._world.alignments_between(dyad.observer, dyad.other)
        )


def _rate(score: float, posture: float) -> float:
    # -ln(1 - p) turns the logit's yearly probability p into a rate.
    return posture * -log(1.0 - sigmoid(score))


def _initiators(world: World) -> dict[ActorId, tuple[float, float, float]]:
    """Return each existing state's part of the score, its factor of posture, and the bound of its hazards.

    The world keeps them until a state's components, power or offensive capability change.
    """
    made_from = [_initiator_from(actor) for actor in world.actors.values()]
    kept = world.initiators
    if kept is None or kept.made_from != made_from:
        totals = power.component_totals(world)
        worst = _distance_score(0.0) + HISTORY * log1p(HISTORY_MAX) + BORDER + RIVALRY
        found = {}
        for actor in world.active():
            score, posture = _initiator_score(actor, totals), exp(POSTURE * (actor.offense - 0.5))
            found[actor.id] = score, posture, _rate(score + worst, posture)
        kept = world.initiators = Kept(made_from, found)
    return kept.result


@lru_cache(maxsize=100_000)
def _distance_score(km: float) -> float:
    """Return a distance's part of the logit score; cached, because the same pairs come up month after month."""
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

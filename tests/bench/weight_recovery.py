"""Estimate planted weights again: of motives in the choice of partner, and of the components of threat in balancing."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from random import Random

from null_worlds import WEIGHTS, traits
from planted_choices import Game, rule_of_motives

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.registration.redrawn_choices import drawn_option, redrawn_decisions
from counterpoise.theory.statistics import ChoiceSet, Fit

MOTIVES = ("shared threat", "similarity", "aid", "penetration")
COMPONENTS = ("the threat's power", "its proximity", "its offence", "its intent")
WEIGHT_NAMES = (*MOTIVES, *COMPONENTS)
PLANTED = (1.0, 1.0, 0.5, 2.0)
"""Log-odds of balancing for each unit of a component."""
LEVEL = -2.0


def recovered(games: Sequence[Game], dice: Random) -> dict[str, bool]:
    """Tell, for each planted weight that can be estimated, whether it lies inside its 95 % interval."""
    return {**_motives(games, dice), **_components(games, dice)}


def _motives(games: Sequence[Game], dice: Random) -> dict[str, bool]:
    records = redrawn_decisions(
        (record for game in games for record in game.records), rule_of_motives(WEIGHTS, traits), dice
    )
    sample = Sample(records)
    sets = sample.choice_sets(lambda _, k: traits(k))
    found = {}
    for place, name in enumerate(MOTIVES):
        order = [place, *(other for other in range(len(MOTIVES)) if other != place)]
        turned = [ChoiceSet(tuple(tuple(row[i] for i in order) for row in s.rows), s.chosen, s.cluster) for s in sets]
        size = statistics.standard_deviation([row[place] for s in sets for row in s.rows if len(s.rows) > 1])
        fit = statistics.conditional_logit(turned)
        if fit is not None:
            found[name] = _holds(fit, WEIGHTS[place] * size)
    return found


def _components(games: Sequence[Game], dice: Random) -> dict[str, bool]:
    points = [(game.name, r.point) for game in games for r in game.records if r.point.threatened]
    columns = [[_parts(point)[place] for _, point in points] for place in range(len(COMPONENTS))]
    done = []
    for row in zip(*columns, strict=True):
        odds = LEVEL + sum(weight * part for weight, part in zip(PLANTED, row, strict=True))
        chance = 1.0 / (1.0 + exp(-odds))
        done.append(drawn_option(("BAL", "NEU"), (chance, 1.0 - chance), dice) == "BAL")
    found = {}
    for place, name in enumerate(COMPONENTS):
        order = [place, *(other for other in range(len(COMPONENTS)) if other != place)]
        fit = statistics.logit(done, [columns[i] for i in order], [(session, point.actor) for session, point in points])
        if fit is not None:
            found[name] = _holds(fit, PLANTED[place] * statistics.standard_deviation(columns[place]))
    return found


def _parts(point: DecisionPoint) -> tuple[float, ...]:
    return (point.relative_power, point.source.proximity, point.source.offense, point.source.intentions)


def _holds(fit: Fit, truth: float) -> bool:
    return fit.low <= truth <= fit.high
